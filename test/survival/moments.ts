/** When to strike. Marks of the run itself rather than milliseconds, wherever there are any: they do not depend on the machine's speed. */
import {watch} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Running} from '../helpers/cli.ts';
import {composeBelow} from './processes.ts';
import type {Random} from './random.ts';

export type Moment =
  /** So many lines of standard error. */
  | {readonly kind: 'line'; readonly number: number}
  /** So many changes of the workspace's folders. */
  | {readonly kind: 'change'; readonly number: number}
  /** A share of the time such a run took before. */
  | {readonly kind: 'time'; readonly share: number}
  /** So long after compose began its work. */
  | {readonly kind: 'compose'; readonly milliseconds: number};

export const momentText = (moment: Moment): string => JSON.stringify(moment);

/** A run with nothing to do says about 20 lines, one that makes everything 130; and changes 8 and 30 entries of the watched folders. */
const fewOrMany = {line: [20, 40, 70], change: [8, 25]} as const;

/** Runs without events have neither lines to count nor compose at work. */
export const chooseMoment = (random: Random, command: string): Moment => {
  const kinds = {
    up: ['line', 'line', 'line', 'change', 'time', 'compose'],
    write: ['change', 'change', 'time'],
    update: ['change', 'time'],
    down: ['line', 'time', 'compose'],
  } as const;
  const kind = random.pick<Moment['kind']>(kinds[command as keyof typeof kinds]);
  switch (kind) {
    case 'line':
      return {kind, number: 1 + random.below(command === 'up' ? random.pick<number>(fewOrMany.line) : 8)};
    case 'change':
      return {kind, number: 1 + random.below(random.pick<number>(fewOrMany.change))};
    case 'time':
      return {kind, share: Math.round(random.next() * 1000) / 1000};
    case 'compose':
      return {kind, milliseconds: random.below(250)};
  }
};

const pollInterval = 4;

/** Resolves when its time has come; never, when the run ends before. */
export const momentOf = async (
  moment: Moment,
  running: Running,
  {folders, usual, signal}: {readonly folders: readonly string[]; readonly usual: number; readonly signal: AbortSignal},
): Promise<void> => {
  switch (moment.kind) {
    case 'line':
      return running.waitFor(new RegExp(`(?:.*\\n){${moment.number}}`));
    case 'time':
      return void (await sleep(moment.share * usual, undefined, {signal}));
    case 'change': {
      let changes = 0;
      return new Promise(resolve => {
        for (const folder of folders) {
          const watcher = watch(folder, {signal}, () => {
            changes += 1;
            if (changes === moment.number) resolve();
          });
          // A folder may be removed while it is watched.
          watcher.on('error', () => undefined);
        }
      });
    }
    case 'compose':
      while ((await composeBelow(running.pid)) === undefined) await sleep(pollInterval, undefined, {signal});
      return void (await sleep(moment.milliseconds, undefined, {signal}));
  }
};
