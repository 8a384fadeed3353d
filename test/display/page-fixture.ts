/** A small platform as a report has it. */
import type {PlatformReport, ReportService} from '../../source/display/page/model.ts';

const digest = `sha256:${'a'.repeat(64)}`;

export const service = (name: string, more: Partial<ReportService> = {}): ReportService => ({
  service: name,
  name,
  component: name,
  phase: 'core',
  containerId: `id-${name}`,
  image: `${name}:1.2`,
  state: 'running',
  health: 'healthy',
  isJob: false,
  exitCode: undefined,
  startedAt: 0,
  restarts: 0,
  cpu: undefined,
  memory: undefined,
  memoryLimit: 512 * 2 ** 20,
  ports: [],
  url: undefined,
  networks: ['proxy'],
  title: undefined,
  digest: undefined,
  ...more,
});

export const report = (more: Partial<PlatformReport> = {}): PlatformReport => ({
  project: 'house-dev',
  environment: 'dev',
  domain: 'house.localhost',
  host: 'vps-1',
  engine: '29.0.0',
  at: Date.UTC(2026, 10, 20, 10, 0),
  summary: 'All 2 services are well.',
  isWell: true,
  networks: [
    {id: 'proxy', subnets: ['172.30.0.0/24'], internal: false},
    {id: 'dbnet', subnets: ['172.31.10.0/24'], internal: true},
  ],
  phases: [
    {
      title: 'Core',
      services: [
        service('door', {
          ports: ['0.0.0.0:443->443/tcp'],
          url: 'https://house.localhost',
          digest,
          title: 'Door',
          networks: ['proxy', 'dbnet'],
        }),
        service('lamp'),
      ],
    },
  ],
  links: [{title: 'House', url: 'https://house.localhost'}],
  ...more,
});
