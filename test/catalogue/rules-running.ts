import {array, isJob, type Rule, texts, tree} from './rule.ts';

/** A limit as it is written, or the default of the variable that holds it. */
const limit = (service: Readonly<Record<string, unknown>>, name: string) =>
  String(tree(tree(tree(service.deploy).resources).limits)[name] ?? '').replace(/^\$\{[A-Z][A-Z0-9_]*:-([^}]*)\}$/, '$1');
const limited = (more: object) => ({deploy: {resources: {limits: {cpus: '1', memory: '64M', pids: 64, ...more}}}});

/** Docker Hub's official images, and publishers by name. */
const publishers = [
  'wollomatic',
  'quay.io/keycloak',
  'quay.io/oauth2-proxy',
  'jenkins',
  'percona',
  'gcr.io/etcd-development',
  'ghcr.io/prometheus-community',
  'prom',
  'quay.io/prometheus',
  'oliver006',
  'proxysql',
  'mariadb',
  'pgsty',
  'grafana',
  'registry.example',
];
const knownImage = (image: string) =>
  /^[a-z0-9._-]+:/.test(image) ||
  publishers.some(publisher => image.startsWith(`${publisher}/`) && !image.slice(publisher.length + 1).includes('/'));

export const runningRules: readonly Rule[] = [
  {
    id: 'S27',
    title: 'memory is limited',
    check: ({service}) => (/^\d+[MG]$/.test(limit(service, 'memory')) ? undefined : 'no memory limit'),
    violations: [{deploy: undefined}, limited({memory: undefined}), limited({memory: '0'}), limited({memory: `\${APP_MEMORY}`})],
    lookAlikes: [limited({memory: `\${APP_MEMORY:-64M}`})],
  },
  {
    id: 'S28',
    title: 'processor time is limited',
    check: ({service}) => (Number(limit(service, 'cpus')) > 0 ? undefined : 'no cpu limit'),
    violations: [{deploy: undefined}, limited({cpus: undefined}), limited({cpus: '0'})],
  },
  {
    id: 'S29',
    title: 'the number of processes is limited',
    check: ({service}) => (Number(limit(service, 'pids')) > 0 ? undefined : 'no pids limit'),
    violations: [{deploy: undefined}, limited({pids: undefined}), limited({pids: -1})],
  },
  {
    id: 'S30',
    title: 'says how to find out that it is healthy, and how soon to look; a job need not',
    check: ({service}) => {
      if (isJob(service)) return undefined;
      const healthcheck = tree(service.healthcheck);
      if (array(healthcheck.test).length === 0 || texts(healthcheck.test)[0] === 'NONE' || healthcheck.disable === true)
        return 'no health check';
      const missing = ['interval', 'timeout', 'retries', 'start_period', 'start_interval'].filter(key => healthcheck[key] === undefined);
      return missing.length > 0 ? `healthcheck lacks ${missing.join(', ')}` : undefined;
    },
    violations: [
      {healthcheck: undefined},
      {healthcheck: {disable: true}},
      {healthcheck: {test: ['NONE']}},
      {healthcheck: {test: ['CMD', 'true'], interval: '10s', timeout: '5s', retries: 3}},
    ],
    lookAlikes: [{restart: 'no', healthcheck: undefined}],
  },
  {
    id: 'S31',
    title: 'is started again when it ends, unless it is a job',
    check: ({service}) =>
      /^(unless-stopped|no|on-failure:[1-5])$/.test(String(service.restart ?? '')) ? undefined : `restart: ${String(service.restart)}`,
    violations: [{restart: undefined}, {restart: 'always'}, {restart: 'on-failure'}, {restart: false}],
    lookAlikes: [{restart: 'no'}, {restart: 'on-failure:5'}],
  },
  {
    id: 'S32',
    title: 'its log is kept, and can not fill the disk',
    check: ({service}) => {
      const {driver, options} = tree(service.logging);
      const rotates = ['max-size', 'max-file'].every(key => tree(options)[key] !== undefined);
      return driver === 'json-file' && rotates ? undefined : 'no rotated log';
    },
    violations: [{logging: undefined}, {logging: {driver: 'none'}}, {logging: {driver: 'json-file'}}],
  },
  {
    id: 'S35',
    title: 'its image has a version',
    check: ({service}) => {
      const tag = /:([^:/@]+)(@sha256:[0-9a-f]{64})?$/.exec(String(service.image ?? ''))?.[1];
      return tag && /\d/.test(tag) && !/^(latest|stable|lts|\d+)$/.test(tag) ? undefined : `image: ${String(service.image)}`;
    },
    violations: ['app', 'app:latest', 'app:stable', 'app:17', 'localhost:5000/app', undefined].map(image => ({image})),
    lookAlikes: [{image: 'registry.example/app:2.568.3-lts-jdk21'}, {image: `registry.example/app:1.2@sha256:${'0'.repeat(64)}`}],
  },
  {
    id: 'S37',
    title: 'is never built here',
    check: ({service}) => ('build' in service && service.build !== undefined ? 'build' : undefined),
    violations: [{build: '.'}, {build: {context: '.'}}],
  },
  {
    id: 'S38',
    title: 'its image comes from a publisher that the catalogue knows',
    check: ({service}) => {
      const image = String(service.image ?? '');
      return knownImage(image) ? undefined : `image: ${image}`;
    },
    violations: [{image: 'bitnami/postgresql:17.0.0'}, {image: 'minio/minio:1.0'}, {image: 'ghcr.io/somebody/app:1.0'}],
    lookAlikes: [{image: 'postgres:17.11'}],
  },
  {
    id: 'S44',
    title: 'is called as host names are',
    check: ({name}) => (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name) ? undefined : name),
    violations: [],
    misnamed: ['App', 'my_app', 'app.shop', '-app', 'a'.repeat(64)],
  },
  {
    id: 'S43',
    title: 'leaves names and environment files to the project',
    check: ({service}) => ['container_name', 'env_file', 'hostname'].find(key => key in service && service[key] !== undefined),
    violations: [{container_name: 'x'}, {env_file: '.env'}],
  },
];
