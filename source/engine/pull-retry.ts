/** Whether a pull that failed is tried again, and when. Pure. */
import type {PullFailure} from './pull-failure.ts';

export interface Attempt {
  /** Number of the attempt that failed, from 1. */
  readonly attempt: number;
  /** So many are made in all. */
  readonly attempts: number;
  /** From 0 to 1. */
  readonly random: number;
}

export type Retry =
  | {readonly kind: 'wait'; readonly ms: number; readonly asked: boolean}
  | {readonly kind: 'give-up'; readonly failure: PullFailure};

/** Milliseconds. Nobody sits in front of a rollout for longer than this. */
const longestWait = 15 * 60_000;
const longestBackoff = 5 * 60_000;

/** Each wait is about twice the one before, and never quite the same, so that many pulls do not come back at once. */
const backoff = ({kind}: PullFailure, {attempt, random}: Attempt): number => {
  const first = kind === 'rate-limited' ? 10_000 : 1000;
  return Math.min(first * 2 ** (attempt - 1) * (0.5 + random), longestBackoff);
};

const inWords = (ms: number): string => {
  const minutes = Math.ceil(ms / 60_000);
  return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
};

const tooLong = (failure: PullFailure, ms: number): PullFailure => ({
  ...failure,
  retry: false,
  reason: `${failure.reason} It asks to wait for ${inWords(ms)}.`,
  next: [`Run the same command again in ${inWords(ms)}: what was pulled is kept.`, ...failure.next],
});

/** What a registry asks for is kept to, and a little more; some ask for microseconds (`retry-after: 297.3µs`), which is no time at all. */
export const retryOf = (failure: PullFailure, at: Attempt): Retry => {
  const {waitMs} = failure;
  if (!failure.retry || at.attempt >= at.attempts) return {kind: 'give-up', failure};
  if (waitMs === undefined) return {kind: 'wait', ms: backoff(failure, at), asked: false};
  if (waitMs > longestWait) return {kind: 'give-up', failure: tooLong(failure, waitMs)};
  if (waitMs < 1000) return {kind: 'wait', ms: backoff(failure, at), asked: false};
  return {kind: 'wait', ms: waitMs + at.random * 1000, asked: true};
};
