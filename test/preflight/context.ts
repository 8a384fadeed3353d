import type {Tier} from '../../source/catalog/catalog.ts';
import type {ObservedContainer, ObservedEngine} from '../../source/plan/observed.ts';
import type {EngineFacts, HostFacts, PreflightContext} from '../../source/preflight/facts.ts';

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
  },
  containers: [],
  networks: [{name: 'bridge', project: undefined, subnets: ['172.17.0.0/16']}],
  images: new Map(),
  foreignPorts: new Map(),
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
    {service: 'edge', address: undefined, port: 80, protocol: 'tcp'},
    {service: 'edge', address: undefined, port: 443, protocol: 'tcp'},
  ],
  networks: [
    {name: 'shop-dev_proxy', subnet: '172.30.0.0/24', setting: 'platform.proxy_subnet'},
    {name: 'shop-dev_dbnet', subnet: '172.31.10.0/24', setting: 'platform.dbnet_subnet'},
  ],
  services: ['edge'],
  replaced: [],
  memoryLimit: 2 ** 30,
  foreignContainers: [],
  workingDirectories: [],
  volumes: [],
  secrets: [],
  lastRun: undefined,
};
