import {readdir, readFile, readlink, stat} from 'node:fs/promises';
import {join} from 'node:path';
import type {FilesLayer} from './image-records.ts';

interface Entry {
  readonly path: string;
  readonly type: 'file' | 'link' | 'directory';
  readonly mode: number;
  readonly size?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly target?: string;
}

const typeFlags = {file: '0', link: '2', directory: '5'} as const;

/** A ustar header: the date is always 1970, so that the same files give the same bytes. */
export function tarHeader(entry: Entry): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number, at: number, length: number) => header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at);
  if (Buffer.byteLength(entry.path) > 100) throw new Error(`'${entry.path}' is too long for a layer of files: 100 bytes at most.`);
  header.write(entry.path, 0);
  octal(entry.mode, 100, 8);
  octal(entry.uid ?? 0, 108, 8);
  octal(entry.gid ?? 0, 116, 8);
  octal(entry.size ?? 0, 124, 12);
  octal(0, 136, 12);
  header.fill(' ', 148, 156);
  header.write(typeFlags[entry.type], 156);
  header.write(entry.target ?? '', 157);
  header.write('ustar\x0000', 257);
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return header;
}

export function tarPadding(size: number): Buffer {
  return Buffer.alloc((512 - (size % 512)) % 512);
}

export const tarEnd = Buffer.alloc(1024);

/** The archive of a files layer: its directories first (they carry owners), then the mirrored folder, then links. */
export async function* tarOfFiles(layer: FilesLayer, recordFolder: string): AsyncGenerator<Buffer> {
  for (const {path, mode = '0755', uid = 0, gid = 0} of layer.directories ?? []) {
    yield tarHeader({path: `${path.slice(1)}/`, type: 'directory', mode: Number.parseInt(mode, 8), uid, gid});
  }
  if (layer.from) yield* tarOfFolder(join(recordFolder, layer.from), '');
  for (const [path, target] of Object.entries(layer.links ?? {})) {
    yield tarHeader({path: path.slice(1), type: 'link', mode: 0o777, target});
  }
  yield tarEnd;
}

async function* tarOfFolder(folder: string, prefix: string): AsyncGenerator<Buffer> {
  const entries = await readdir(folder, {withFileTypes: true});
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name, 'en'))) {
    const path = `${prefix}${entry.name}`;
    const source = join(folder, entry.name);
    if (entry.isDirectory()) yield* tarOfFolder(source, `${path}/`);
    else if (entry.isSymbolicLink()) yield tarHeader({path, type: 'link', mode: 0o777, target: await readlink(source)});
    else yield* tarOfFile(source, path);
  }
}

async function* tarOfFile(source: string, path: string): AsyncGenerator<Buffer> {
  const bytes = await readFile(source);
  const executable = ((await stat(source)).mode & 0o100) !== 0;
  yield tarHeader({path, type: 'file', mode: executable ? 0o755 : 0o644, size: bytes.length});
  yield bytes;
  yield tarPadding(bytes.length);
}
