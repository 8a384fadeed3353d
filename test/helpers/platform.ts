/** One workspace on one engine, driven by the built program and observed through docker and the file system alone. */
import {mkdir, mkdtemp, readdir, readFile, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'vitest';
import {type Finished, type Running, startCli, startProgram} from './cli.ts';
import {environmentWith, type TestEngine} from './engine-for-tests.ts';

/** What `docker inspect` says of one container. */
export interface Container {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly state: string;
  readonly health: string | undefined;
  readonly exitCode: number;
  readonly createdAt: string;
  readonly startedAt: string;
  /** Ports of the host that lead to it. */
  readonly ports: readonly number[];
}

export interface Platform {
  readonly engine: TestEngine;
  /** Absolute path; the program makes it. */
  readonly workspace: string;
  readonly env: NodeJS.ProcessEnv;
  /** Starts a command of the program on the workspace, where published ports are. */
  start(...args: readonly string[]): Running;
  /** The same, to its end. */
  run(...args: readonly string[]): Promise<Finished>;
  /** `docker …` in the workspace, whatever its exit code. */
  docker(...args: readonly string[]): Promise<Finished>;
  /** Containers of the project, by service. */
  containers(): Promise<readonly Container[]>;
  /** Prints what one needs to understand a failed test. */
  report(): Promise<void>;
  remove(): Promise<void>;
}

interface Inspected {
  readonly Id: string;
  readonly Name: string;
  readonly Created: string;
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly StartedAt: string;
    readonly Health?: {readonly Status: string};
  };
  readonly Config: {readonly Labels: Readonly<Record<string, string>>};
  readonly NetworkSettings: {readonly Ports: Readonly<Record<string, readonly {readonly HostPort: string}[] | null>>};
}

const containerOf = ({Id, Name, Created, State, Config, NetworkSettings}: Inspected): Container => ({
  id: Id,
  name: Name.replace(/^\//, ''),
  service: Config.Labels['com.docker.compose.service'] ?? '',
  state: State.Status,
  health: State.Health?.Status,
  exitCode: State.ExitCode,
  createdAt: Created,
  startedAt: State.StartedAt,
  ports: Object.values(NetworkSettings.Ports).flatMap(bindings => [...new Set((bindings ?? []).map(({HostPort}) => Number(HostPort)))]),
});

/** For one test: says what was there when it fails, then removes it. */
export const platformForTest = async (engine: TestEngine, {task, onTestFinished}: TestContext): Promise<Platform> => {
  const platform = await openPlatform(engine);
  onTestFinished(async () => {
    if (task.result?.state === 'fail') await platform.report();
    await platform.remove();
  });
  return platform;
};

export const openPlatform = async (engine: TestEngine): Promise<Platform> => {
  const folder = await mkdtemp(join(tmpdir(), 'infra-wizard-e2e-'));
  const workspace = join(folder, 'infra');
  await mkdir(join(folder, 'home'));
  const env = environmentWith(engine, join(folder, 'home'));
  const transcript: string[] = [];
  const start = (...args: readonly string[]) => {
    const running = startCli([...args, '--dir', workspace], {env, cwd: folder, inside: engine.inside});
    const noted = running.finished.then(({code, stdout, stderr}) => {
      transcript.push(`$ infra-wizard ${args.join(' ')}\n${stdout}${stderr}exit ${code}`);
    });
    noted.catch(() => undefined);
    return running;
  };
  const docker = async (...args: readonly string[]) => {
    const cwd = await stat(workspace).then(
      () => workspace,
      () => folder,
    );
    return startProgram(['docker', ...args], {env, cwd, inside: engine.inside}).finished;
  };
  const containers = async () => {
    const {stdout} = await docker('ps', '--all', '--quiet', '--filter', 'label=com.docker.compose.project=infra-dev');
    const ids = stdout.split('\n').filter(Boolean);
    if (ids.length === 0) return [];
    const found: Inspected[] = JSON.parse((await docker('inspect', ...ids)).stdout);
    return found.map(containerOf).sort((a, b) => a.service.localeCompare(b.service) || a.createdAt.localeCompare(b.createdAt));
  };
  const report = async () => {
    const {stdout} = await docker('ps', '--all');
    console.log([...transcript, stdout].join('\n\n'));
    for (const {id, service, state} of await containers()) {
      const {stdout: out, stderr} = await docker('logs', '--tail', '15', id);
      console.log(`--- ${service} (${state})\n${out}${stderr}`);
    }
  };
  return {
    engine,
    workspace,
    env,
    start,
    run: (...args) => start(...args).finished,
    docker,
    containers,
    report,
    remove: () => rm(folder, {recursive: true, force: true}),
  };
};

/** Services of the default selection when everything is right, as `summary` shows them. */
export const goal = {
  keycloak: 'running healthy',
  'keycloak-postgres': 'running healthy',
  'keycloak-setup': 'exited 0',
  traefik: 'running healthy',
  'traefik-socket-proxy': 'running healthy',
} as const;

/** Service to state; a service that is there twice shows as such. */
export const summary = (containers: readonly Container[]): Readonly<Record<string, string>> => {
  const states = new Map<string, string>();
  for (const {service, state, health, exitCode} of containers) {
    const said = `${state} ${health ?? (state === 'exited' ? exitCode : '-')}`;
    states.set(service, states.has(service) ? `${states.get(service)} and ${said}` : said);
  }
  return Object.fromEntries(states);
};

export interface FileState {
  readonly content: string;
  readonly modified: number;
  readonly mode: number;
}

/** Every file of a folder by its path in it, less the wizard's own notes. */
export const filesIn = async (folder: string): Promise<ReadonlyMap<string, FileState>> => {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const own = paths.filter(path => !path.startsWith(join(folder, '.infra-wizard')));
  const states = await Promise.all(
    own.sort().map(async path => {
      const {mtimeMs, mode} = await stat(path);
      return [path.slice(folder.length + 1), {content: await readFile(path, 'utf8'), modified: mtimeMs, mode: mode & 0o777}] as const;
    }),
  );
  return new Map(states);
};
