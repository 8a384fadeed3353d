/** Ink drawn into a terminal emulator in this process: what a person at a terminal of that size would see. */
import {EventEmitter} from 'node:events';
import xterm from '@xterm/headless';
import {render} from 'ink';
import type {ReactNode} from 'react';

export interface ScreenOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly alternateScreen?: boolean;
  /** The emulated terminal is larger than it says it is, so that a frame that is too wide or too tall is seen whole. */
  readonly oversize?: boolean;
}

export interface RenderedScreen {
  /** Whole screen, without blanks at the ends of lines and without empty lines at the end. */
  screen(): Promise<string>;
  /** The whole screen, once `text` is on it. */
  waitFor(text: string | RegExp): Promise<string>;
  /** Each string arrives as one read of the terminal. */
  press(...reads: readonly string[]): Promise<void>;
  paste(text: string): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** What the program ended with; rejects with the error it ended with. */
  readonly exited: Promise<unknown>;
  /** Whether any cell of the screen has a colour. */
  hasColour(): Promise<boolean>;
  /** The screen as text that looks alike, row by row. */
  runs(): Promise<readonly (readonly Run[])[]>;
  /** Everything that was written to the terminal. */
  raw(): string;
  close(): void;
}

/** Neighbouring cells that look alike. */
export interface Run {
  readonly text: string;
  /** Number of the terminal's palette; undefined: the default. */
  readonly colour: number | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
}

export const keys = {
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  home: '\u001b[H',
  end: '\u001b[F',
  pageUp: '\u001b[5~',
  pageDown: '\u001b[6~',
  enter: '\r',
  escape: '\u001b',
  tab: '\t',
  shiftTab: '\u001b[Z',
  backspace: '\u007f',
  ctrlC: '\u0003',
} as const;

class FakeStdin extends EventEmitter {
  readonly isTTY = true;
  isRaw = false;
  readonly #reads: string[] = [];

  setEncoding() {
    return this;
  }

  setRawMode(isRaw: boolean) {
    this.isRaw = isRaw;
    return this;
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }

  read() {
    return this.#reads.shift() ?? null;
  }

  send(read: string) {
    this.#reads.push(read);
    this.emit('readable');
  }
}

/** Longest wait for a text before the test fails and shows the screen. */
const patience = 5000;

/** Of an emulated terminal. */
const largest = {columns: 300, rows: 120};

const createStdout = (terminal: xterm.Terminal, columns: number, rows: number, keep: (text: string) => void) =>
  Object.assign(new EventEmitter(), {
    isTTY: true,
    columns,
    rows,
    writable: true,
    write(data: string | Uint8Array, encoding?: unknown, callback?: () => void) {
      const done = typeof encoding === 'function' ? (encoding as () => void) : callback;
      keep(String(data));
      terminal.write(data, () => done?.());
      return true;
    },
  });

const linesOf = (terminal: xterm.Terminal): readonly string[] => {
  const buffer = terminal.buffer.active;
  return Array.from(
    {length: terminal.rows},
    (_, row) => buffer.getLine(buffer.viewportY + row)?.translateToString(true, 0, terminal.cols) ?? '',
  );
};

const hasColour = (terminal: xterm.Terminal): boolean => {
  const buffer = terminal.buffer.active;
  const places = Array.from({length: terminal.rows * terminal.cols}, (_, place) => place);
  return places.some(place => {
    const cell = buffer.getLine(buffer.viewportY + Math.floor(place / terminal.cols))?.getCell(place % terminal.cols);
    return cell !== undefined && !(cell.isFgDefault() && cell.isBgDefault());
  });
};

const runsOf = (line: xterm.IBufferLine | undefined, columns: number): readonly Run[] => {
  const runs: Run[] = [];
  for (let column = 0; column < columns; column += 1) {
    const cell = line?.getCell(column);
    const text = cell?.getWidth() === 0 ? '' : cell?.getChars() || ' ';
    const look = {colour: cell?.isFgDefault() === false ? cell.getFgColor() : undefined, bold: !!cell?.isBold(), dim: !!cell?.isDim()};
    const last = runs.at(-1);
    if (last && last.colour === look.colour && last.bold === look.bold && last.dim === look.dim) {
      runs[runs.length - 1] = {...last, text: last.text + text};
    } else runs.push({text, ...look});
  }
  return runs;
};

/** Draws as the program does: alternate screen, its own Ctrl+C, no throttling. */
export const renderScreen = (
  tree: ReactNode,
  {columns = 80, rows = 24, alternateScreen = true, oversize = false}: ScreenOptions = {},
): RenderedScreen => {
  const terminal = new xterm.Terminal({
    cols: oversize ? largest.columns : columns,
    rows: oversize ? largest.rows : rows,
    allowProposedApi: true,
    convertEol: true,
    scrollback: 1000,
  });
  let raw = '';
  const stdout = createStdout(terminal, columns, rows, text => {
    raw += text;
  });
  const stdin = new FakeStdin();
  const app = render(tree, {
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stdout as unknown as NodeJS.WriteStream,
    stdin: stdin as unknown as NodeJS.ReadStream,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
    alternateScreen,
    maxFps: 1000,
  });
  const exited = app.waitUntilExit();
  // Whoever is interested awaits it; nobody else shall see an unhandled rejection.
  exited.catch(() => undefined);
  const written = () => new Promise<void>(resolve => terminal.write('', resolve));
  const flush = async () => {
    await new Promise(resolve => setImmediate(resolve));
    await app.waitUntilRenderFlush();
    await written();
  };
  const screen = async () => {
    await flush();
    return linesOf(terminal).join('\n').trimEnd();
  };
  const waitFor = async (text: string | RegExp) => {
    const end = Date.now() + patience;
    for (;;) {
      const shown = await screen();
      if (typeof text === 'string' ? shown.includes(text) : text.test(shown)) return shown;
      if (Date.now() > end) throw new Error(`${String(text)} did not appear within ${patience} ms. The screen:\n${shown}`);
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  };
  const press = async (...reads: readonly string[]) => {
    for (const read of reads) {
      stdin.send(read);
      await flush();
    }
  };
  return {
    screen,
    waitFor,
    press,
    paste: text => press(`\u001b[200~${text}\u001b[201~`),
    async resize(newColumns, newRows) {
      if (!oversize) terminal.resize(newColumns, newRows);
      Object.assign(stdout, {columns: newColumns, rows: newRows}).emit('resize');
      await flush();
    },
    exited,
    async hasColour() {
      await flush();
      return hasColour(terminal);
    },
    async runs() {
      await flush();
      const buffer = terminal.buffer.active;
      return Array.from({length: rows}, (_, row) => runsOf(buffer.getLine(buffer.viewportY + row), columns));
    },
    raw: () => raw,
    close: () => app.unmount(),
  };
};
