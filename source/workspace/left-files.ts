/** Files that were written before and are not any more: what is still there of them, and how one is taken away. */
import {realpath, unlink} from 'node:fs/promises';
import {dirname} from 'node:path';
import type {FormerFile} from '../plan/left-files.ts';
import {syncFolder} from './atomic.ts';
import {isAsWritten} from './file-state.ts';
import {findFolder, insideFolder} from './folder.ts';
import {hasCode} from './fs-problem.ts';
import {lastGeneration, writtenFiles} from './generations.ts';
import {generatedHash, readDiskFile} from './observe-files.ts';

/** A folder on its way may have become a link, and then it is the operator's where that leads. */
const isReached = async (root: string, path: string): Promise<boolean> => {
  const folder = dirname(await insideFolder(root, path));
  return (await realpath(folder)) === folder;
};

/** Reads only. `wanted`: paths that are written. */
export const formerFiles = async (directory: string, wanted: readonly string[]): Promise<readonly FormerFile[]> => {
  const root = await findFolder(directory);
  if (root === undefined) return [];
  const written = writtenFiles(await lastGeneration(root));
  const there: FormerFile[] = [];
  for (const [path, record] of [...written].filter(([one]) => !wanted.includes(one))) {
    const found = await readDiskFile(root, path).then(
      async disk => disk && {path, asWritten: isAsWritten(generatedHash(disk.content), record) && (await isReached(root, path))},
      // Something that is no ordinary file has its name.
      () => ({path, asWritten: false}),
    );
    if (found) there.push(found);
  }
  return there;
};

/** Its folder stays, since containers may mount it. One that is gone already is no error. */
export const removeFile = async (root: string, path: string): Promise<void> => {
  const absolute = await insideFolder(root, path);
  await unlink(absolute).catch((error: unknown) => {
    if (!hasCode(error, 'ENOENT')) throw error;
  });
  await syncFolder(dirname(absolute));
};
