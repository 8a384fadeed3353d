/** What is done to containers from the live view: with the workspace's lock, as every run has it, and noted in the journal. */
import {UserError} from '../errors.ts';
import type {ResourceStatus} from '../events.ts';
import {type Journal, openJournal} from '../workspace/journal.ts';
import {acquireLock} from '../workspace/lock.ts';

/** Words of the journal: while it is done, when it is done, and when it failed. */
export interface ChangeWords<T> {
  readonly doing: string;
  readonly done: (result: T) => string;
  readonly failed: string;
}

export interface Changes {
  /** Throws UserError (exit 4) when another process has the lock; then nothing is done. */
  run<T>(row: string, words: ChangeWords<T>, work: () => Promise<T>): Promise<T>;
}

/** What goes on at once shares one of these: the kernel gives the lock to this process once. */
interface Hold {
  readonly journal: Journal;
  release(): Promise<void>;
}

const take = async (directory: string, project: string): Promise<Hold> => {
  const lock = await acquireLock(directory, {project, command: 'status'});
  try {
    const journal = await openJournal(directory, 'status');
    return {journal, release: () => journal.close().finally(() => lock.release())};
  } catch (error) {
    await lock.release();
    throw error;
  }
};

export const serviceChanges = ({directory, project}: {readonly directory: string; readonly project: string}): Changes => {
  let users = 0;
  let hold: Promise<Hold> | undefined;
  let before: Promise<unknown> = Promise.resolve();

  const enter = (): Promise<Hold> => {
    users += 1;
    hold ??= before.then(() => take(directory, project));
    return hold;
  };
  const leave = async (): Promise<void> => {
    users -= 1;
    if (users > 0) return;
    const last = hold;
    hold = undefined;
    // Whoever comes next waits until the lock is free again; where it was never had, nothing is to be released.
    before = (async () => (await last?.catch(() => undefined))?.release())().catch(() => undefined);
    await before;
  };
  return {
    async run(row, {doing, done, failed}, work) {
      try {
        const {journal} = await enter();
        const note = (status: ResourceStatus, text: string) =>
          journal.record({id: `service/${row}`, kind: 'service', status, text, at: Date.now()});
        await note('working', doing);
        try {
          const result = await work();
          await note('done', done(result));
          return result;
        } catch (error) {
          // Cut off because the program ends, nobody knows how it came out: the journal says that it was begun.
          if (error instanceof UserError) await note('error', failed);
          throw error;
        }
      } finally {
        await leave();
      }
    },
  };
};
