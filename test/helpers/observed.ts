/** What an engine would say, in a word: a container that runs as it should, and changes to it. */
import type {ServiceModel} from '../../source/plan/model.ts';
import type {ObservedContainer, ObservedEngine} from '../../source/plan/observed.ts';

export const container = (service: string, more: Partial<ObservedContainer> = {}): ObservedContainer => ({
  id: `id-${service}`,
  name: `house-dev-${service}-1`,
  service,
  component: undefined,
  image: `${service}:1`,
  imageId: `sha256:${more.image ?? `${service}:1`}`,
  configHash: `hash-${service}`,
  state: 'running',
  health: undefined,
  exitCode: undefined,
  startedAt: 0,
  finishedAt: undefined,
  restarts: 0,
  dependsOn: [],
  volumes: [],
  publishedPorts: [],
  ...more,
});

/** Images by reference; each has the id `sha256:<reference>`. */
export const engineWith = (containers: readonly ObservedContainer[], images: readonly string[]): ObservedEngine => ({
  info: {
    version: '29.0.0',
    apiVersion: '1.52',
    store: 'graph',
    os: 'linux',
    architecture: 'x86_64',
    cpus: 4,
    memory: 8 * 2 ** 30,
    rootDirectory: '/var/lib/docker',
    rootless: false,
    host: 'house',
  },
  containers,
  networks: [],
  images: new Map(images.map(reference => [reference, {id: `sha256:${reference}`, digests: []}])),
  volumes: new Map(),
  foreignPorts: [],
});

export const service = (name: string, more: Partial<ServiceModel> = {}): ServiceModel => ({
  name,
  component: undefined,
  phase: 'first',
  image: `${name}:1`,
  replicas: 1,
  dependsOn: [],
  hasHealthCheck: false,
  isJob: false,
  limitSeconds: 60,
  memoryLimit: undefined,
  ports: [],
  ...more,
});
