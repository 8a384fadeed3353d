/** A whole platform as the status shows it: phases, sparklines, drift, a stray, one that is missing. */
import type {ServiceStatus, StatusSnapshot} from '../../source/plan/service-status.ts';
import {services, start} from './fixtures.ts';

const mebibyte = 2 ** 20;
const [gateway] = services as [ServiceStatus];

const service = (name: string, phase: string | undefined, more: Partial<ServiceStatus> = {}): ServiceStatus => ({
  ...gateway,
  ...{service: name, name, component: name.split('-')[0], phase, containerId: `id-${name}`, image: `registry.example/${name}:1.0`},
  ...{ports: [], url: undefined, rates: {received: 1200, sent: 300, read: 0, written: 4096}},
  history: {cpu: [1, 2, 1, 4, 9, 3, 2, 1, 2, 1.5], memory: Array.from({length: 10}, (_, place) => (86 + place) * mebibyte)},
  ...more,
});

const stopped: Partial<ServiceStatus> = {
  ...{state: 'exited', health: undefined, startedAt: undefined, cpu: undefined, memory: undefined, rates: undefined, history: undefined},
};

export const platformServices: readonly ServiceStatus[] = [
  service('gateway', 'core', {
    ports: ['0.0.0.0:80->80/tcp', '0.0.0.0:443->443/tcp'],
    url: 'https://gateway.infra.localhost',
    cpu: 12.5,
    cpuLimit: 150,
    rates: {received: 1_250_000, sent: 12_400_000, read: 0, written: 85_000},
  }),
  service('gateway-guard', 'core'),
  service('login', 'authentication', {
    ...{health: 'unhealthy', restarts: 3, cpu: 97.2, memory: 490 * mebibyte, memoryLimit: 512 * mebibyte, illSince: start - 158_000},
    history: {
      cpu: [20, 40, 60, 80, 90, 95, 99, 97, 98, 97.2],
      memory: [300, 320, 350, 400, 430, 460, 480, 490, 490, 490].map(size => size * mebibyte),
    },
    url: 'https://auth.infra.localhost',
  }),
  service('login-db', 'authentication', {drift: {kind: 'changed', cause: 'its settings changed'}}),
  service('login-init', 'authentication', {...stopped, isJob: true, exitCode: 0}),
  service('cache', 'data', {
    state: 'restarting',
    health: undefined,
    restarts: 12,
    ...{cpu: undefined, memory: undefined, rates: undefined, history: undefined},
  }),
  service('store', 'data', {
    ...stopped,
    state: 'missing',
    containerId: '',
    drift: {kind: 'missing', cause: 'it has no container'},
  }),
  service('visitor', undefined, {health: undefined, drift: {kind: 'stray', cause: 'no overlay knows it'}}),
];

export const platform: StatusSnapshot = {
  project: 'infra-dev',
  connected: true,
  services: platformServices,
  at: start,
  phases: [
    {id: 'core', title: 'Core'},
    {id: 'authentication', title: 'Authentication'},
    {id: 'data', title: 'Data'},
    {id: 'observability', title: 'Observability'},
  ],
  ahead: [{id: 'observability', title: 'Observability'}],
};
