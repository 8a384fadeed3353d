/** A folder under the system's temporary one, for the length of some work. */
import {lstat, mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {explained} from './fs-problem.ts';

const prefix = 'infra-wizard-scratch-';

/** Milliseconds. No work takes a tenth of it: a folder that is older belongs to a run that was killed. */
const abandoned = 15 * 60_000;

const isAbandoned = async (path: string, now: number): Promise<boolean> => {
  const stats = await lstat(path);
  return stats.isDirectory() && stats.uid === process.geteuid?.() && now - stats.mtimeMs > abandoned;
};

/** What cannot be removed is left to the system, which empties its temporary folder in its own time. */
const sweep = async (parent: string): Promise<void> => {
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter(candidate => candidate.startsWith(prefix))) {
    const path = join(parent, name);
    if (await isAbandoned(path, Date.now()).catch(() => false)) await rm(path, {recursive: true, force: true}).catch(() => undefined);
  }
};

/** Removes the folder however the work ends, and those that killed runs left behind. UserError (exit 3) when nothing can be written there. */
export const inScratchFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const parent = tmpdir();
  await sweep(parent);
  return explained(`Nothing can be written to the temporary folder ${parent}`, async () => {
    const folder = await mkdtemp(join(parent, prefix));
    try {
      return await work(folder);
    } finally {
      await rm(folder, {recursive: true, force: true});
    }
  });
};
