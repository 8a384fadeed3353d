/** Many producers, one consumer that iterates; nothing is lost, the order is that of the pushes. */

export interface Channel<T> extends AsyncIterable<T> {
  push(value: T): void;
  /** Ends the iteration after what was pushed; with an error, the iteration throws it then. */
  close(error?: unknown): void;
}

export const channel = <T>(): Channel<T> => {
  const queue: T[] = [];
  let closed: {readonly error: unknown} | undefined;
  let wake: (() => void) | undefined;
  const notify = () => {
    wake?.();
    wake = undefined;
  };
  return {
    push(value) {
      queue.push(value);
      notify();
    },
    close(error) {
      closed ??= {error};
      notify();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        while (queue.length > 0) yield queue.shift() as T;
        if (closed) {
          if (closed.error !== undefined) throw closed.error;
          return;
        }
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
    },
  };
};

/** A bell that several can ring and one waits for; a ring while nobody waits is kept. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring, or after so many milliseconds. */
  wait(milliseconds: number): Promise<void>;
}

export const bell = (): Bell => {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async wait(milliseconds) {
      if (!rung) {
        let timer: NodeJS.Timeout | undefined;
        await new Promise<void>(resolve => {
          wake = resolve;
          timer = setTimeout(resolve, milliseconds);
        });
        clearTimeout(timer);
        wake = undefined;
      }
      rung = false;
    },
  };
};
