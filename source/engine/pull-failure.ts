/** Why an image could not be pulled, in the operator's words. Pure. */
import {UserError} from '../errors.ts';
import {hostOf, type PullFailureKind, type PullRule, rules, tryAgain, unknown} from './pull-rules.ts';
import {registryOf} from './reference.ts';

export interface PullFailure {
  readonly kind: PullFailureKind;
  /** Trying again may help. */
  readonly retry: boolean;
  /** The registry said how long to wait. Milliseconds. */
  readonly waitMs?: number;
  /** The registry may have said more than the engine passes on: how long to wait, or that waiting is of no use. */
  readonly wordless?: true;
  /** One sentence. */
  readonly reason: string;
  /** What to do, one sentence each. */
  readonly next: readonly string[];
}

/** A pull that ended without the image. */
export class PullError extends UserError {
  readonly failure: PullFailure;

  constructor(reference: string, failure: PullFailure, cause?: unknown) {
    super(`${reference} could not be pulled.`, {why: failure.reason, next: failure.next, cause});
    this.failure = failure;
  }
}

/** The containerd image store asks for a manifest with HEAD, whose answer has a status and no words. */
const wordless = /\bstatus from HEAD request\b/i;

/** By what the message says first, by the status code second. `message` is already printable. */
export const classifyPull = (message: string, statusCode: number | undefined, reference: string): PullFailure => {
  const subject = {reference, registry: registryOf(reference), message};
  const byStatus = (rule: PullRule) => statusCode !== undefined && rule.status?.includes(statusCode);
  const rule = rules.find(({message: pattern}) => pattern.test(message)) ?? rules.find(byStatus) ?? unknown;
  const waitMs = rule.kind === 'rate-limited' ? waitIn(message) : undefined;
  const {kind, retry} = rule;
  const isWordless = kind === 'rate-limited' && wordless.test(message);
  return {
    kind,
    retry,
    ...(waitMs !== undefined && {waitMs}),
    ...(isWordless && {wordless: true}),
    reason: rule.reason(subject),
    next: rule.next(subject),
  };
};

/** Nothing moved for so long that the pull was given up. */
export const stalledPull = (reference: string, limitMs: number): PullFailure => ({
  kind: 'stalled',
  retry: true,
  reason: `${registryOf(reference)} sent nothing for ${limitMs / 1000} s.`,
  next: [`Check the network of this host: curl -I https://${hostOf(registryOf(reference))}/v2/.`, tryAgain],
});

const units: Readonly<Record<string, number>> = {h: 3_600_000, m: 60_000, s: 1000, ms: 1, µs: 0, us: 0, ns: 0};

/** `retry-after: 12s`, `try again in 3 minutes`; in the shape of Go's durations as well. */
const waitIn = (message: string): number | undefined => {
  const found = /(?:retry[- ]after:?|try again in|retry in)\s*(\d{1,6}(?:\.\d{1,9})?)\s*(h|ms|µs|us|ns|m|s)?/i.exec(message);
  if (!found) return undefined;
  return Math.ceil(Number(found[1]) * (units[found[2]?.toLowerCase() ?? 's'] ?? 1000));
};
