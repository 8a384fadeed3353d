import {spawn} from 'node:child_process';
import {createCipheriv, createHash} from 'node:crypto';
import {createWriteStream} from 'node:fs';
import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import {PassThrough, Readable} from 'node:stream';
import {buffer} from 'node:stream/consumers';
import {pipeline} from 'node:stream/promises';
import {createGzip} from 'node:zlib';
import {cached} from './cache.ts';
import type {Debian} from './debian.ts';
import type {LayerRecord} from './image-records.ts';
import {tarEnd, tarHeader, tarOfFiles, tarPadding} from './tar.ts';

/** A built layer: a gzipped tar in the cache. */
export interface Layer {
  readonly file: string;
  readonly size: number;
  readonly digest: string;
  readonly diffId: string;
}

/** A layer, the folder of its record, and the layers below it: packages that lie there already are not unpacked again. */
export interface LayerRequest {
  readonly record: LayerRecord;
  readonly folder: string;
  readonly below: readonly LayerRecord[];
}

export async function buildLayer(debian: Debian, request: LayerRequest): Promise<Layer> {
  const content = await contentOf(request);
  const key = createHash('sha256').update(`1 ${process.arch} `).update(content).digest('hex').slice(0, 16);
  const folder = await cached(debian.root, `layers/${key}`, async draft => {
    const stage = join(draft, 'root');
    const level = 'filler' in request.record ? 0 : 1;
    const built = await compress(await tarStream(debian, request, stage), join(draft, 'layer.tar.gz'), level);
    await rm(stage, {recursive: true, force: true});
    await writeFile(join(draft, 'layer.json'), JSON.stringify(built));
  });
  const built: Omit<Layer, 'file'> = JSON.parse(await readFile(join(folder, 'layer.json'), 'utf8'));
  return {...built, file: join(folder, 'layer.tar.gz')};
}

/** What decides the bytes of a layer: its record, and for files their contents. */
async function contentOf({record, folder, below}: LayerRequest): Promise<Buffer> {
  if ('files' in record) return buffer(tarOfFiles(record.files, folder));
  if ('host' in record) return buffer(tarOfHost(record.host));
  const context = 'debian' in record ? below.filter(layer => 'debian' in layer) : [];
  return Buffer.from(JSON.stringify([record, context]));
}

async function tarStream(debian: Debian, {record, folder, below}: LayerRequest, stage: string): Promise<Readable> {
  if ('files' in record) return Readable.from(tarOfFiles(record.files, folder));
  if ('host' in record) return tarOfHost(record.host);
  if ('filler' in record) return Readable.from(tarOfFiller(record.filler.megabytes * 1e6, record.filler.seed));
  await mkdir(stage);
  const present = below.flatMap(layer => ('debian' in layer ? [{...layer.debian, dependencies: true}] : []));
  await debian.unpack({...record.debian, dependencies: true}, stage, present);
  return tarOfRoot(stage);
}

const unneeded = [
  'usr/share/doc',
  'usr/share/man',
  'usr/share/info',
  'usr/share/locale',
  'usr/share/lintian',
  'usr/share/bug',
  'etc/init.d',
];

function tarOfRoot(folder: string): Readable {
  return tarOf(folder, [...unneeded.map(path => `--exclude=./${path}`), '-C', folder, '.']);
}

/** The group may do what the owner may, as in images whose user is any, with the group root. */
function tarOfHost({from, at, owner}: {readonly from: string; readonly at: string; readonly owner: string}): Readable {
  const [uid, gid] = owner.split(':');
  const place = `--transform=s,^${basename(from)},${at.slice(1)},S`;
  return tarOf(from, [`--owner=${uid}`, `--group=${gid}`, '--mode=g=u', place, '-C', dirname(from), basename(from)]);
}

/** `what` is named when it fails. */
function tarOf(what: string, args: readonly string[]): Readable {
  const stable = ['--sort=name', '--mtime=@0', '--numeric-owner', '--format=gnu'];
  const tar = spawn('tar', [...stable, '-cf', '-', ...args], {stdio: ['ignore', 'pipe', 'inherit']});
  const output = tar.stdout.pipe(new PassThrough(), {end: false});
  tar.on('error', cause => output.destroy(new Error(`Could not start tar: ${cause.message}`, {cause})));
  tar.on('close', code => (code === 0 ? output.end() : output.destroy(new Error(`tar of ${what} exited with ${code}.`))));
  return output;
}

function* tarOfFiller(size: number, seed: string): Generator<Buffer> {
  yield tarHeader({path: `usr/share/filler-${seed}`, type: 'file', mode: 0o644, size});
  const zeros = Buffer.alloc(1 << 20);
  const cipher = createCipheriv('aes-128-ctr', createHash('md5').update(seed).digest(), Buffer.alloc(16));
  for (let left = size; left > 0; left -= zeros.length) yield cipher.update(zeros.subarray(0, Math.min(left, zeros.length)));
  yield tarPadding(size);
  yield tarEnd;
}

async function compress(tar: Readable, file: string, level: number): Promise<Omit<Layer, 'file'>> {
  const [plain, packed] = [createHash('sha256'), createHash('sha256')];
  let size = 0;
  await pipeline(
    tar,
    async function* hashPlain(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        plain.update(chunk);
        yield chunk;
      }
    },
    createGzip({level}),
    async function* hashPacked(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        packed.update(chunk);
        size += chunk.length;
        yield chunk;
      }
    },
    createWriteStream(file),
  );
  return {size, digest: `sha256:${packed.digest('hex')}`, diffId: `sha256:${plain.digest('hex')}`};
}
