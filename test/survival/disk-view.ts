/** What lies in a folder, read without any of the program's own code. */
import {lstat, readdir, readFile} from 'node:fs/promises';
import {join, relative} from 'node:path';

export interface DiskFile {
  readonly content: string;
  readonly mode: number;
}

/** Path in the folder to file. */
export type Tree = ReadonlyMap<string, DiskFile>;

const readable = async (path: string): Promise<DiskFile | undefined> => {
  try {
    return {content: await readFile(path, 'utf8'), mode: (await lstat(path)).mode & 0o7777};
  } catch {
    // What a killed run's children still change may be gone by now.
    return undefined;
  }
};

/** Every file below a folder; none when the folder is not there. */
export const readTree = async (folder: string): Promise<Tree> => {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true}).catch(() => []);
  const paths = entries.filter(entry => !entry.isDirectory()).map(entry => join(entry.parentPath, entry.name));
  const files = await Promise.all(paths.sort().map(async path => [relative(folder, path), await readable(path)] as const));
  return new Map(files.flatMap(([path, file]) => (file === undefined ? [] : [[path, file] as const])));
};

export const modeOfFolder = async (path: string): Promise<number | undefined> =>
  lstat(path).then(
    ({mode}) => mode & 0o7777,
    () => undefined,
  );
