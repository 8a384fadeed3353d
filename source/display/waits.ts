/** A pause between two attempts, as every display says it. Pure. */
import type {Wait} from '../events.ts';
import {formatClock, formatDuration} from './format.ts';

/** `registry asks to wait, until 14:05:10 UTC (32s)`, `attempt 2 of 5 at 14:05:10 UTC (in 4s)`. `now`: milliseconds since 1970. */
export const waitText = ({until, attempt, attempts, asked}: Wait, now: number): string => {
  const left = formatDuration(Math.ceil(Math.max(0, until - now) / 1000) * 1000);
  const clock = formatClock(until);
  return asked
    ? `registry asks to wait, until ${clock} (${left}), then attempt ${attempt} of ${attempts}`
    : `attempt ${attempt} of ${attempts} at ${clock} (in ${left})`;
};
