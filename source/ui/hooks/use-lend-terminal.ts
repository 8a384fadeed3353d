import {setImmediate} from 'node:timers/promises';
import {useApp, useStdin} from 'ink';

/** Gives the whole terminal to somebody else for as long as `work` takes; afterwards everything is drawn again, whatever happened. */
export const useLendTerminal = (): ((work: () => Promise<void>) => Promise<void>) => {
  const {suspendTerminal} = useApp();
  const {stdin} = useStdin();
  return work =>
    suspendTerminal(async () => {
      // Ink stops listening, and Node reads on until its buffer is full: half of what is typed would never arrive where it belongs.
      // Node stops for `pause` alone, and only once the stream has noticed that nobody listens, a moment later.
      await setImmediate();
      stdin.pause();
      await work();
    });
};
