/** A signal that also follows others, until it is released. */
import {TimeLimit} from './engine-error.ts';

export interface LinkedSignal {
  readonly signal: AbortSignal;
  /** One of the others was aborted: not we. */
  readonly stopped: () => boolean;
  abort(reason: unknown): void;
  /** Lets go of the others; to be called when the work has ended. */
  release(): void;
}

export const linkSignals = (sources: readonly AbortSignal[]): LinkedSignal => {
  const controller = new AbortController();
  const follow = () => controller.abort(sources.find(source => source.aborted)?.reason);
  for (const source of sources) source.addEventListener('abort', follow, {once: true});
  if (sources.some(source => source.aborted)) follow();
  return {
    signal: controller.signal,
    stopped: () => sources.some(source => source.aborted),
    abort: reason => controller.abort(reason),
    release: () => {
      for (const source of sources) source.removeEventListener('abort', follow);
    },
  };
};

/** Work that is given up after a time. Throws TimeLimit then, and the reason of `outer` when that is aborted. */
export const within = async <T>(limitMs: number, outer: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  outer.throwIfAborted();
  const {signal, abort, release} = linkSignals([outer]);
  const timer = setTimeout(() => abort(new TimeLimit(limitMs)), limitMs);
  try {
    return await work(signal);
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
    release();
  }
};
