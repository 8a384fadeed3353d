/** The workspace's generated files as an earlier generation left them. Reads only. */
import {readFile} from 'node:fs/promises';
import {findFolder} from './folder.ts';
import {hasCode} from './fs-problem.ts';
import {type Generation, generationsSince, keptPath} from './generations.ts';
import {readDiskFile, sha256Of} from './observe-files.ts';

/** A file's text and mode. */
export interface EarlierFile {
  readonly content: string;
  readonly mode: number;
}

const keptFile = async (
  root: string,
  {number}: Generation,
  kept: Generation['manifest']['kept'][number],
): Promise<EarlierFile | undefined> => {
  const content = await readFile(keptPath(root, number, kept.path)).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  });
  if (content === undefined || sha256Of(content) !== kept.sha256) return undefined;
  return {content: content.toString('utf8'), mode: kept.mode};
};

/** What is on disk now is what was there then, unless something was put in its place since. */
const fileAt = async (root: string, path: string, later: readonly Generation[]): Promise<EarlierFile | undefined> => {
  for (const generation of later) {
    const kept = generation.manifest.kept.find(one => one.path === path);
    if (kept) return keptFile(root, generation, kept);
  }
  const disk = await readDiskFile(root, path);
  return disk && {content: Buffer.from(disk.content).toString('utf8'), mode: disk.mode};
};

/** By path; undefined when that generation is not known any more. A file of it that is lost is left out. */
export const filesAt = async (directory: string, number: number): Promise<ReadonlyMap<string, EarlierFile> | undefined> => {
  const root = await findFolder(directory);
  if (root === undefined) return undefined;
  const [then, ...later] = await generationsSince(root, number);
  if (then?.number !== number) return undefined;
  const files = new Map<string, EarlierFile>();
  for (const {path} of then.manifest.files) {
    const file = await fileAt(root, path, later);
    if (file) files.set(path, file);
  }
  return files;
};

/** Those that are there now. */
export const filesNow = async (directory: string): Promise<ReadonlyMap<string, EarlierFile>> => {
  const root = await findFolder(directory);
  const last = root === undefined ? undefined : (await generationsSince(root, 0)).at(-1);
  return (last && (await filesAt(directory, last.number))) ?? new Map();
};
