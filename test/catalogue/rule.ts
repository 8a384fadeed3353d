/** A compose file as it is written: short and long forms. Rules look at the text's own model, so that no reader hides a mistake. */
export interface Service {
  readonly [key: string]: unknown;
}

export interface ComposeFile {
  readonly services?: Readonly<Record<string, Service>>;
  readonly networks?: Readonly<Record<string, {readonly internal?: boolean} | null>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
}

export interface Subject {
  readonly name: string;
  readonly service: Service;
}

/** One security rule, with the mistakes that it has to find and what resembles them without being one. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  /** What is wrong with a service, undefined when nothing is. */
  readonly check: (subject: Subject) => string | undefined;
  /** Changes to a service without fault (`flawless`), each of which has to be found; `undefined` removes a key. */
  readonly violations: readonly Service[];
  readonly lookAlikes?: readonly Service[];
  /** Names that a service without fault must not have. */
  readonly misnamed?: readonly string[];
}

/** A rule about several services at once. */
export interface StackRule {
  readonly id: string;
  readonly title: string;
  readonly check: (compose: ComposeFile) => readonly string[];
  readonly violations: readonly ComposeFile[];
}

export const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const tree = (value: unknown): Readonly<Record<string, unknown>> => (isTree(value) ? value : {});
export const array = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const texts = (value: unknown): readonly string[] => array(value).map(String);

/** Values of `environment`, `labels` and the like, which may be a map or a list of NAME=value. */
export const pairs = (value: unknown): readonly (readonly [string, string])[] =>
  isTree(value)
    ? Object.entries(value).map(([key, text]) => [key, String(text ?? '')] as const)
    : texts(value).map(item => [item.split('=')[0] ?? '', item.split('=').slice(1).join('=')] as const);

export const isJob = (service: Service): boolean => service.restart === 'no';

/** A service without fault. */
export const flawless: Service = {
  image: 'registry.example/app:1.2.3',
  user: '1000:1000',
  restart: 'unless-stopped',
  read_only: true,
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
  networks: ['proxy'],
  healthcheck: {test: ['CMD', 'true'], interval: '10s', timeout: '5s', retries: 3, start_period: '30s', start_interval: '500ms'},
  deploy: {resources: {limits: {cpus: '1', memory: '64M', pids: 64}}},
  logging: {driver: 'json-file', options: {'max-size': '10m', 'max-file': '3'}},
};
