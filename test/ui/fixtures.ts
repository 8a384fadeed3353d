/** Recorded data that the frame tests and the playground show. */
import {UserError} from '../../source/errors.ts';
import type {Failure, ResourceEvent} from '../../source/events.ts';
import type {HostFindings} from '../../source/plan/findings.ts';
import type {Plan} from '../../source/plan/plan.ts';
import {defaultAnswers} from '../../source/plan/select.ts';
import type {ServiceStatus, StatusSnapshot} from '../../source/plan/service-status.ts';
import type {Review} from '../../source/ui/services.ts';
import {catalogue} from './catalogue.ts';

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;

export const answers = defaultAnswers(catalogue);

/** 2026-11-20 10:00:00 UTC. */
export const start = 1_795_168_800_000;

export const host: HostFindings = {
  host: 'vps-1',
  distribution: 'Debian GNU/Linux 12 (bookworm)',
  cpus: 4,
  memory: 7.6 * gibibyte,
  diskFree: 86e9,
  engine: {
    version: '29.1.0',
    apiVersion: '1.52',
    store: 'containerd',
    os: 'linux',
    architecture: 'x86_64',
    cpus: 4,
    memory: 7.6 * gibibyte,
    rootDirectory: '/var/lib/docker',
    rootless: false,
    host: 'vps-1',
  },
  compose: '2.40.3',
  ports: [],
  subnets: [],
  missing: [],
};

export const bareHost: HostFindings = {
  ...host,
  cpus: 2,
  memory: 3.8 * gibibyte,
  engine: undefined,
  compose: undefined,
  missing: [
    {
      where: 'docker',
      what: 'Docker Engine is not installed.',
      next: 'On Debian 12: curl -fsSL https://get.docker.com | sh, which installs the engine and compose from download.docker.com.',
    },
  ],
};

const service = (name: string, phase: string, dependsOn: readonly string[] = []): Plan['phases'][number]['services'][number] => ({
  op: 'create',
  neededBy: [],
  name,
  component: name,
  phase,
  image: `registry.example/${name}:1.0`,
  dependsOn: dependsOn.map(other => ({service: other, condition: 'healthy'})),
  replicas: 1,
  hasHealthCheck: true,
  isJob: false,
  limitSeconds: 90,
  memoryLimit: 512 * mebibyte,
  ports: [],
});

const pullAndCreate = (name: string): Plan['phases'][number]['steps'] => [
  {
    id: `pull/${name}`,
    op: 'pull',
    resource: `registry.example/${name}:1.0`,
    cause: `${name} runs it, and it is not on this host`,
    dependsOn: [],
  },
  {id: `create/${name}`, op: 'create', resource: name, cause: 'is picked and does not run yet', dependsOn: [`pull/${name}`]},
];

const plan: Plan = {
  project: 'infra-dev',
  files: [
    {id: 'write/a', op: 'write', resource: '11-docker-compose.Infra.dev.yml', cause: 'is not there yet', dependsOn: []},
    {id: 'write/b', op: 'write', resource: '.env', cause: 'HTTPS_PORT changed from 8443 to 443', dependsOn: []},
  ],
  phases: [
    {id: 'core', title: 'Core', steps: pullAndCreate('gateway'), services: [service('gateway', 'core')]},
    {
      id: 'authentication',
      title: 'Authentication',
      steps: [...pullAndCreate('login-db'), ...pullAndCreate('login')],
      services: [service('login-db', 'authentication'), service('login', 'authentication', ['login-db'])],
    },
  ],
  removal: {services: [], networks: []},
  allAtOnce: false,
  changes: true,
};

export const review: Review = {
  selection: {
    answers,
    project: 'infra-dev',
    components: [],
    values: new Map(),
    choices: new Map(),
    notices: ['Browsers warn until you install secrets/platform_ca.crt as a trusted authority.'],
  },
  plan,
  files: [
    {path: '11-docker-compose.Infra.dev.yml', state: 'new', origin: {kind: 'component', component: 'gateway'}},
    {path: '.env', state: 'outdated', diff: '@@ -3 +3 @@\n-HTTPS_PORT=8443\n+HTTPS_PORT=443', origin: {kind: 'settings'}},
    {path: 'config/gateway/dynamic.yaml', state: 'edited', origin: {kind: 'component', component: 'gateway'}},
  ],
  findings: [
    {id: 'disk', title: 'Disk space', level: 'ok', what: '86 GB free', next: []},
    {id: 'ports', title: 'Ports', level: 'ok', what: '80 and 443 are free', next: []},
    {
      id: 'memory',
      title: 'Memory',
      level: 'warning',
      what: '7.6 GiB of the 8 GiB this tier asks for',
      next: ['Leave something out, or expect the kernel to kill what uses most.'],
    },
  ],
  basics: [
    {title: 'Tier', value: 'Minimal', origin: {kind: 'basics', field: 'tier'}},
    {title: 'Environment', value: 'Development', origin: {kind: 'basics', field: 'environment'}},
    {title: 'Rollout', value: 'Phase by phase', origin: {kind: 'basics', field: 'strategy'}},
    {title: 'Domain', value: 'infra.localhost', origin: {kind: 'setting', component: 'platform', input: 'domain'}},
  ],
  ports: [
    {address: undefined, port: 80, protocol: 'tcp', service: 'gateway', origin: {kind: 'component', component: 'gateway'}},
    {
      address: undefined,
      port: 443,
      protocol: 'tcp',
      service: 'gateway',
      origin: {kind: 'setting', component: 'gateway', input: 'https_port'},
    },
  ],
  hostNetwork: [],
  aroundFirewall: true,
  download: [
    {image: 'registry.example/gateway:1.0', size: 48e6, origin: {kind: 'component', component: 'gateway'}},
    {image: 'registry.example/login-db:1.0', size: undefined, origin: {kind: 'component', component: 'login-db'}},
    {image: 'registry.example/login:1.0', size: 240e6, origin: {kind: 'component', component: 'login'}},
  ],
  memory: {
    limit: 1.5 * gibibyte,
    unlimited: 0,
    host: 7.6 * gibibyte,
    services: ['gateway', 'login-db', 'login'].map(name => ({
      service: name,
      limit: 512 * mebibyte,
      origin: {kind: 'component', component: name},
    })),
  },
  notices: [{text: 'Browsers warn until you install secrets/platform_ca.crt as a trusted authority.'}],
  links: [
    {
      title: 'Login',
      url: 'https://auth.infra.localhost',
      login: 'admin, password in secrets/login_admin',
      origin: {kind: 'setting', component: 'login', input: 'host'},
    },
    {title: 'Gateway dashboard', url: 'https://gateway.infra.localhost/dashboard/', login: undefined},
  ],
  directory: '/root/infra',
  canRollOut: true,
};

export const blockedReview: Review = {
  ...review,
  findings: [
    {
      id: 'ports',
      title: 'Ports',
      level: 'blocking',
      what: 'port 443 is in use by nginx (pid 812)',
      next: ['Stop it: systemctl disable --now nginx', 'Or give the gateway another port: press s, HTTPS port, for example 8443.'],
    },
    ...review.findings.filter(({level}) => level === 'ok'),
  ],
};

export const fileOnlyReview: Review = {...review, findings: [], canRollOut: false};

export const diskFull = new UserError('The disk of /root/infra is full.', {
  why: 'Writing .env needs more space than there is.',
  next: ['Free some space, for example: docker system prune', 'Run infra-wizard again: it goes on from where it was.'],
});

export const writtenPaths = ['11-docker-compose.Infra.dev.yml', '.env', 'secrets/login_admin'];

export const titles: ReadonlyMap<string, string> = new Map(plan.phases.map(phase => [phase.id, phase.title]));

export const unhealthy: Failure = {
  cause: 'unhealthy',
  reason: 'login is unhealthy: its last health check ended with 1.',
  next: ['Read its log: infra-wizard logs login', 'Check the password in secrets/login_db.'],
  service: 'login',
  startedAt: start - 95_000,
  restarts: 2,
  healthChecks: [15, 10, 5].map(seconds => ({
    at: start - seconds * 1000,
    exitCode: 1,
    output: 'curl: (7) Failed to connect to localhost port 9000',
  })),
  log: [
    {stream: 'stdout', text: 'INFO  starting in production mode'},
    {stream: 'stderr', text: 'ERROR password authentication failed for user "login"'},
  ],
  dispensable: false,
};

export const outOfMemory: Failure = {
  cause: 'oom',
  reason: 'metrics used more memory than it may.',
  next: ['Raise its memory limit in 90-docker-compose.Infra.dev.local.yml.'],
  service: 'metrics',
  log: [{stream: 'stderr', text: 'level=info msg="replaying WAL"'}],
  exitCode: 137,
  memoryLimit: 512 * mebibyte,
  dispensable: true,
};

type Told = Omit<ResourceEvent, 'at' | 'id' | 'kind'>;

const kindOf = (id: string) => id.slice(0, id.indexOf('/')) as ResourceEvent['kind'];

const told = (seconds: number, id: string, rest: Told): ResourceEvent => ({
  id,
  kind: id === 'run' ? 'run' : kindOf(id),
  at: start + seconds * 1000,
  ...rest,
});

const image = (name: string) => `image/registry.example/${name}:1.0`;
const waiting = (id: string, parentId: string) => told(0, id, {parentId, status: 'waiting', text: 'Waiting'});

/** What a rollout says at its start. */
const announced: readonly ResourceEvent[] = [
  told(0, 'run', {status: 'working', text: 'Rolling out', details: 'infra-dev'}),
  told(0, 'file/.env', {status: 'done', text: 'Written'}),
  told(0, 'file/11-docker-compose.Infra.dev.yml', {status: 'skipped', text: 'Unchanged'}),
  told(0, 'phase/core', {parentId: 'run', status: 'waiting', text: 'Waiting', details: 'Core'}),
  waiting(image('gateway'), 'phase/core'),
  waiting('service/gateway', 'phase/core'),
  told(0, 'phase/authentication', {parentId: 'run', status: 'waiting', text: 'Waiting', details: 'Authentication'}),
  waiting(image('login-db'), 'phase/authentication'),
  waiting(image('login'), 'phase/authentication'),
  waiting('service/login-db', 'phase/authentication'),
  waiting('service/login', 'phase/authentication'),
];

const pulling = (seconds: number, name: string, phase: string, current: number, total: number) =>
  told(seconds, image(name), {parentId: `phase/${phase}`, status: 'working', text: 'Pulling', current, total});

/** The same rollout twenty seconds later: the first phase is up, images of the second one are on their way. */
export const midway: readonly ResourceEvent[] = [
  ...announced,
  told(1, 'phase/core', {parentId: 'run', status: 'working', text: 'Starting'}),
  pulling(1, 'gateway', 'core', 0, 48e6),
  pulling(1, 'login-db', 'authentication', 0, 110e6),
  pulling(1, 'login', 'authentication', 0, 240e6),
  told(5, image('gateway'), {parentId: 'phase/core', status: 'done', text: 'Pulled', current: 48e6, total: 48e6}),
  told(6, 'service/gateway', {parentId: 'phase/core', status: 'working', text: 'Creating'}),
  pulling(11, 'login-db', 'authentication', 55e6, 110e6),
  pulling(11, 'login', 'authentication', 40e6, 240e6),
  told(12, 'service/gateway', {parentId: 'phase/core', status: 'done', text: 'Healthy'}),
  told(12, 'phase/core', {parentId: 'run', status: 'done', text: 'Healthy'}),
  told(12, 'phase/authentication', {parentId: 'run', status: 'working', text: 'Starting'}),
  pulling(21, 'login', 'authentication', 120e6, 240e6),
  told(21, image('login-db'), {parentId: 'phase/authentication', status: 'done', text: 'Pulled', current: 110e6, total: 110e6}),
  told(21, 'service/login-db', {parentId: 'phase/authentication', status: 'working', text: 'Starting'}),
  told(21, 'service/login', {parentId: 'phase/authentication', status: 'waiting', text: 'Blocked', details: 'needs login-db'}),
];

/** And its end. */
export const finished: readonly ResourceEvent[] = [
  ...midway,
  told(40, image('login'), {parentId: 'phase/authentication', status: 'done', text: 'Pulled', current: 240e6, total: 240e6}),
  told(41, 'service/login-db', {parentId: 'phase/authentication', status: 'done', text: 'Healthy'}),
  told(43, 'service/login', {parentId: 'phase/authentication', status: 'working', text: 'Starting'}),
  told(75, 'service/login', {parentId: 'phase/authentication', status: 'done', text: 'Healthy'}),
  told(75, 'phase/authentication', {parentId: 'run', status: 'done', text: 'Healthy'}),
  told(75, 'run', {status: 'done', text: 'Done'}),
];

const running = (name: string, more: Partial<ServiceStatus> = {}): ServiceStatus => ({
  service: name,
  name,
  component: name,
  phase: 'core',
  containerId: name,
  image: `registry.example/${name}:1.0`,
  state: 'running',
  health: 'healthy',
  isJob: false,
  exitCode: undefined,
  startedAt: start - 93_780_000,
  restarts: 0,
  cpu: 1.5,
  memory: 96 * mebibyte,
  memoryLimit: 256 * mebibyte,
  ports: [],
  url: undefined,
  ...more,
});

export const services: readonly ServiceStatus[] = [
  running('gateway', {ports: ['0.0.0.0:80->80/tcp', '0.0.0.0:443->443/tcp', '[::]:443->443/tcp'], url: 'https://gateway.infra.localhost'}),
  running('login', {
    health: 'unhealthy',
    restarts: 3,
    cpu: 97.2,
    memory: 490 * mebibyte,
    memoryLimit: 512 * mebibyte,
    url: 'https://auth.infra.localhost',
  }),
  running('login-db', {ports: ['127.0.0.1:15432->5432/tcp']}),
  running('login-init', {
    state: 'exited',
    health: undefined,
    isJob: true,
    exitCode: 0,
    startedAt: undefined,
    cpu: undefined,
    memory: undefined,
  }),
  running('店の在庫', {health: undefined, memoryLimit: undefined, cpu: undefined}),
  running('worker', {state: 'exited', health: undefined, exitCode: 1, startedAt: undefined, cpu: undefined, memory: undefined}),
];

/** When the recordings are looked at: a little later than they begin. */
export const clock = () => start + 22_000;

export const snapshot: StatusSnapshot = {project: 'infra-dev', connected: true, services, at: start};
