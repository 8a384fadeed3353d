/** The entry: flags -> services -> display -> exit code. Alone reads argv, the environment and the standard streams. */
import {setMaxListeners} from 'node:events';
import module from 'node:module';
import {parseInvocation} from './commands/arguments.ts';
import {helpText} from './commands/usage.ts';
import {ExitCode} from './errors.ts';

declare const __VERSION__: string;

// From Node 22.1 on: what was compiled is kept for the next start.
module.enableCompileCache?.();

/** A reader that went away (`| head`) has had enough: that is no failure. */
const endWithReader = (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(ExitCode.done);
  throw error;
};

/** The first request to end lets the step under way finish; the second ends the process. Ink handles Ctrl+C itself while it draws. */
const endSignal = () => {
  const ending = new AbortController();
  // Every request of a rollout listens on it and lets go at its end.
  setMaxListeners(0, ending.signal);
  const codes = {SIGINT: ExitCode.interrupted, SIGTERM: ExitCode.terminated, SIGHUP: 129} as const;
  let code: number | undefined;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (code !== undefined) process.exit(codes[name]);
      code = codes[name];
      ending.abort();
    });
  }
  return {signal: ending.signal, code: () => code};
};

const report = async (error: unknown, json: boolean): Promise<number> => {
  const {problemJson, problemLines, viewProblem} = await import('./display/problem.ts');
  process.stderr.write(json ? `${problemJson(error)}\n` : `${problemLines(error).join('\n')}\n`);
  return viewProblem(error).exitCode;
};

const main = async (argv: readonly string[]): Promise<number> => {
  const wantsJson = argv.includes('--json') || argv.includes('--progress=json') || argv[argv.indexOf('--progress') + 1] === 'json';
  const ending = endSignal();
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
    });
    return ending.code() ?? exitCode;
  } catch (error) {
    if (ending.signal.aborted && error === ending.signal.reason) return ending.code() ?? ExitCode.interrupted;
    return report(error, wantsJson);
  }
};

process.stdout.on('error', endWithReader);
process.stderr.on('error', endWithReader);
process.exit(await main(process.argv.slice(2)));
