import {type ChildProcess, spawn} from 'node:child_process';
import {createWriteStream} from 'node:fs';
import {readFile, writeFile} from 'node:fs/promises';
import {createInterface} from 'node:readline';
import {places, type Settings} from './protocol.ts';
import {lastLines} from './run.ts';

interface Daemon {
  readonly name: string;
  readonly argv: readonly string[];
  readonly log: string;
  /** A line of its log that says that it serves. */
  readonly ready: string;
}

/** containerd and dockerd of one sandbox, started and killed together. */
export class Engine {
  readonly #settings: Settings;
  readonly #env: NodeJS.ProcessEnv;
  #running: ChildProcess[] = [];

  constructor(settings: Settings, env: NodeJS.ProcessEnv) {
    this.#settings = settings;
    this.#env = env;
  }

  async start(): Promise<void> {
    await writeConfiguration(this.#settings.directory);
    for (const daemon of daemons(this.#settings)) this.#running.push(await startDaemon(daemon, this.#env));
  }

  /** For dockerd alone. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.#running.at(-1)?.kill(name);
  }

  /** Kills the daemons; containers go on without them, as after a crash. */
  async kill(): Promise<void> {
    const ended = this.#running.map(child => new Promise(resolve => child.once('exit', resolve)));
    for (const child of this.#running.reverse()) child.kill('SIGKILL');
    this.#running = [];
    await Promise.all(ended);
  }
}

/** Without the plugins that Docker does not use; one of them would create /opt/containerd on the host. */
const containerdConfiguration = `version = 2
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.cri.v1.images", "io.containerd.cri.v1.runtime", "io.containerd.internal.v1.opt", "io.containerd.nri.v1.nri"]
`;

async function writeConfiguration(directory: string): Promise<void> {
  await writeFile(`${directory}/containerd.toml`, containerdConfiguration);
  await writeFile(`${directory}/daemon.json`, '{}\n');
}

/** The group of the socket is one that no image knows, as on a real server. */
const socketGroup = '984';

function daemons({directory, store, cgroup, init}: Settings): readonly Daemon[] {
  const {engineSocket, engineLog, containerdLog} = places(directory);
  const containerd = `${directory}/containerd.sock`;
  const storage =
    store === 'containerd'
      ? ['--feature', 'containerd-snapshotter=true']
      : ['--feature', 'containerd-snapshotter=false', '--storage-driver', 'overlay2'];
  const folders = ['--data-root', places(directory).data, '--exec-root', `${directory}/run`, '--pidfile', `${directory}/dockerd.pid`];
  return [
    {
      name: 'containerd',
      argv: ['containerd', '--config', `${directory}/containerd.toml`, '--address', containerd].concat([
        '--root',
        `${directory}/containerd`,
        '--state',
        `${directory}/run/containerd`,
      ]),
      log: containerdLog,
      ready: 'containerd successfully booted',
    },
    {
      name: 'dockerd',
      argv: ['dockerd', '--config-file', `${directory}/daemon.json`, '--containerd', containerd, ...folders, ...storage]
        .concat(['--host', `unix://${engineSocket}`, '--host', 'unix:///run/docker.sock', '--group', socketGroup, '--init-path', init])
        .concat(['--exec-opt', 'native.cgroupdriver=cgroupfs', '--cgroup-parent', `/${cgroup}`]),
      log: engineLog,
      ready: 'API listen on',
    },
  ];
}

async function startDaemon({name, argv, log, ready}: Daemon, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const [command = '', ...args] = argv;
  const child = spawn(command, args, {env, stdio: ['ignore', 'ignore', 'pipe']});
  child.stderr.pipe(createWriteStream(log, {flags: 'a'}));
  const serving = new Promise<boolean>((resolve, reject) => {
    createInterface({input: child.stderr}).on('line', line => line.includes(ready) && resolve(true));
    child.once('error', reject);
    child.once('exit', () => resolve(false));
  });
  if (await serving) return child;
  throw new Error(`${name} ended before it served. The end of its log:\n${lastLines(await readFile(log, 'utf8'))}`);
}
