/** The built program as scripts run it: argv in; exit code, standard output and standard error out. */
import {type ChildProcess, spawn} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {constants, tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {onTestFinished} from 'vitest';

/** What `npx infra-wizard` starts. */
export const binary = fileURLToPath(new URL('../../dist/infra-wizard.cjs', import.meta.url));

export type Env = Readonly<Record<string, string | undefined>>;

export interface Finished {
  /** 128 and the signal's number when a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly pid: number;
  readonly finished: Promise<Finished>;
  /** All that was written so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves once standard error matches; rejects with all of it when the program ends before. */
  waitFor(pattern: RegExp): Promise<void>;
  signal(name: NodeJS.Signals): void;
}

export interface ProgramOptions {
  readonly env: Env;
  readonly cwd?: string;
  /** Wraps the argv, for example to run it in a network namespace. */
  readonly inside?: (argv: readonly string[]) => readonly string[];
  readonly input?: string;
}

const misleading = /^(DOCKER|COMPOSE|INFRA_WIZARD|VITEST|XDG)_|^(CI|NO_COLOR|FORCE_COLOR|NODE_ENV|NODE_OPTIONS|VITEST|TEST)$/;

/** This process's environment, less what would lead the program elsewhere, with a home of its own. */
export const environmentAt = (home: string): Env => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !misleading.test(name))),
  HOME: home,
  INFRA_WIZARD_CONFIG_DIR: join(home, 'config'),
  LANG: 'C.UTF-8',
});

/** A folder that is removed when the test ends. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'infra-wizard-test-'));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  return folder;
};

const exitOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });

/** Starts any program; its output is kept. */
export const startProgram = (argv: readonly string[], {env, cwd, inside = same => same, input}: ProgramOptions): Running => {
  const [command = '', ...args] = inside(argv);
  const child = spawn(command, args, {env, cwd, stdio: ['pipe', 'pipe', 'pipe']});
  const output = {stdout: '', stderr: ''};
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const listener of listeners) listener();
    });
  }
  child.stdin.on('error', () => undefined).end(input ?? '');
  const finished = exitOf(child).then(code => ({code, ...output}));
  const waitFor = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!pattern.test(output.stderr)) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
      finished.then(({code}) => reject(new Error(`It ended with ${code} before ${pattern}:\n${output.stderr}`)), reject);
    });
  return {
    pid: child.pid ?? 0,
    finished,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    waitFor,
    signal: name => void child.kill(name),
  };
};

export const startCli = (args: readonly string[], options: ProgramOptions): Running =>
  startProgram([process.execPath, binary, ...args], options);

/** Runs it to its end. */
export const runCli = (args: readonly string[], options: ProgramOptions): Promise<Finished> => startCli(args, options).finished;
