/** A row of the status view: one service of the project as it runs now. */
import type {ContainerState, Health} from './observed.ts';

/** Bytes a second. */
export interface Rates {
  readonly received: number;
  readonly sent: number;
  readonly read: number;
  readonly written: number;
}

/** The newest samples, oldest first: processor time in percent of one core, and memory in bytes. At most `keptSamples` of each. */
export interface History {
  readonly cpu: readonly number[];
  readonly memory: readonly number[];
}

/** `changed`: recreated by the next rollout. `stray`: no overlay knows it. `missing`: has no container. */
export interface Drift {
  readonly kind: 'changed' | 'stray' | 'missing';
  /** Why, in words: `its settings changed`. */
  readonly cause: string;
}

export interface ServiceStatus {
  readonly service: string;
  /** What tells it from all others: the service, and with several replicas a number behind it. */
  readonly name: string;
  readonly component: string | undefined;
  readonly phase: string | undefined;
  /** Empty for one that is missing. */
  readonly containerId: string;
  readonly image: string;
  /** `missing`: its overlay says that it should run, its phase is rolled out, and there is no container. */
  readonly state: ContainerState | 'missing';
  readonly health: Health | undefined;
  readonly isJob: boolean;
  readonly exitCode: number | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number | undefined;
  readonly restarts: number;
  /** Percent of one core; undefined until two samples were taken. */
  readonly cpu: number | undefined;
  /** Percent of one core that it may use. @default no limit */
  readonly cpuLimit?: number | undefined;
  /** Bytes in use, and the limit. */
  readonly memory: number | undefined;
  readonly memoryLimit: number | undefined;
  /** @default not known: two samples are needed */
  readonly rates?: Rates | undefined;
  /** @default no samples */
  readonly history?: History | undefined;
  /** Published ports as `0.0.0.0:443->443/tcp`. */
  readonly ports: readonly string[];
  readonly url: string | undefined;
  /** Services it needs, as its overlay says. @default none, or not known */
  readonly needs?: readonly string[] | undefined;
  /** @default none, or not known */
  readonly drift?: Drift | undefined;
  /** Since when it is unhealthy, or ended; milliseconds since 1970. @default not known */
  readonly illSince?: number | undefined;
}

/** A step of the rollout, as headings name it. */
export interface PhaseName {
  readonly id: string;
  readonly title: string;
}

export interface StatusSnapshot {
  readonly project: string;
  /** False while the engine cannot be reached; rows are then the last known. */
  readonly connected: boolean;
  /** By phase, in the order of the rollout, and by name. */
  readonly services: readonly ServiceStatus[];
  readonly at: number;
  /** All phases of the platform, in the order of the rollout. @default none are known */
  readonly phases?: readonly PhaseName[] | undefined;
  /** Phases that should come and have no container yet. @default none */
  readonly ahead?: readonly PhaseName[] | undefined;
  /** Since when the engine does not answer; milliseconds since 1970. @default it answers */
  readonly lostAt?: number | undefined;
  /** Why drift can not be told. @default it can */
  readonly driftUnknown?: string | undefined;
}
