/** Pull and start of both phases on a cold engine behind a slow link: the wizard against compose alone. */
import {spawn} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {type Sandbox, startSandbox} from '../sandbox/sandbox.ts';

const program = fileURLToPath(new URL('../../dist/infra-wizard.cjs', import.meta.url));

export interface RolloutTimes {
  /** Milliseconds from the first request until the command has ended. */
  readonly whole: number;
  /** Until the engine said of the first service that it is healthy. */
  readonly firstHealthy: number;
}

const finished = (argv: readonly string[], sandbox: Sandbox, directory: string): Promise<number | null> => {
  const [file = '', ...args] = argv;
  const child = spawn(file, args, {cwd: directory, env: sandbox.env, stdio: 'ignore'});
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
};

/** Asks the engine itself, so that neither side reports on its own success. */
const watchHealth = (sandbox: Sandbox) => {
  const args = ['events', '--filter', 'event=health_status', '--format', '{{.Action}}'];
  const events = spawn('docker', args, {env: sandbox.env, stdio: ['ignore', 'pipe', 'ignore']});
  const first = new Promise<number>(resolve => {
    createInterface({input: events.stdout}).on('line', line => {
      if (line.includes('healthy') && !line.includes('unhealthy')) resolve(performance.now());
    });
  });
  return {first, stop: () => events.kill()};
};

const measure = async (sandbox: Sandbox, directory: string, commands: readonly (readonly string[])[]): Promise<RolloutTimes> => {
  await sandbox.reset({images: true});
  const health = watchHealth(sandbox);
  const start = performance.now();
  try {
    for (const command of commands) await finished(command, sandbox, directory);
    const whole = performance.now() - start;
    return {whole, firstHealthy: (await health.first) - start};
  } finally {
    health.stop();
  }
};

export interface RolloutComparison {
  readonly wizard: RolloutTimes[];
  readonly compose: RolloutTimes[];
}

/** In turn, on the same engine, each time without any image. `compose up --wait` ends with 1 here: it takes a finished job for a failure. */
export const compareRollouts = async (
  store: 'overlay2' | 'containerd',
  bytesPerSecond: number,
  runs: number,
): Promise<RolloutComparison> => {
  const directory = await mkdtemp(join(tmpdir(), 'infra-wizard-bench-'));
  const sandbox = await startSandbox({store, bytesPerSecond});
  try {
    await finished([process.execPath, program, 'write', '--dir', directory], sandbox, directory);
    const result: RolloutComparison = {wizard: [], compose: []};
    for (let run = 0; run < runs; run += 1) {
      result.wizard.push(await measure(sandbox, directory, [[process.execPath, program, 'up', '--yes', '--dir', directory]]));
      const pull = ['docker', 'compose', 'pull', '--quiet'];
      result.compose.push(await measure(sandbox, directory, [pull, ['docker', 'compose', 'up', '-d', '--wait']]));
    }
    return result;
  } finally {
    await sandbox.stop();
    await rm(directory, {recursive: true, force: true});
  }
};
