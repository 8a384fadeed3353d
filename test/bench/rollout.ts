/** Pull and start of all phases on a cold engine behind a slow link: the wizard, or several builds of it, against compose alone. */
import {execFile, spawn} from 'node:child_process';
import {mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {type Sandbox, startSandbox} from '../sandbox/sandbox.ts';

const program = fileURLToPath(new URL('../../dist/infra-wizard.cjs', import.meta.url));

export interface RolloutTimes {
  /** Milliseconds from the first request until all is right and the command has ended. */
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

/** Asks the engine itself, so that neither side reports on its own success. Moments on the monotonic clock. */
const watchHealth = (sandbox: Sandbox) => {
  const args = ['events', '--filter', 'event=health_status', '--format', '{{.Action}}'];
  const events = spawn('docker', args, {env: sandbox.env, stdio: ['ignore', 'pipe', 'ignore']});
  const healthy: number[] = [];
  createInterface({input: events.stdout}).on('line', line => {
    if (line.includes(': healthy')) healthy.push(performance.now());
  });
  return {firstHealthyAt: () => healthy[0], stop: () => events.kill()};
};

const linesOf = async (argv: readonly string[], sandbox: Sandbox, directory: string): Promise<readonly string[]> => {
  const [file = '', ...args] = argv;
  const {stdout} = await promisify(execFile)(file, args, {env: sandbox.env, cwd: directory});
  return stdout.split('\n').filter(Boolean);
};

/** Runs, and is healthy where it has a check; or has ended well, as jobs do. */
const isRight = /^(?:exited 0 |running 0 (?:healthy)?)$/;

/** Services that are not as they should be, and how they are instead. */
const unreached = async (sandbox: Sandbox, directory: string): Promise<readonly string[]> => {
  const services = await linesOf(['docker', 'compose', 'config', '--services'], sandbox, directory);
  const format = '{{.Service}} {{.State}} {{.ExitCode}} {{.Health}}';
  const states = new Map(
    (await linesOf(['docker', 'compose', 'ps', '--all', '--format', format], sandbox, directory)).map(line => {
      const [service = '', ...state] = line.split(' ');
      return [service, state.join(' ')] as const;
    }),
  );
  return services
    .filter(service => !isRight.test(states.get(service) ?? ''))
    .map(service => `${service} ${states.get(service) ?? 'missing'}`);
};

/** Longer than any service of the catalogue may take before it is unhealthy. */
const patienceMs = 600_000;

/** What is still wrong when nothing is on its way to get right any more, or has been on it for too long. */
const settle = async (sandbox: Sandbox, directory: string): Promise<readonly string[]> => {
  const end = performance.now() + patienceMs;
  for (;;) {
    const wrong = await unreached(sandbox, directory);
    if (!wrong.some(line => line.endsWith(' starting')) || performance.now() > end) return wrong;
    await delay(200);
  }
};

/**
 * Until all is right. `compose up --wait` may give up before, when a job that it waits beside has ended: then the last command is run again,
 * as an operator would. Throws when it does not get there.
 */
const measure = async (sandbox: Sandbox, directory: string, commands: readonly (readonly string[])[]): Promise<RolloutTimes> => {
  await sandbox.reset({images: true});
  const health = watchHealth(sandbox);
  const start = performance.now();
  try {
    for (const command of commands) await finished(command, sandbox, directory);
    for (let again = 0; again < 3 && (await settle(sandbox, directory)).length > 0; again += 1)
      await finished(commands.at(-1) ?? [], sandbox, directory);
    const ended = performance.now();
    const wrong = await unreached(sandbox, directory);
    if (wrong.length > 0) throw new Error(`${commands[0]?.join(' ')} did not reach its goal: ${wrong.join(', ')}`);
    return {whole: ended - start, firstHealthy: (health.firstHealthyAt() ?? Number.NaN) - start};
  } finally {
    health.stop();
  }
};

export interface RolloutComparison {
  /** By build. */
  readonly wizard: ReadonlyMap<string, RolloutTimes[]>;
  readonly compose: RolloutTimes[];
}

export interface RolloutSetup {
  readonly store: 'overlay2' | 'containerd';
  /** Of the registry, over all connections. Undefined: as fast as it goes. */
  readonly bytesPerSecond: number | undefined;
  readonly runs: number;
  readonly tier: string;
  readonly strategy: string;
  /** Preflight checks that this machine fails, such as D41. */
  readonly ignore: readonly string[];
  /** Entry file of other builds of the program, by name: the same in one run, so that what a change is worth can be said on a busy machine. */
  readonly builds: ReadonlyMap<string, string>;
  /** Seconds that services take to get healthy, by name: the sandbox's stand-ins are ready within one. */
  readonly starts: ReadonlyMap<string, number>;
}

const ownOverlay = /^90-.*\.yml$/;

/** Right once process 1 of the container is so old; builtins of the shell alone, since images hold little else. */
const healthyAfter = (seconds: number) => {
  const check = `read -r up _ </proc/uptime; read -r all </proc/1/stat; set -- $\${all##*) }; [ $$(($\${up%.*} - $\${20} / 100)) -ge ${seconds} ]`;
  return {test: ['CMD-SHELL', check], interval: '15s', timeout: '5s', retries: 4, start_period: '5m', start_interval: '500ms'};
};

/** In the overlay that is the operator's own. */
const slowDown = async (directory: string, starts: ReadonlyMap<string, number>) => {
  const overlay = (await readdir(directory)).find(name => ownOverlay.test(name));
  if (!overlay || starts.size === 0) return;
  const services = Object.fromEntries([...starts].map(([name, seconds]) => [name, {healthcheck: healthyAfter(seconds)}]));
  await writeFile(join(directory, overlay), JSON.stringify({services}));
};

/** In turn, on the same engine, each time without any image. `compose up --wait` ends with 1 here: it takes a finished job for a failure. */
export const compareRollouts = async ({
  store,
  bytesPerSecond,
  runs,
  tier,
  strategy,
  ignore,
  builds,
  starts,
}: RolloutSetup): Promise<RolloutComparison> => {
  const directory = await mkdtemp(join(tmpdir(), 'infra-wizard-bench-'));
  const sandbox = await startSandbox({store, bytesPerSecond});
  try {
    await finished([process.execPath, program, 'write', '--tier', tier, '--dir', directory], sandbox, directory);
    await slowDown(directory, starts);
    const entries = [['this build', program], ...builds] as const;
    const wizard = new Map(entries.map(([name]): [string, RolloutTimes[]] => [name, []]));
    const compose: RolloutTimes[] = [];
    for (let run = 0; run < runs; run += 1) {
      for (const [name, file] of entries) {
        const ignored = ignore.flatMap(check => ['--ignore', check]);
        const answers = ['--tier', tier, '--strategy', strategy, '--dir', directory];
        const up = [process.execPath, file, 'up', '--yes', ...answers, ...ignored];
        wizard.get(name)?.push(await measure(sandbox, directory, [up]));
      }
      const pull = ['docker', 'compose', 'pull', '--quiet'];
      compose.push(await measure(sandbox, directory, [pull, ['docker', 'compose', 'up', '-d', '--wait']]));
    }
    return {wizard, compose};
  } finally {
    await sandbox.stop();
    await rm(directory, {recursive: true, force: true});
  }
};
