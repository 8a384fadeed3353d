/** The entry: flags -> services -> display -> exit code. Alone reads argv, the environment and the standard streams. */
import {once, setMaxListeners} from 'node:events';
import module from 'node:module';
import {setTimeout} from 'node:timers/promises';
import {isatty} from 'node:tty';
import {parseInvocation} from './commands/arguments.ts';
import {unblock} from './commands/unblock.ts';
import {helpText} from './commands/usage.ts';
import {drained} from './display/drained.ts';
import {ExitCode} from './errors.ts';

declare const __VERSION__: string;

// From Node 22.1 on: what was compiled is kept for the next start.
module.enableCompileCache?.();

const codes = {SIGINT: ExitCode.interrupted, SIGTERM: ExitCode.terminated, SIGHUP: 129} as const;

/**
 * Node before 24.1 aborts with a stack when it can not set back a terminal that is gone (github.com/nodejs/node/pull/58200): after a lost
 * connection the signal itself ends the process, with the code that a shell gives it.
 */
const exit = (code: number): never => {
  const isGone = [process.stdin, process.stdout, process.stderr].some(({isTTY, fd}) => isTTY && !isatty(fd));
  if (code === codes.SIGHUP || isGone) process.removeAllListeners('SIGHUP').kill(process.pid, 'SIGHUP');
  return process.exit(code);
};

/** Milliseconds for the last words to reach a terminal, once the program was asked to end: it may be the terminal that hangs. */
const patience = {asked: 1000, urged: 200} as const;

const lastWords = () => Promise.all([process.stdout, process.stderr].map(drained));

/**
 * The first request to end lets the step under way finish; the second ends the process. Ink handles Ctrl+C itself while it draws.
 *
 * A lost connection is told more than once, by the kernel, by the shell and by every stream: all of it is one request.
 */
const endSignal = () => {
  const ending = new AbortController();
  // Every request of a rollout listens on it and lets go at its end.
  setMaxListeners(0, ending.signal);
  let code: number | undefined;
  const request = async (name: keyof typeof codes) => {
    if (code !== undefined && name !== 'SIGHUP') {
      if (code !== codes.SIGHUP) await Promise.race([lastWords(), setTimeout(patience.urged)]);
      exit(code === codes.SIGHUP ? code : codes[name]);
    }
    code ??= codes[name];
    ending.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => request(name));
  return {signal: ending.signal, code: () => code, hangUp: () => request('SIGHUP')};
};

/** A reader that went away (`| head`) has had enough, which is no failure; a terminal that went away is a lost connection. */
const watchStreams = (hangUp: () => void) => {
  const lost = (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(ExitCode.done);
    if (error.code !== 'EIO') throw error;
    hangUp();
  };
  for (const stream of [process.stdin, process.stdout, process.stderr]) stream.on('error', lost);
  for (const stream of [process.stdout, process.stderr]) unblock(stream);
};

const report = async (error: unknown, json: boolean): Promise<number> => {
  const {problemJson, problemLines, viewProblem} = await import('./display/problem.ts');
  const {columnsOf, hanging} = await import('./display/hanging.ts');
  process.stderr.write(`${(json ? [problemJson(error)] : hanging(problemLines(error), columnsOf(process.stderr))).join('\n')}\n`);
  return viewProblem(error).exitCode;
};

/** What nobody caught: the terminal is given back, the error said on it, and nothing goes on. */
const breakSignal = (json: boolean) => {
  const breaking = new AbortController();
  const broken = new Promise<number>(resolve => {
    const end = (error: unknown) => {
      if (breaking.signal.aborted) return;
      breaking.abort();
      resolve(report(error, json));
    };
    process.on('uncaughtException', end).on('unhandledRejection', end);
  });
  return {signal: breaking.signal, code: broken};
};

type Ending = ReturnType<typeof endSignal>;

/** Waits for whoever reads the last words, as every program does; a request to end ends that, too. */
const leave = async (code: number, {signal, code: asked}: Ending): Promise<never> => {
  const wasAsked = signal.aborted;
  const ended = wasAsked ? Promise.resolve() : once(signal, 'abort');
  if (asked() !== codes.SIGHUP) await Promise.race([lastWords(), ended.then(() => setTimeout(patience.asked))]);
  return exit(wasAsked ? code : (asked() ?? code));
};

const main = async (argv: readonly string[], json: boolean, ending: Ending, broken: AbortSignal): Promise<number> => {
  watchStreams(ending.hangUp);
  try {
    const invocation = parseInvocation(argv);
    if (invocation.flags.version) {
      process.stdout.write(`${__VERSION__}\n`);
      return ExitCode.done;
    }
    if (invocation.flags.help) {
      process.stdout.write(helpText(invocation.command || undefined));
      return ExitCode.done;
    }
    const {dispatch} = await import('./commands/dispatch.ts');
    const exitCode = await dispatch(invocation, {
      root: new URL('..', import.meta.url),
      workingDirectory: process.cwd(),
      env: process.env,
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      signal: ending.signal,
      broken,
    });
    return ending.code() ?? exitCode;
  } catch (error) {
    if (ending.signal.aborted && error === ending.signal.reason) return ending.code() ?? ExitCode.interrupted;
    return report(error, json);
  }
};

const argv = process.argv.slice(2);
const wantsJson = argv.includes('--json') || argv.includes('--progress=json') || argv[argv.indexOf('--progress') + 1] === 'json';
const breaking = breakSignal(wantsJson);
const ending = endSignal();
const code = await Promise.race([breaking.code, main(argv, wantsJson, ending, breaking.signal)]);
await leave(breaking.signal.aborted ? await breaking.code : code, ending);
