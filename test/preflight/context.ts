import type {Tier} from '../../source/catalog/catalog.ts';
import type {EngineSettings, ObservedContainer, ObservedEngine} from '../../source/plan/observed.ts';
import type {EngineFacts, HostFacts, PreflightContext} from '../../source/preflight/facts.ts';
import type {SystemFacts} from '../../source/preflight/system.ts';

const gib = 2 ** 30;

export const tier: Tier = {
  id: 'minimal',
  title: 'Minimal',
  summary: '',
  cpus: 4,
  memory: 8 * gib,
  disk: 50e9,
  hosts: 1,
  components: new Map(),
};

export const system: SystemFacts = {
  virtualization: undefined,
  kernelOptions: undefined,
  cgroup: {version: 2, controllers: ['cpu', 'cpuset', 'io', 'memory', 'pids']},
  swap: {total: 0, free: 0},
  cpuFlags: ['cx16', 'lahf_lm', 'popcnt', 'sse4_1', 'sse4_2', 'ssse3', 'avx'],
  appArmor: 'on',
  seLinux: 'off',
  clock: 'synchronised',
  ipForward: true,
  inotifyInstances: 128,
  rootKeys: 1_000_000,
  connections: {count: 100, most: 262_144},
  engineFiles: 1_048_576,
  startsAtBoot: true,
  daemon: {kind: 'missing'},
  uplink: {via: 'eth0', mtu: 1500},
};

export const host: HostFacts = {
  platform: 'linux',
  distribution: 'Debian GNU/Linux 12 (bookworm)',
  family: ['debian'],
  codename: 'bookworm',
  architecture: 'x64',
  kernel: '6.1.0',
  host: 'vps',
  cpus: 4,
  memory: 7.8 * gib,
  memoryAvailable: 7 * gib,
  folder: {path: '/srv/infra', kind: 'missing', writable: true, owner: 0, worldWritable: false, disk: undefined},
  listeners: [],
  subnets: [{subnet: '203.0.113.0/24', via: 'eth0'}],
  uid: 1000,
  user: 'ops',
  groups: [1000],
  socket: undefined,
  insideContainer: false,
  wsl: false,
  snapDocker: false,
  firewall: undefined,
  unprivilegedPorts: 1024,
  system,
};

export const settings: EngineSettings = {
  product: 'Docker Engine - Community',
  storageDriver: 'overlay2',
  fileTypes: true,
  cgroupVersion: '2',
  missingLimits: [],
  remapsUsers: false,
  liveRestore: false,
  loggingDriver: 'json-file',
  hasProxy: false,
  runc: '1.3.4',
};

const engine: ObservedEngine = {
  info: {
    version: '29.1.0',
    apiVersion: '1.52',
    store: 'graph',
    os: 'linux',
    architecture: 'x86_64',
    cpus: 4,
    memory: 7.8 * gib,
    rootDirectory: '/var/lib/docker',
    rootless: false,
    host: 'vps',
    settings,
  },
  containers: [],
  networks: [{name: 'bridge', project: undefined, subnets: ['172.17.0.0/16']}],
  images: new Map(),
  volumes: new Map(),
  foreignPorts: [],
};

export const container = (service: string, more: Partial<ObservedContainer> = {}): ObservedContainer => ({
  id: service,
  name: `shop-dev-${service}-1`,
  service,
  component: undefined,
  image: `${service}:1`,
  imageId: 'sha256:1',
  configHash: 'x',
  state: 'running',
  health: 'healthy',
  exitCode: undefined,
  startedAt: 1,
  finishedAt: undefined,
  restarts: 0,
  dependsOn: [],
  volumes: [],
  publishedPorts: [],
  ...more,
});

export const ready = (more: Partial<ObservedEngine> = {}): EngineFacts => ({kind: 'ready', engine: {...engine, ...more}});

export const readyWith = (info: Partial<ObservedEngine['info']>): EngineFacts => ready({info: {...engine.info, ...info}});

/** A host on which all is well. */
export const well: PreflightContext = {
  host,
  engine: ready(),
  local: true,
  compose: '2.40.3',
  disk: {path: '/var/lib/docker', free: 45e9, total: 50e9},
  tier,
  project: 'shop-dev',
  directory: '/srv/infra',
  ports: [
    {service: 'edge', address: undefined, port: 80, protocol: 'tcp', setting: {component: 'edge', input: 'http_port'}},
    {service: 'edge', address: undefined, port: 443, protocol: 'tcp'},
  ],
  networks: [
    {name: 'shop-dev_proxy', subnet: '172.30.0.0/24', setting: {component: 'platform', input: 'proxy_subnet'}},
    {name: 'shop-dev_dbnet', subnet: '172.31.10.0/24', setting: {component: 'platform', input: 'dbnet_subnet'}},
  ],
  services: ['edge'],
  removed: [],
  replaced: [],
  memoryLimit: 2 ** 30,
  foreignContainers: [],
  workingDirectories: [],
  volumes: [],
  lostData: [],
  secrets: [],
  lastRun: undefined,
  goingBack: undefined,
  session: {remote: undefined, locale: 'C.UTF-8', hasProxy: false, foreignHome: undefined, lockedBy: undefined},
};
