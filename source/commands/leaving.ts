export interface Leaving {
  /** Aborted when the run was asked to end and nothing is under way any more: time for a view to close. */
  readonly signal: AbortSignal;
  /** Passes events through; while they come, something is under way. */
  while<T>(events: AsyncIterable<T>): AsyncGenerator<T, void>;
}

/** `signal`: the request to end, from the system or another terminal. What is under way gets it too, and ends at its next step. */
export const leaving = (signal: AbortSignal): Leaving => {
  const close = new AbortController();
  let underWay = 0;
  const check = () => {
    if (signal.aborted && underWay === 0) close.abort();
  };
  signal.addEventListener('abort', check, {once: true});
  return {
    signal: close.signal,
    async *while(events) {
      underWay += 1;
      try {
        yield* events;
      } finally {
        underWay -= 1;
        check();
      }
    },
  };
};
