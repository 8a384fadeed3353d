/** Signals and time limits of requests. */
import {TimeLimit} from './engine-error.ts';

/** A signal that also follows others, until it is released. */
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

/**
 * Work that is given up when it takes too long, with TimeLimit, or when its signal is aborted, with that reason.
 * Does not wait for the work to notice: dockerode never settles when a connection breaks within an answer.
 */
export const inTime = async <T>(limitMs: number, {signal, abort}: LinkedSignal, work: Promise<T>): Promise<T> => {
  const timer = setTimeout(() => abort(new TimeLimit(limitMs)), limitMs);
  const stopped = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), {once: true});
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    clearTimeout(timer);
  }
};

/** The same for work that gets a signal of its own. */
export const within = async <T>(limitMs: number, outer: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  outer.throwIfAborted();
  const link = linkSignals([outer]);
  try {
    return await inTime(limitMs, link, work(link.signal));
  } finally {
    link.release();
  }
};
