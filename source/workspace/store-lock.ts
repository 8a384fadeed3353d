/** One change of a store at a time, whatever number of processes want one: reading, changing and writing it is one act. */
import {createHash} from 'node:crypto';
import {mkdir, realpath} from 'node:fs/promises';
import {setTimeout as sleep} from 'node:timers/promises';
import {ExitCode, UserError} from '../errors.ts';
import {explained} from './fs-problem.ts';
import {claimOf} from './lock.ts';

/** Milliseconds. A change takes a few of them, so that whoever waits this long waits for something that hangs. */
const patience = 10_000;
const pause = 15;

const busy = (folder: string) =>
  new UserError(`The saved profiles in ${folder} are being changed by another run`, {
    why: `It has not finished within ${patience / 1000} seconds.`,
    next: ['Run this again.'],
    exitCode: ExitCode.locked,
  });

/** Does it while no other process does anything in this folder. Throws UserError (exit 4) when that takes too long. */
export const whileLocked = async <T>(folder: string, work: () => Promise<T>): Promise<T> => {
  const root = await explained(`The folder ${folder} cannot be used`, async () => {
    await mkdir(folder, {recursive: true, mode: 0o700});
    return realpath(folder);
  });
  const key = createHash('sha256').update(`profiles of ${root}`).digest('hex').slice(0, 32);
  const end = performance.now() + patience;
  let claim = await claimOf(key, `profiles ${process.pid}`);
  while (!claim.held) {
    if (performance.now() > end) throw busy(folder);
    await sleep(pause);
    claim = await claimOf(key, `profiles ${process.pid}`);
  }
  try {
    return await work();
  } finally {
    await claim.release();
  }
};
