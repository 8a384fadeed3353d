import {UserError} from '../errors.ts';
import {decodePull, emptyPull, type PullState} from './decode.ts';
import {EngineError, failureOf, TimeLimit} from './engine-error.ts';
import {linkSignals} from './limits.ts';
import {linesOf, parseJson} from './lines.ts';
import {classifyPull, PullError, type PullFailure, stalledPull} from './pull-failure.ts';
import {decodePullMessage, type PullMessage} from './pull-message.ts';
import {stalledAfter} from './pull-stall.ts';

/** When any pull of an engine last said something new, on the monotonic clock. */
interface PullActivity {
  at: number;
}

export interface PullRequest {
  readonly reference: string;
  /** Any of them stops it. */
  readonly signals: readonly AbortSignal[];
  readonly stallMs: number;
  readonly activity: PullActivity;
  /** Sends the request; resolves with the body when the engine has begun to answer. */
  readonly open: (signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>;
  /** Called once the image is there; the pull has ended when it has. */
  readonly arrived?: (() => Promise<void>) | undefined;
  /** The error of a connection that was not made or did not hold. */
  readonly mapped: (error: unknown) => unknown;
}

/**
 * The messages of a pull. It is done when the engine says `Status:`; the stream also ends quietly after an error line
 * (apocas/dockerode#639) and when it is cut. Throws PullError, or the signal's reason.
 */
export async function* pullMessages(request: PullRequest): AsyncGenerator<PullMessage, void, undefined> {
  const {reference, stallMs, activity, open} = request;
  const {signal, abort, stopped, release} = linkSignals(request.signals);
  let state: PullState = emptyPull;
  let changed = performance.now();
  activity.at = Math.max(activity.at, changed);
  const look = () => {
    const now = performance.now();
    const silence = stalledAfter(state, {own: now - changed, engine: now - activity.at}, stallMs);
    if (silence !== undefined) abort(new TimeLimit(silence));
  };
  const watch = setInterval(look, Math.min(1000, stallMs / 10));
  try {
    for await (const line of linesOf(await open(signal))) {
      const message = decodePullMessage(parseJson(line));
      if (!message) continue;
      const next = decodePull(state, message);
      if (next !== state) changed = activity.at = performance.now();
      state = next;
      if (message.error === undefined) yield message;
    }
    signal.throwIfAborted();
    if (isThere(state)) await request.arrived?.();
  } catch (error) {
    if (stopped()) throw signal.reason;
    const cause = signal.aborted ? signal.reason : error;
    throw new PullError(reference, pullFailureOf(cause, request), cause);
  } finally {
    clearInterval(watch);
    abort(undefined);
    release();
  }
  if (isThere(state)) return;
  throw new PullError(reference, classifyPull(state.error ?? 'unexpected EOF', undefined, reference));
}

const isThere = ({result, error}: PullState): boolean => result !== undefined && error === undefined;

/** An errno is of the connection to the engine; what the engine found out about the registry comes as text. */
export const pullFailureOf = (cause: unknown, {reference, mapped}: Pick<PullRequest, 'reference' | 'mapped'>): PullFailure => {
  if (cause instanceof TimeLimit) return stalledPull(reference, cause.limitMs);
  const {message, statusCode, errno} = failureOf(cause);
  const error = errno === undefined ? cause : mapped(cause);
  if (!(error instanceof UserError)) return classifyPull(message, statusCode, reference);
  const lost = error instanceof EngineError && error.kind === 'unreachable';
  const reason = [error.message, error.why].filter(Boolean).join(' ');
  return {kind: lost ? 'network' : 'unknown', retry: lost, reason, next: error.next};
};
