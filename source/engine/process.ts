/** The only place that starts other programs: argv arrays, never a shell; stopped by a signal; bounded memory. */
import {type ChildProcessByStdio, spawn} from 'node:child_process';
import type {Readable, Writable} from 'node:stream';
import {ExternalError} from '../errors.ts';
import {printable} from '../printable.ts';
import {linesOf} from './lines.ts';
import {merge} from './merge.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export interface ProcessOptions {
  /** On abort the program gets SIGINT, and SIGKILL when it is still there after `graceMs`. */
  readonly signal?: AbortSignal | undefined;
  /** Default: inherited. */
  readonly env?: Env | undefined;
  readonly cwd?: string | undefined;
  /** Written to its standard input, which is empty otherwise. The only way in for a secret. */
  readonly input?: string | undefined;
  /** Stopped as on abort after so long; default: never. */
  readonly timeoutMs?: number | undefined;
  /** Default 10 000. Infinity: SIGINT only, for a program that must not be killed. */
  readonly graceMs?: number | undefined;
}

export interface Finished {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  /** The first 64 MiB. */
  readonly stdout: string;
  readonly stderr: string;
}

export interface OutputLine {
  readonly stream: 'stdout' | 'stderr';
  /** As the program wrote it: not yet safe for a terminal. */
  readonly line: string;
}

export interface Exit {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  /** The last lines of both streams, made printable. */
  readonly lastLines: readonly string[];
}

export interface RunningProcess {
  /** To be read to the end; leaving early stops the program. */
  readonly lines: AsyncIterable<OutputLine>;
  /** Settles after the lines have ended. */
  readonly exited: Promise<Exit>;
}

type Child = ChildProcessByStdio<Writable | null, Readable, Readable>;

const mostOutput = 64 * 1024 * 1024;
const lastLinesKept = 40;

/** Runs a program to its end, whatever its exit code. Throws ExternalError when it cannot start or exceeds `timeoutMs`, the reason on abort. */
export const run = async (argv: readonly string[], options: ProcessOptions = {}): Promise<Finished> => {
  const {child, ended} = start(argv, options);
  const [code, stdout, stderr] = await Promise.all([ended, collect(child.stdout), collect(child.stderr)]);
  return {code, stdout, stderr};
};

/** Starts a program and reads it line by line. Both parts throw as `run` does; an exit code is left to the caller to judge. */
export const stream = (argv: readonly string[], options: ProcessOptions = {}): RunningProcess => {
  const {child, ended, stop} = start(argv, options);
  const lastLines: string[] = [];
  const exited = ended.then(code => ({code, lastLines}));
  exited.catch(() => undefined);
  async function* lines(): AsyncGenerator<OutputLine, void, undefined> {
    try {
      for await (const line of merge([outputOf(child, 'stdout'), outputOf(child, 'stderr')])) {
        lastLines.push(...printable(line.line).split('\n'));
        lastLines.splice(0, lastLines.length - lastLinesKept);
        yield line;
      }
      await exited;
    } finally {
      stop();
    }
  }
  return {lines: lines(), exited};
};

/**
 * Gives a program this terminal until it ends; its exit code. Nobody else may read or write it meanwhile. On abort it gets SIGHUP, as when
 * the terminal goes away. Throws ExternalError when it can not start.
 */
export const attach = (
  argv: readonly string[],
  {env, signal}: Pick<ProcessOptions, 'env' | 'signal'> = {},
): Promise<number | undefined> => {
  signal?.throwIfAborted();
  const [program = '', ...args] = argv;
  // Of our own group: only the group in the foreground may read the terminal.
  const child = spawn(program, args, {env, stdio: 'inherit'});
  const hangUp = () => void child.kill('SIGHUP');
  signal?.addEventListener('abort', hangUp, {once: true});
  return new Promise<number | undefined>((resolve, reject) => {
    child.once('error', cause => reject(new ExternalError(argv, undefined, [cause.message], cause)));
    child.once('close', code => resolve(code ?? undefined));
  }).finally(() => signal?.removeEventListener('abort', hangUp));
};

/**
 * Starts a program that may stay, as a browser does, which nobody ends: its exit code, undefined when a signal ended it, or `stays` when it
 * is still there after `patienceMs`. Throws ExternalError when it can not start.
 */
export const launch = (
  argv: readonly string[],
  {env, patienceMs}: Pick<ProcessOptions, 'env'> & {readonly patienceMs: number},
): Promise<number | 'stays' | undefined> => {
  const [program = '', ...args] = argv;
  const child = spawn(program, args, {env, detached: true, stdio: 'ignore'});
  let patience: NodeJS.Timeout | undefined;
  child.unref();
  return new Promise<number | 'stays' | undefined>((resolve, reject) => {
    patience = setTimeout(() => resolve('stays'), patienceMs);
    child.once('error', cause => reject(new ExternalError(argv, undefined, [cause.message], cause)));
    child.once('close', code => resolve(code ?? undefined));
  }).finally(() => clearTimeout(patience));
};

/** The last lines of what a finished program said, made printable: for an ExternalError. */
export const lastLinesOf = ({stdout, stderr}: Finished): readonly string[] =>
  printable(`${stdout}\n${stderr}`)
    .split('\n')
    .filter(line => line.trim() !== '')
    .slice(-lastLinesKept);

const start = (argv: readonly string[], {signal, env, cwd, input, timeoutMs, graceMs = 10_000}: ProcessOptions) => {
  signal?.throwIfAborted();
  const [program = '', ...args] = argv;
  // A group of its own: Ctrl-C in the terminal and a lost session reach us alone, and we decide how the program is stopped.
  const child: Child = spawn(program, args, {
    cwd,
    env,
    detached: true,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  }) as Child;
  let stopped = false;
  let late = false;
  let killing: NodeJS.Timeout | undefined;
  const stop = () => {
    if (stopped || child.exitCode !== null || child.signalCode !== null) return;
    stopped = true;
    child.kill('SIGINT');
    if (Number.isFinite(graceMs)) killing = setTimeout(() => killGroup(child), graceMs);
  };
  const expire = () => {
    late = true;
    stop();
  };
  const limit = timeoutMs === undefined ? undefined : setTimeout(expire, timeoutMs);
  signal?.addEventListener('abort', stop, {once: true});
  const ended = new Promise<number | undefined>((resolve, reject) => {
    child.once('error', cause => reject(new ExternalError(argv, undefined, [cause.message], cause)));
    child.once('close', code => {
      if (signal?.aborted) reject(signal.reason);
      else if (late) reject(new ExternalError(argv, undefined, [`It did not end within ${(timeoutMs ?? 0) / 1000} s.`]));
      else resolve(code ?? undefined);
    });
  }).finally(() => {
    clearTimeout(killing);
    clearTimeout(limit);
    signal?.removeEventListener('abort', stop);
  });
  // A program may end without reading its input.
  child.stdin?.on('error', () => undefined).end(input);
  return {child, ended, stop};
};

const killGroup = ({pid}: Child) => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in between.
  }
};

const collect = async (output: Readable): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of output as AsyncIterable<Buffer>) {
    if (size < mostOutput) chunks.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(chunks).subarray(0, mostOutput).toString();
};

async function* outputOf(child: Child, name: 'stdout' | 'stderr'): AsyncGenerator<OutputLine, void, undefined> {
  for await (const line of linesOf(child[name])) yield {stream: name, line};
}
