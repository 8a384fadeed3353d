import {readdir, unlink} from 'node:fs/promises';
import {join} from 'node:path';
import {isLeftover} from './atomic.ts';
import {hasCode} from './fs-problem.ts';

/** Removes the temporary files that killed runs left in these folders; those that are missing have none. The caller holds the lock. */
export const removeLeftovers = async (folders: Iterable<string>): Promise<void> => {
  for (const folder of folders) {
    const names = await readdir(folder).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
      throw error;
    });
    for (const name of names.filter(isLeftover)) await unlink(join(folder, name));
  }
};

/** The same for a folder of the wizard's own and everything below it. */
export const removeLeftoversBelow = async (folder: string): Promise<void> => {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true}).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  });
  for (const entry of entries) if (entry.isFile() && isLeftover(entry.name)) await unlink(join(entry.parentPath, entry.name));
};
