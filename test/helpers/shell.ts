/** The built program in an interactive shell, as an operator has it: what the terminal is like afterwards can be asked in the same place. */
import {onTestFinished} from 'vitest';
import {binary, type Env} from './cli.ts';
import {launch, type Pty, type PtyOptions} from './pty.ts';

export interface Shell extends Pty {
  /** Types the command line of the program. */
  run(...args: readonly string[]): void;
  /** The same with its standard output piped into another command. */
  runThrough(command: string, ...args: readonly string[]): void;
  /** Waits for the program's exit code, and says what the terminal is like then. */
  end(milliseconds?: number): Promise<TerminalState>;
}

export interface TerminalState {
  readonly code: number;
  readonly alternate: boolean;
  readonly cursorHidden: boolean;
  readonly echo: boolean;
  readonly lineByLine: boolean;
  /** Every setting of the terminal is what it was before. */
  readonly asBefore: boolean;
  /** The terminal still marks what is pasted. */
  readonly pasteMarked: boolean;
}

/** A terminal as it was before: what every way out has to leave behind. */
export const restored = {alternate: false, cursorHidden: false, echo: true, lineByLine: true, asBefore: true, pasteMarked: false} as const;

export interface ShellOptions extends Omit<PtyOptions, 'env'> {
  readonly env: Env;
  /** Wraps the argv, for example to run it in a network namespace. */
  readonly inside?: (argv: readonly string[]) => readonly string[];
}

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

const programLine = (args: readonly string[]) => [process.execPath, binary, ...args].map(quoted).join(' ');

/** Asks for the settings of the terminal around a command, and says its exit code. */
const framed = (command: string) => `b=$(stty -g); ${command}; c=$?; [ "$b" = "$(stty -g)" ] && echo settings=same; echo "code=$c"`;

/** What was written to the terminal until the program had ended: then the shell marks pastes for its own prompt. */
const marksPastes = (raw: string) => [...raw.slice(0, raw.lastIndexOf('code=')).matchAll(/\u001b\[\?2004([hl])/g)].at(-1)?.[1] === 'h';

/** Ends with the test. */
export const openShell = ({inside = argv => argv, env, ...options}: ShellOptions): Shell => {
  const argv = inside(['/bin/bash', '--norc', '--noprofile', '-i']);
  const pty = launch(argv, {...options, env: {...env, PS1: '$ ', TERM: 'xterm-256color'}});
  onTestFinished(() => pty.close());
  return {
    ...pty,
    run: (...args) => pty.type(`${framed(programLine(args))}\r`),
    runThrough: (command, ...args) => pty.type(`${framed(`${programLine(args)} | ${command}`)}\r`),
    end: async milliseconds => {
      const ended = await pty.waitFor(/^code=\d+$/m, milliseconds);
      const [alternate, cursorHidden, raw] = [pty.isAlternate(), pty.isCursorHidden(), pty.raw()];
      pty.type('stty -a; echo stty=done\r');
      const settings = await pty.waitFor(/^stty=done$/m);
      return {
        code: Number(/^code=(\d+)$/m.exec(ended)?.[1]),
        alternate,
        cursorHidden,
        echo: / echo /.test(settings),
        lineByLine: / icanon /.test(settings),
        asBefore: /^settings=same$/m.test(ended),
        pasteMarked: marksPastes(raw),
      };
    },
  };
};
