/** A service as it is shown on its own page: recorded data. */
import type {LogLine, ServiceDetails} from '../../source/plan/service-details.ts';
import {start} from './fixtures.ts';

const mebibyte = 2 ** 20;
const digest = `sha256:${'4e1f'.repeat(16)}`;

export const details: ServiceDetails = {
  containerId: '9f'.repeat(32),
  containerName: 'infra-dev-gateway-1',
  image: 'registry.example/gateway:1.0',
  imageId: `sha256:${'0a1b'.repeat(16)}`,
  digest,
  state: 'running',
  health: 'unhealthy',
  createdAt: start - 93_790_000,
  startedAt: start - 93_780_000,
  finishedAt: undefined,
  exitCode: undefined,
  oomKilled: false,
  error: '',
  restarts: 2,
  restartPolicy: 'unless-stopped',
  memoryLimit: 256 * mebibyte,
  cpuLimit: 1.5,
  user: '65532:65532',
  command: ['/gateway', '--config', '/etc/gateway/gateway.yml'],
  files: ['/root/infra/11-docker-compose.Infra.dev.yml', '/root/infra/90-docker-compose.Infra.dev.local.yml'],
  dependsOn: ['socket-proxy'],
  healthCheck: {
    command: ['CMD-SHELL', 'wget -q -O - http://127.0.0.1:8080/ping || exit 1'],
    interval: 10_000,
    timeout: 3000,
    startPeriod: 30_000,
    startInterval: 2000,
    retries: 3,
    failingStreak: 2,
    runs: [
      {at: start - 30_000, took: 41, exitCode: 0, output: 'pong'},
      {at: start - 20_000, took: 3004, exitCode: -1, output: 'Health check exceeded timeout (3s)'},
      {at: start - 10_000, took: 38, exitCode: 1, output: "wget: can't connect to remote host (127.0.0.1): Connection refused"},
    ],
  },
  environment: [
    {name: 'GATEWAY_ADMIN_PASSWORD', value: undefined},
    {name: 'GATEWAY_DB_PASSWORD_FILE', value: '/run/secrets/gateway_db'},
    {name: 'GATEWAY_OPTIONS', value: Array.from({length: 14}, (_, index) => `--option-${index}=value`).join(' ')},
    {name: 'LANG', value: ''},
  ],
  networks: [
    {
      name: 'infra-dev_proxy',
      addresses: ['172.30.0.5'],
      gateway: '172.30.0.1',
      aliases: ['infra-dev-gateway-1', 'gateway'],
      internal: false,
    },
    {name: 'infra-dev_monitoring', addresses: ['172.31.50.3'], gateway: '', aliases: ['gateway'], internal: true},
  ],
  mounts: [
    {type: 'bind', source: '/root/infra/config/gateway', target: '/etc/gateway', readOnly: true, size: undefined},
    {type: 'tmpfs', source: '', target: '/tmp', readOnly: false, size: 64 * mebibyte},
    {type: 'volume', source: 'infra-dev_gateway-data', target: '/var/lib/gateway', readOnly: false, size: undefined},
  ],
};

/** Ended by the kernel. */
export const killed: ServiceDetails = {
  ...details,
  state: 'exited',
  health: undefined,
  exitCode: 137,
  oomKilled: true,
  finishedAt: start - 60_000,
  networks: details.networks.map(network => ({...network, addresses: [], gateway: ''})),
};

export const bare: ServiceDetails = {...details, healthCheck: undefined, health: undefined, environment: [], networks: [], mounts: []};

const stamp = (second: number) => `2026-11-20T10:00:${String(second).padStart(2, '0')}.250000000Z`;

/** `text` as a line of a log, `second` seconds after ten. */
const logLine = (second: number, text: string, stream: LogLine['stream'] = 'stdout'): LogLine => ({
  stream,
  at: stamp(second % 60),
  text,
});

export const logLines: readonly LogLine[] = [
  logLine(0, 'INFO  starting'),
  logLine(1, 'WARN  slow disk', 'stderr'),
  logLine(2, 'INFO  ready'),
];

export const longLog: readonly LogLine[] = Array.from({length: 120}, (_, index) =>
  index % 40 === 7
    ? logLine(index, `request ${index} failed: timeout after 30 s while waiting for ${'backend '.repeat(14)}`, 'stderr')
    : logLine(index, `request ${index} took ${index * 3} ms`),
);
