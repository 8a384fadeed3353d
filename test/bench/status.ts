/** What the live status costs: the built program in a real terminal, on an engine that speaks recorded messages over a real socket. */
import {spawn, spawnSync} from 'node:child_process';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import pty from '@lydell/node-pty';
import {binary, environmentAt} from '../helpers/cli.ts';
import {type LiveEngine, liveEngine} from '../helpers/live-engine.ts';

export interface Cost {
  /** Percent of one core. */
  readonly cpu: number;
  /** Resident memory in MB. */
  readonly memory: number;
}

interface Process {
  readonly pid: number;
  end(): void;
}

/** Of Linux: processor time is counted in hundredths of a second. */
const ticksPerSecond = 100;

const usedTicks = async (pid: number): Promise<number> => {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ');
  return Number(fields[11]) + Number(fields[12]);
};

const costOf = async ({pid}: Process, seconds: number): Promise<Cost> => {
  const [before, begin] = [await usedTicks(pid), performance.now()];
  await setTimeout(seconds * 1000);
  const passed = (performance.now() - begin) / 1000;
  const cpu = ((await usedTicks(pid)) - before) / ticksPerSecond / passed;
  const memory = Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000;
  return {cpu: cpu * 100, memory};
};

const nameOf = (place: number) => `s${String(place).padStart(3, '0')}`;

const engineOf = (count: number): Promise<LiveEngine> =>
  liveEngine({project: 'infra-dev', services: Array.from({length: count}, (_, place) => nameOf(place))});

interface View extends Process {
  /** Milliseconds from doing something until the terminal got a text. */
  time(text: string, act: () => void): Promise<number>;
  type(keys: string): void;
}

const environment = (home: string, world: LiveEngine) =>
  Object.fromEntries(
    Object.entries({...environmentAt(home), DOCKER_HOST: world.endpoint.host, TERM: 'xterm-256color'}).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );

const openView = (home: string, world: LiveEngine, rows: number, file = binary): View => {
  const argv = [file, 'status', '--dir', join(home, 'infra')];
  const child = pty.spawn(process.execPath, argv, {cols: 200, rows, env: environment(home, world)});
  let said = '';
  let told: (() => void) | undefined;
  child.onData(data => {
    said += data;
    told?.();
  });
  const time = (text: string, act: () => void) =>
    new Promise<number>((resolve, reject) => {
      const begin = performance.now();
      const giveUp = globalThis.setTimeout(() => reject(new Error(`${text} did not come:\n${said.slice(-2000)}`)), 30_000);
      said = '';
      told = () => {
        if (!said.includes(text)) return;
        clearTimeout(giveUp);
        told = undefined;
        said = '';
        resolve(performance.now() - begin);
      };
      act();
    });
  return {pid: child.pid, end: () => child.kill('SIGKILL'), time, type: keys => child.write(keys)};
};

const start = (command: string, args: readonly string[], env: NodeJS.ProcessEnv): Process => {
  const child = spawn(command, args, {env, stdio: 'ignore'});
  return {pid: child.pid ?? 0, end: () => void child.kill('SIGKILL')};
};

/** Milliseconds until modules are loaded, and every container was measured twice. */
const settling = 5000;

const settled = async (process: Process, seconds: number): Promise<Cost> => {
  await setTimeout(settling);
  const cost = await costOf(process, seconds);
  process.end();
  return cost;
};

export interface StatusCosts {
  /** 200 services, all of them on the screen, and a window of 60 rows. */
  readonly all: Cost;
  readonly window: Cost;
  /** Undefined where there is no docker program. */
  readonly dockerStats: Cost | undefined;
  readonly polling: Cost;
  /** Milliseconds from a death to the terminal, and from a key to the frame with 1,000 services. */
  readonly deaths: readonly number[];
  readonly keys: readonly number[];
  /** Requests a second of the program, with all on the screen. */
  readonly requests: number;
  /** By name, this build first: all 200 on the screen, each cost of the same seconds. Empty where there is no other build. */
  readonly builds: ReadonlyMap<string, readonly Cost[]>;
}

const program = (name: string) => fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url));

const viewCosts = async (home: string, world: LiveEngine, seconds: number) => {
  const full = openView(home, world, 230);
  await full.time(nameOf(199), () => undefined);
  const before = Object.values(world.asked).reduce((sum, count) => sum + count, 0);
  const begin = performance.now();
  const all = await settled(full, seconds);
  const requests = (Object.values(world.asked).reduce((sum, count) => sum + count, 0) - before) / ((performance.now() - begin) / 1000);
  const narrow = openView(home, world, 60);
  await narrow.time(nameOf(20), () => undefined);
  await setTimeout(settling);
  const window = await costOf(narrow, seconds);
  const deaths: number[] = [];
  for (let run = 0; run < 10; run += 1) {
    deaths.push(await narrow.time('exited (1)', () => world.die(nameOf(3), 1)));
    await narrow.time('running', () => world.start(nameOf(3)));
  }
  narrow.end();
  return {all, window, requests, deaths};
};

/** Each a few seconds long: what a machine does besides changes from one to the next. */
const shares = 4;

/** All at once: what the machine does besides is the same for all of them. */
const buildCosts = async (
  home: string,
  world: LiveEngine,
  others: ReadonlyMap<string, string>,
  seconds: number,
): Promise<StatusCosts['builds']> => {
  if (others.size === 0) return new Map();
  const views = [...new Map([['this build', binary], ...others])].map(([name, file]) => ({
    ...{name, view: openView(home, world, 230, file)},
    costs: [] as Cost[],
  }));
  await Promise.all(views.map(({view}) => view.time(nameOf(199), () => undefined)));
  await setTimeout(settling);
  for (let share = 0; share < shares; share += 1)
    await Promise.all(views.map(async ({view, costs}) => void costs.push(await costOf(view, seconds / shares))));
  for (const {view} of views) view.end();
  return new Map(views.map(({name, costs}) => [name, costs]));
};

const keyTimes = async (home: string): Promise<readonly number[]> => {
  const world = await engineOf(1000);
  const view = openView(home, world, 60);
  await view.time(nameOf(20), () => undefined);
  await setTimeout(3000);
  const times: number[] = [];
  for (let run = 0; run < 10; run += 1) {
    times.push(await view.time(nameOf(999), () => view.type('G')));
    times.push(await view.time(nameOf(0), () => view.type('g')));
  }
  view.end();
  await world.close();
  return times;
};

/** One after the other, so that a busy machine is busy for all of them; `others` are entry files of other builds by name. Linux only. */
export const measureStatus = async (seconds: number, others: ReadonlyMap<string, string>): Promise<StatusCosts> => {
  const home = await mkdtemp(join(tmpdir(), 'bench-status-'));
  const world = await engineOf(200);
  try {
    const env = environment(home, world);
    spawnSync(process.execPath, [binary, 'write', '--dir', join(home, 'infra')], {env, stdio: 'ignore'});
    const views = await viewCosts(home, world, seconds);
    const builds = await buildCosts(home, world, others, seconds);
    const socket = world.endpoint.host.slice('unix://'.length);
    const polling = await settled(start(process.execPath, ['--import', 'tsx', program('poll-all'), socket], env), seconds);
    const hasDocker = spawnSync('docker', ['--version'], {env, stdio: 'ignore'}).status === 0;
    const dockerStats = hasDocker ? await settled(start('docker', ['stats', '--format', 'json'], env), seconds) : undefined;
    // A question that was turned away would make whoever asked it look cheap.
    if (world.refused.length > 0)
      throw new Error(`The engine was asked what it does not know: ${[...new Set(world.refused)].slice(0, 5).join(', ')}`);
    return {...views, builds, polling, dockerStats, keys: await keyTimes(home)};
  } finally {
    await world.close();
    await rm(home, {recursive: true, force: true});
  }
};
