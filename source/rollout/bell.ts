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
