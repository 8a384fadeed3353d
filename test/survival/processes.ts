/** A process and what it started, as the kernel knows them. */
import {readFile} from 'node:fs/promises';

const childrenOf = async (pid: number): Promise<readonly number[]> => {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean).map(Number);
};

/** All below it, nearest first. */
export const descendantsOf = async (pid: number): Promise<readonly number[]> => {
  const children = await childrenOf(pid);
  return [...children, ...(await Promise.all(children.map(descendantsOf))).flat()];
};

/** Arguments of a process; empty when it is gone. */
const commandOf = async (pid: number): Promise<readonly string[]> =>
  (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0').filter(Boolean);

/** The docker program below a process that is at work on containers: `docker compose … up` or `… down`. */
export const composeBelow = async (pid: number): Promise<number | undefined> => {
  for (const child of await childrenOf(pid)) {
    const command = await commandOf(child);
    if (command.includes('compose') && (command.includes('up') || command.includes('down'))) return child;
  }
  return undefined;
};

/** SIGKILL for those that are still there. */
export const killAll = (pids: readonly number[]): void => {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
};
