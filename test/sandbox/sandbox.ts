import {mkdir, symlink, writeFile} from 'node:fs/promises';
import {cacheRoot} from './cache.ts';
import {writeCertificates} from './certificates.ts';
import {command} from './control-client.ts';
import {Debian, hostSuite} from './debian.ts';
import {sandboxDirectory} from './directory.ts';
import {type EngineFiles, engineFiles} from './engine-files.ts';
import {buildImageStore, registryHosts} from './image-store.ts';
import {type Keeper, startKeeper} from './keeper.ts';
import {type Fault, type Line, type LoggedRequest, type NameAnswer, places, type Settings} from './protocol.ts';
import {resetEngine} from './reset.ts';
import {execute} from './run.ts';
import {sandboxSupport} from './support.ts';

export type {Fault} from './protocol.ts';
export {sandboxSupport} from './support.ts';

export interface SandboxOptions {
  /** Image store of the engine; default 'overlay2'. */
  readonly store?: 'overlay2' | 'containerd' | undefined;
  /** Download limit of the registry over all connections, bytes per second; default unlimited. */
  readonly bytesPerSecond?: number | undefined;
  /** Size of the disk that the engine's data lie on, in memory; default: the system's own disk. */
  readonly dataMegabytes?: number | undefined;
  /** The engine finds the registries by their names, as on a server without a proxy; default: through a proxy. Nothing can publish port 443 then. */
  readonly byName?: boolean | undefined;
  /** Where state lives: a folder that is new or empty; removed by stop(). Default: a new one under the system's temporary folder. */
  readonly directory?: string | undefined;
}

export interface RegistryControl {
  setRate(bytesPerSecond: number | undefined): Promise<void>;
  /** Injects a fault for a repository ('library/traefik'), in place of the one before. */
  fail(repository: string, fault: Fault): Promise<void>;
  /** Cuts or bends the way to all registries, until it is `open` again. */
  setLine(line: Line): Promise<void>;
  /** What a sandbox `byName` is told when it looks up a name. */
  setNames(answer: NameAnswer): Promise<void>;
  /** Ends all faults of repositories. */
  clear(): Promise<void>;
  /** Every finished request since the start, with the 401s and /token of the token dance. */
  requests(): Promise<readonly LoggedRequest[]>;
}

export interface Sandbox {
  /** What a child process needs to reach this engine: DOCKER_HOST, DOCKER_CONFIG, PATH (docker with compose first). */
  readonly env: NodeJS.ProcessEnv;
  /** The engine's unix socket. */
  readonly socket: string;
  readonly directory: string;
  readonly registry: RegistryControl;
  /** All that the registry serves: 'library/postgres:17.11', 'quay.io/…'. */
  readonly images: readonly string[];
  /** The argv that runs another argv inside the engine's network namespace, where published ports are. */
  inside(argv: readonly string[]): readonly string[];
  /** Runs argv there, to its end. */
  exec(argv: readonly string[], options?: {input?: string; timeout?: number}): Promise<{code: number; stdout: string; stderr: string}>;
  /** Holds a TCP port there until released. */
  holdPort(port: number): Promise<() => Promise<void>>;
  /** SIGKILL for dockerd and containerd; containers go on. */
  killEngine(): Promise<void>;
  /** Starts them again on the same data. */
  startEngine(): Promise<void>;
  /** SIGSTOP for dockerd, and SIGCONT: it takes connections and does not answer. */
  pauseEngine(): Promise<void>;
  resumeEngine(): Promise<void>;
  /** Gives the disk of `dataMegabytes` another size. */
  resizeDisk(megabytes: number): Promise<void>;
  /** Removes all containers, volumes, custom networks and (option) images, so that one engine serves many tests. */
  reset(options?: {images?: boolean}): Promise<void>;
  /** Ends every process, unmounts, removes the folder: no trace. */
  stop(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const support = await sandboxSupport();
  if (!support.ok) throw new Error(`No sandbox on this machine: ${support.reason}.`);
  const debian = new Debian(cacheRoot());
  const files = await engineFiles(debian, (await hostSuite()) ?? '');
  const images = await buildImageStore(debian);
  const directory = await sandboxDirectory(options.directory);
  const keeper = await startKeeper(directory, files, async cgroup => {
    await writeCertificates(directory, await registryHosts());
    await writeFile(places(directory).images, JSON.stringify(images));
    await writeFile(places(directory).settings, JSON.stringify(settings(options, directory, files, cgroup)));
    await mkdir(`${places(directory).dockerConfig}/cli-plugins`, {recursive: true});
    await symlink(files.composePlugin, `${places(directory).dockerConfig}/cli-plugins/docker-compose`);
  });
  return connect(directory, files, keeper, Object.keys(images.tags));
}

function settings(options: SandboxOptions, directory: string, files: EngineFiles, cgroup: string): Settings {
  const {store = 'overlay2', bytesPerSecond, dataMegabytes, byName} = options;
  return {directory, store, bytesPerSecond, dataMegabytes, byName, cgroup, init: files.init, busybox: files.busybox, env: files.env};
}

function connect(directory: string, files: EngineFiles, keeper: Keeper, images: readonly string[]): Sandbox {
  const {engineSocket: socket} = places(directory);
  const env = clientEnvironment(directory, files);
  // Killed with this process: what runs inside would otherwise hold the namespace.
  const entrance = ['setpriv', '--pdeathsig', 'KILL', 'nsenter', `--net=/proc/${keeper.namespacePid}/ns/net`, '--'];
  const inside = (argv: readonly string[]) => [...entrance, ...argv];
  return {
    env,
    socket,
    directory,
    registry: registryControl(directory),
    images,
    inside,
    exec: (argv, {input, timeout} = {}) => execute(inside(argv), {input, timeout, env}),
    holdPort: async port => {
      await command(directory, 'hold-port', {port});
      return async () => void (await command(directory, 'release-port', {port}));
    },
    killEngine: async () => void (await command(directory, 'kill-engine', null)),
    startEngine: async () => void (await command(directory, 'start-engine', null)),
    pauseEngine: async () => void (await command(directory, 'pause-engine', null)),
    resumeEngine: async () => void (await command(directory, 'resume-engine', null)),
    resizeDisk: async megabytes => void (await command(directory, 'resize-disk', {megabytes})),
    reset: options => resetEngine(socket, options?.images ?? false),
    stop: keeper.stop,
  };
}

function registryControl(directory: string): RegistryControl {
  return {
    setRate: async bytesPerSecond => void (await command(directory, 'set-rate', {bytesPerSecond})),
    fail: async (repository, fault) => void (await command(directory, 'fail', {repository, fault})),
    setLine: async line => void (await command(directory, 'set-line', {line})),
    setNames: async answer => void (await command(directory, 'set-names', {answer})),
    clear: async () => void (await command(directory, 'clear', null)),
    requests: () => command(directory, 'requests', null),
  };
}

/** This process's environment, less what would lead docker or compose elsewhere. */
function clientEnvironment(directory: string, files: EngineFiles): NodeJS.ProcessEnv {
  const {engineSocket, dockerConfig} = places(directory);
  const kept = Object.entries(process.env).filter(([name]) => !/^(DOCKER|COMPOSE)_/.test(name));
  const PATH = [files.cli, process.env.PATH].join(':');
  return {...Object.fromEntries(kept), PATH, DOCKER_HOST: `unix://${engineSocket}`, DOCKER_CONFIG: dockerConfig};
}
