import {setTimeout} from 'node:timers/promises';
import {drained} from '../display/drained.ts';

export interface Screen {
  /** For Ink. */
  readonly stdout: NodeJS.WriteStream;
  /** Nothing is drawn anew any more. */
  close(): void;
}

/** Characters that may wait: some large frames. */
const mostWaiting = 2 ** 16;
/** Milliseconds that Ink waits at most for its last words to be on the screen. */
const longestWait = 1000;

/** The alternate screen, the cursor, pastes; the marks around a frame (2026) go with the frame. */
const switchesMode = /^(?:\u001b\[\?(?!2026)\d+[hl])+$/;

/**
 * Ink's way to a terminal that may not be read for a while. Of frames only the newest matters: they are left out while others wait, and once
 * those are read everything is drawn anew. What switches a mode of the terminal is kept, so that it is given back as it was.
 */
export const openScreen = (terminal: NodeJS.WriteStream, drawAnew: () => void): Screen => {
  let isStale = false;
  const refresh = () => {
    isStale = false;
    drawAnew();
  };
  const leaveOut = () => {
    if (!isStale) terminal.once('drain', refresh);
    isStale = true;
  };
  const barrier = (done: () => void) => {
    const limit = new AbortController();
    const waited = setTimeout(longestWait, undefined, {signal: limit.signal}).catch(() => undefined);
    void Promise.race([drained(terminal), waited]).then(() => {
      limit.abort();
      done();
    });
  };
  const write = (text: string, done: () => void = () => undefined): boolean => {
    if (text === '') barrier(done);
    else if (switchesMode.test(text) || (!isStale && !(terminal.writableLength > mostWaiting))) return terminal.write(text, done);
    else {
      leaveOut();
      queueMicrotask(done);
    }
    return true;
  };
  const stdout = new Proxy(terminal, {
    get: (target, name) => {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return {stdout, close: () => void terminal.off('drain', refresh)};
};
