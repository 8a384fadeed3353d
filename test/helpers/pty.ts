/** A program in a real pseudo terminal, and a terminal emulator that shows what a person would see of it. */
import {constants, open, readlink} from 'node:fs/promises';
import {type IPty, spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import type {Env} from './cli.ts';

export interface PtyOptions {
  /** @default 80 */
  readonly columns?: number;
  /** @default 24 */
  readonly rows?: number;
  readonly env: Env;
  readonly cwd?: string;
}

export interface Pty {
  readonly pid: number;
  /** Whole screen, without blanks at the ends of lines and without empty lines at the end. */
  screen(): Promise<string>;
  /** The whole screen, once it matches. */
  waitFor(pattern: RegExp, milliseconds?: number): Promise<string>;
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  isAlternate(): boolean;
  isCursorHidden(): boolean;
  /** Everything that was written to the terminal. */
  raw(): string;
  readonly exited: Promise<{readonly exitCode: number}>;
  /** Nobody reads the terminal, and no word fits in any more: as when a connection hangs. */
  stopReading(): Promise<void>;
  readAgain(): void;
  /** The connection is lost: what the terminal was on is gone. */
  hangUp(): void;
  close(): void;
}

const screenOf = async (term: xterm.Terminal): Promise<string> => {
  await new Promise<void>(resolve => term.write('', resolve));
  const {active} = term.buffer;
  const lines = Array.from({length: term.rows}, (_, y) => active.getLine(active.viewportY + y)?.translateToString(true) ?? '');
  return lines.join('\n').trimEnd();
};

/** Closes its end of the pseudo terminal: it has this on every system, and not in its types. */
type ClosablePty = IPty & {destroy?(): void};

const definedOf = (env: Env): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

const pollInterval = 20;

const waiting = async (screen: () => Promise<string>, pattern: RegExp, limit: number): Promise<string> => {
  for (const end = Date.now() + limit; ; ) {
    const shown = await screen();
    if (pattern.test(shown)) return shown;
    if (Date.now() > end) throw new Error(`${pattern} did not appear within ${limit} ms:\n${shown}`);
    await new Promise(resolve => setTimeout(resolve, pollInterval));
  }
};

/** What a terminal shows nothing of, until there is no room for more: a reader may still take a part of it. */
const fill = async (path: string): Promise<void> => {
  const terminal = await open(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    for (let full = 0; full < 5; ) {
      full = await terminal.write(Buffer.alloc(512)).then(
        () => 0,
        () => full + 1,
      );
      await new Promise(resolve => setTimeout(resolve, full === 0 ? 0 : pollInterval));
    }
  } finally {
    await terminal.close();
  }
};

/** Close it when the test ends: an interactive shell outlives a closed terminal. */
export const launch = (argv: readonly string[], {columns = 80, rows = 24, env, cwd}: PtyOptions): Pty => {
  const term = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
  const [file = '', ...args] = argv;
  const child: ClosablePty = spawn(file, args, {
    cols: columns,
    rows,
    env: definedOf({...env, TERM: 'xterm-256color'}),
    ...(cwd !== undefined && {cwd}),
  });
  let raw = '';
  let ended = false;
  const exited = new Promise<{exitCode: number}>(resolve => {
    child.onExit(({exitCode}) => {
      ended = true;
      resolve({exitCode});
    });
  });
  child.onData(data => {
    raw += data;
    term.write(data);
  });
  term.onData(data => child.write(data));
  const screen = () => screenOf(term);
  return {
    pid: child.pid,
    screen,
    waitFor: (pattern, milliseconds = 15_000) => waiting(screen, pattern, milliseconds),
    type: keys => child.write(keys),
    resize: (newColumns, newRows) => {
      child.resize(newColumns, newRows);
      term.resize(newColumns, newRows);
    },
    isAlternate: () => term.buffer.active.type === 'alternate',
    isCursorHidden: () => [...raw.matchAll(/\u001b\[\?25([hl])/g)].at(-1)?.[1] === 'l',
    raw: () => raw,
    exited,
    stopReading: async () => {
      child.pause();
      await fill(await readlink(`/proc/${child.pid}/fd/0`));
    },
    readAgain: () => child.resume(),
    hangUp: () => child.destroy?.(),
    close: () => {
      if (!ended) child.kill('SIGKILL');
      term.dispose();
    },
  };
};
