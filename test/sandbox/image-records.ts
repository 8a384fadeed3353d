import {readdir, readFile} from 'node:fs/promises';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import * as v from 'valibot';
import {parse} from 'yaml';

const debianLayer = v.strictObject({
  debian: v.strictObject({suite: v.string(), packages: v.array(v.string()), without: v.optional(v.array(v.string()))}),
});

const directory = v.strictObject({
  path: v.string(),
  mode: v.optional(v.string()),
  uid: v.optional(v.number()),
  gid: v.optional(v.number()),
});

/** `from` is a folder beside the record that mirrors the image's root; executable files stay executable. */
const filesLayer = v.strictObject({
  files: v.strictObject({
    from: v.optional(v.string()),
    links: v.optional(v.record(v.string(), v.string())),
    directories: v.optional(v.array(directory)),
  }),
});

/** Bytes that do not compress, the same on every machine: they stand for the software a stand-in lacks. */
const fillerLayer = v.strictObject({filler: v.strictObject({megabytes: v.number(), seed: v.string()})});

/** A file or a folder of this machine, as it is, with one owner (`uid:gid`) for all of it. */
interface HostLayer {
  readonly host: {readonly from: string; readonly at: string; readonly owner: string};
}

const layer = v.union([debianLayer, filesLayer, fillerLayer]);

/**
 * The real program in place of a stand-in, for those who have it: the variable of the environment names a file or a folder of this
 * machine, which lies at `at` in the image, above the layers of `below` in place of the record's own.
 */
const real = v.strictObject({
  variable: v.string(),
  at: v.string(),
  owner: v.optional(v.string(), '0:0'),
  below: v.optional(v.array(layer), []),
});

const record = v.strictObject({
  /** Paths such as `library/postgres`; a host before it (`quay.io/…`) is only known there. None: a base for others. */
  repositories: v.optional(v.array(v.string()), []),
  /** The record whose layers lie below. */
  from: v.optional(v.string()),
  /** Served when compose/ names no tag of these repositories. */
  tag: v.optional(v.string(), 'latest'),
  layers: v.array(layer),
  real: v.optional(real),
  /** OCI image configuration: Env, Entrypoint, Cmd, User, Volumes, … */
  config: v.optional(v.record(v.string(), v.unknown()), {}),
});

export type LayerRecord = v.InferOutput<typeof layer> | HostLayer;
export type FilesLayer = v.InferOutput<typeof filesLayer>['files'];
export type ImageRecord = Omit<v.InferOutput<typeof record>, 'layers' | 'real'> & {
  readonly layers: readonly LayerRecord[];
  readonly folder: string;
};

const imagesFolder = join(dirname(fileURLToPath(import.meta.url)), 'images');

/** Every `images/<name>/image.yaml`, by name; with the real program where the environment names one. */
export async function readImageRecords(folder = imagesFolder, env = process.env): Promise<ReadonlyMap<string, ImageRecord>> {
  const records = new Map<string, ImageRecord>();
  for (const name of (await readdir(folder)).sort()) {
    const file = join(folder, name, 'image.yaml');
    const checked = v.safeParse(record, parse(await readFile(file, 'utf8')));
    if (!checked.success) throw new Error(`${file} is not an image record: ${v.summarize(checked.issues)}`);
    const {real, ...rest} = checked.output;
    const from = real && env[real.variable];
    records.set(name, {...rest, ...(real && from && withProgram(rest.config, real, resolve(from))), folder: join(folder, name)});
  }
  return records;
}

function withProgram(
  config: Readonly<Record<string, unknown>>,
  {at, owner, below}: v.InferOutput<typeof real>,
  from: string,
): Pick<ImageRecord, 'layers' | 'config'> {
  const Labels = {...Object(config.Labels), 'org.opencontainers.image.title': `the real program, from ${from}`};
  return {layers: [...below, {host: {from, at, owner}}], config: {...config, Labels}};
}
