/** A pause between two attempts, as every display says it. Pure. */
import type {Wait} from '../events.ts';
import {formatClock, formatDuration} from './format.ts';

/** From the longest to the shortest. `now`: milliseconds since 1970. */
export const waitTexts = ({until, attempt, attempts, asked}: Wait, now: number): readonly [string, ...string[]] => {
  const left = formatDuration(Math.ceil(Math.max(0, until - now) / 1000) * 1000);
  const clock = formatClock(until);
  if (!asked) return [`attempt ${attempt} of ${attempts} at ${clock} (in ${left})`, `attempt ${attempt} of ${attempts} in ${left}`];
  const told = `registry asks to wait, until ${clock} (${left})`;
  return [`${told}, then attempt ${attempt} of ${attempts}`, told, `asked to wait, ${left} left`];
};

/** `registry asks to wait, until 14:05:10 UTC (32s), then attempt 2 of 5`, `attempt 2 of 5 at 14:05:10 UTC (in 4s)`. */
export const waitText = (wait: Wait, now: number): string => waitTexts(wait, now)[0];
