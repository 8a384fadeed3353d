/** Values that are put in at any time and read one after the other: for a producer that must not wait for its reader. */
export interface Queue<T> extends AsyncIterable<T> {
  push(value: T): void;
  /** No more values; the reader gets the error, if there is one, after those that are left. */
  end(error?: unknown): void;
}

export const createQueue = <T>(): Queue<T> => {
  const values: T[] = [];
  let ended: {readonly error: unknown} | undefined;
  let wake: (() => void) | undefined;
  const notify = () => {
    wake?.();
    wake = undefined;
  };
  async function* read(): AsyncGenerator<T, void, undefined> {
    for (;;) {
      while (values.length > 0) yield values.shift() as T;
      if (ended) break;
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    }
    if (ended.error !== undefined) throw ended.error;
  }
  return {
    push: value => {
      if (ended) return;
      values.push(value);
      notify();
    },
    end: error => {
      ended ??= {error};
      notify();
    },
    [Symbol.asyncIterator]: read,
  };
};
