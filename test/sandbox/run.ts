import {type SpawnOptions, spawn} from 'node:child_process';

interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly input?: string | undefined;
  /** Milliseconds until the process is ended; default: no limit. */
  readonly timeout?: number | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly cwd?: string | undefined;
}

/** Runs a program to its end, whatever its exit code. Rejects only when it cannot be started or takes too long. */
export function execute(argv: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const [command = '', ...args] = argv;
  const settings: SpawnOptions = {
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: options.timeout,
    killSignal: 'SIGKILL',
    env: options.env,
    cwd: options.cwd,
  };
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, settings);
    const output = {stdout: '', stderr: ''};
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    child.on('error', cause => reject(new Error(`Could not start '${command}': ${cause.message}. Is it installed?`, {cause})));
    child.on('close', (code, signal) => {
      if (code === null) reject(new Error(`'${argv.join(' ')}' was ended by ${signal}.\n${lastLines(output.stderr)}`));
      else resolve({code, ...output});
    });
    child.stdin?.on('error', () => {}).end(options.input ?? '');
  });
}

/** Runs a program that has to succeed; the error says what was being done, why it failed, and what to do. */
export async function run(argv: readonly string[], purpose: string, advice: string, options: RunOptions = {}): Promise<string> {
  const finished = await execute(argv, options);
  if (finished.code === 0) return finished.stdout;
  throw new Error(
    `Could not ${purpose}: '${argv.join(' ')}' exited with ${finished.code}.\n${lastLines(finished.stderr || finished.stdout)}\n${advice}`,
  );
}

export function lastLines(text: string, count = 12): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
