/** Folds a stream of any rate into snapshots at a rate a terminal can show. */

/** Ten frames a second: measured as the point where more costs processor time and shows nothing more. */
const flushInterval = 100;

export interface EventStore<S, E> {
  push(event: E): void;
  /** What was pushed becomes visible at once. */
  flush(): void;
  snapshot(): S;
  subscribe(listener: () => void): () => void;
  /** Stops the timer; nothing is shown any more. */
  close(): void;
}

/** Events change `latest` at any rate; `visible` follows at most every 100 ms, and no timer runs while nothing happens. */
export const createEventStore = <S, E>(initial: S, reduce: (state: S, event: E) => S): EventStore<S, E> => {
  const listeners = new Set<() => void>();
  let latest = initial;
  let visible = initial;
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (visible === latest) return;
    visible = latest;
    for (const listener of listeners) listener();
  };
  return {
    push(event) {
      latest = reduce(latest, event);
      timer ??= setTimeout(flush, flushInterval);
    },
    flush,
    snapshot: () => visible,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      clearTimeout(timer);
      timer = undefined;
      listeners.clear();
    },
  };
};
