import type {Failure, ResourceEvent, Wait} from '../events.ts';
import {shortDigest} from '../plan/image-lock.ts';
import {decodePull, emptyPull, imageEvent, type PulledImage, type PullState, pullEvents} from './decode.ts';
import type {Engine} from './engine.ts';
import {within} from './limits.ts';
import {PullError, type PullFailure} from './pull-failure.ts';
import {retryOf} from './pull-retry.ts';

export interface PullImageOptions extends PulledImage {
  readonly signal: AbortSignal;
  /** Default 5. */
  readonly attempts?: number | undefined;
  /** Default: the engine's own. */
  readonly platform?: string | undefined;
  /** The build that the lock file names. Default: what the reference means now. */
  readonly digest?: string | undefined;
  /** Resolves after so many milliseconds; rejects on abort. Default: a timer. */
  readonly delay?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
  /** From 0 to 1. Default: Math.random. */
  readonly random?: (() => number) | undefined;
  /** Milliseconds since 1970. Default: Date.now. */
  readonly now?: (() => number) | undefined;
}

/**
 * Pulls an image, again and again where that may help. Ends with the image's event: done, skipped (it was there) or, with its failure,
 * error. Throws the signal's reason on abort, and what is no failure of a pull.
 */
export async function* pullImage(
  engine: Pick<Engine, 'pull' | 'remoteDigest'>,
  options: PullImageOptions,
): AsyncGenerator<ResourceEvent, void, undefined> {
  const {signal, attempts = 5, delay = wait, random = Math.random, now = Date.now} = options;
  const image = {reference: options.reference, parentId: options.parentId};
  yield imageEvent(image, emptyPull, now());
  for (let attempt = 1; ; attempt++) {
    const failure = yield* pullOnce(engine, options, now);
    if (!failure) return;
    const told = failure.wordless ? await inWords(engine, failure, options) : failure;
    const retry = retryOf(told, {attempt, attempts, random: random()});
    if (retry.kind === 'give-up') return yield failed(options, retry.failure, now());
    const at = now();
    yield retrying(image, told, {until: at + Math.round(retry.ms), attempt: attempt + 1, attempts, asked: retry.asked}, at);
    await delay(retry.ms, signal);
    yield imageEvent(image, emptyPull, now());
  }
}

/** Milliseconds: a registry that limits requests says so at once. */
const wordsLimit = 5000;

/** Asked for what a reference means, the engine passes on all that the registry says: one more request, where many have been made. */
const inWords = async (
  engine: Pick<Engine, 'remoteDigest'>,
  failure: PullFailure,
  {reference, signal}: PullImageOptions,
): Promise<PullFailure> => {
  const answer = await within(wordsLimit, signal, () => engine.remoteDigest(reference)).catch((error: unknown) => error);
  signal.throwIfAborted();
  return answer instanceof PullError && answer.failure.kind === failure.kind ? answer.failure : failure;
};

async function* pullOnce(
  engine: Pick<Engine, 'pull'>,
  options: PullImageOptions,
  now: () => number,
): AsyncGenerator<ResourceEvent, PullFailure | undefined, undefined> {
  const {reference, signal, platform, digest} = options;
  let state: PullState = emptyPull;
  try {
    for await (const message of engine.pull(reference, {signal, platform, digest})) {
      const next = decodePull(state, message);
      if (next !== state) yield* pullEvents({reference, parentId: options.parentId}, next, message, now());
      state = next;
    }
    return undefined;
  } catch (error) {
    if (error instanceof PullError) return error.failure;
    throw error;
  }
}

/** Said once: a display counts down by its own clock. */
const retrying = ({reference, parentId}: PulledImage, {reason}: PullFailure, wait: Wait, at: number): ResourceEvent => ({
  id: `image/${reference}`,
  kind: 'image',
  parentId,
  status: 'working',
  text: 'Retrying',
  at,
  details: reason,
  wait,
});

/** A registry forgets builds: some keep only those that a tag points to. */
const lockAdvice = (digest: string) =>
  `The lock file asks for ${shortDigest(digest)}. To see what the tag means now, and to take that: infra-wizard update.`;

const failed = ({reference, parentId, digest}: PullImageOptions, {kind, reason, next}: PullFailure, at: number): ResourceEvent => {
  const advice = digest !== undefined && kind === 'not-found' ? [lockAdvice(digest), ...next] : next;
  const failure: Failure = {cause: 'pull', reason, next: advice, image: reference, dispensable: false};
  return {id: `image/${reference}`, kind: 'image', parentId, status: 'error', text: 'Error', details: reason, at, failure};
};

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(finish, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    function finish() {
      signal.removeEventListener('abort', stop);
      resolve();
    }
    signal.addEventListener('abort', stop, {once: true});
    if (signal.aborted) stop();
  });
