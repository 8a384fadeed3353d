/** Rollouts that are hard to show: as large as the whole catalogue, and gone wrong. */
import type {Failure, ResourceEvent} from '../../source/events.ts';
import type {RollBack} from '../../source/plan/roll-back.ts';

const start = Date.parse('2026-11-20T10:00:00Z');

const names: Readonly<Record<string, readonly string[]>> = {
  core: ['proxy-gate', 'proxy'],
  authentication: ['login-db', 'login', 'login-setup'],
  applications: ['builds', 'shop-database', 'shop', 'blog', 'wiki'],
  data: [
    ...['sql-1', 'sql-2', 'sql-3', 'sql-balancer', 'sql-metrics', 'etcd-1', 'etcd-2', 'etcd-3', 'pg-1', 'pg-2', 'pg-3', 'pg-balancer'],
    ...['cache-1', 'cache-2', 'cache-3', 'cache-setup', 'store-1', 'store-2', 'store-3', 'store-4', 'store-folder'],
  ],
  observability: ['metrics', 'host-metrics', 'logs', 'log-shipper', 'traces', 'dashboards'],
};

const isJob = (name: string) => /-(?:setup|database|folder)$/.test(name);

export const largeTitles: ReadonlyMap<string, string> = new Map(
  Object.keys(names).map(id => [id, `${id[0]?.toUpperCase()}${id.slice(1)}`] as const),
);

const service = (
  at: number,
  phase: string,
  name: string,
  rest: Pick<ResourceEvent, 'status' | 'text'> & Partial<ResourceEvent>,
): ResourceEvent => ({
  id: `service/${name}`,
  kind: 'service',
  parentId: `phase/${phase}`,
  at: start + at * 1000,
  ...(isJob(name) && {isJob: true}),
  ...rest,
});

const phase = (at: number, id: string, status: ResourceEvent['status'], text: string): ResourceEvent => ({
  id: `phase/${id}`,
  kind: 'phase',
  parentId: 'run',
  at: start + at * 1000,
  status,
  text,
});

const healthy = (at: number, id: string): readonly ResourceEvent[] => [
  phase(at, id, 'working', 'Starting'),
  ...(names[id] ?? []).flatMap((name, index) => [
    service(at + index, id, name, {status: 'working', text: 'Creating'}),
    service(at + index + 2, id, name, {status: 'done', text: isJob(name) ? 'Completed' : 'Healthy'}),
  ]),
  phase(at + 9, id, 'done', 'Healthy'),
];

/** Three phases are up; of the fourth some services are, some begin, one failed and some wait. */
export const large: readonly ResourceEvent[] = [
  {id: 'run', kind: 'run', status: 'working', text: 'Rolling out', at: start},
  {id: 'file/.env', kind: 'file', parentId: 'run', status: 'done', text: 'Written', at: start},
  ...Object.entries(names).flatMap(([id, services]) => [
    phase(0, id, 'waiting', 'Waiting'),
    ...services.map(name => service(0, id, name, {status: 'waiting', text: 'Waiting'})),
  ]),
  ...healthy(1, 'core'),
  ...healthy(2, 'authentication'),
  ...healthy(3, 'applications'),
  phase(12, 'data', 'error', 'Failed'),
  ...['sql-1', 'etcd-1', 'etcd-2', 'etcd-3', 'cache-1', 'cache-2', 'store-1'].flatMap(name => [
    service(12, 'data', name, {status: 'working', text: 'Creating'}),
    service(15, 'data', name, {status: 'done', text: 'Healthy'}),
  ]),
  ...['sql-2', 'sql-3', 'pg-1', 'cache-setup'].map(name => service(14, 'data', name, {status: 'working', text: 'Starting'})),
  service(14, 'data', 'pg-balancer', {status: 'waiting', text: 'Waiting', details: 'waits for pg-1'}),
  service(14, 'data', 'store-2', {status: 'working', text: 'Creating'}),
  service(16, 'data', 'store-2', {status: 'error', text: 'Failed', details: 'store-2 ended, last with code 127.'}),
];

export const portTaken: Failure = {
  cause: 'start',
  reason: 'Port 443 of this host is in use by nginx (process 812), so gateway can not start.',
  next: ['If it is not needed, stop it: sudo systemctl stop nginx.service'],
  service: 'gateway',
  log: [{stream: 'stderr', text: 'Bind for 0.0.0.0:443 failed: port is already allocated'}],
  port: {number: 443, protocol: 'tcp', holder: 'nginx (process 812)'},
  dispensable: false,
};

const step = (op: 'write' | 'recreate' | 'remove' | 'keep', resource: string, cause: string) => ({
  ...{id: `${op}/${resource}`, op, resource, cause},
  dependsOn: [],
});

export const rollBack: RollBack = {
  kind: 'back',
  phases: ['authentication'],
  at: start - 86_400_000,
  wider: undefined,
  plan: {
    project: 'infra-dev',
    files: [step('write', '.env', 'goes back to what it was on 2026-11-19 10:00 UTC')],
    phases: [
      {
        id: 'authentication',
        title: 'Authentication',
        services: [],
        steps: [
          step('remove', 'login-mail', 'was not there before; has no data of its own'),
          step('keep', 'login-db', 'runs as it did before'),
          step('recreate', 'login', 'goes back from registry.example/login:1.1 to registry.example/login:1.0'),
        ],
      },
    ],
    removal: {services: [], networks: []},
    allAtOnce: false,
    changes: true,
  },
};

export const noWayBack: RollBack = {
  kind: 'not',
  phases: ['authentication'],
  why: 'login-db ran postgres:18.1, which may have changed what is in login-db-data; postgres:17.4 may not read it.',
  next: 'Mend the newer version, or restore the data from a backup of before and set the older version again.',
};
