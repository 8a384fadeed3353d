/** A row of the status view: one service of the project as it runs now. */
import type {ContainerState, Health} from './observed.ts';

export interface ServiceStatus {
  readonly service: string;
  /** What tells it from all others: the service, and with several replicas a number behind it. */
  readonly name: string;
  readonly component: string | undefined;
  readonly phase: string | undefined;
  readonly containerId: string;
  readonly image: string;
  readonly state: ContainerState;
  readonly health: Health | undefined;
  readonly isJob: boolean;
  readonly exitCode: number | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number | undefined;
  readonly restarts: number;
  /** Percent of one core; undefined until two samples were taken. */
  readonly cpu: number | undefined;
  /** Bytes in use, and the limit. */
  readonly memory: number | undefined;
  readonly memoryLimit: number | undefined;
  /** Published ports as `0.0.0.0:443->443/tcp`. */
  readonly ports: readonly string[];
  readonly url: string | undefined;
}

export interface StatusSnapshot {
  readonly project: string;
  /** False while the engine cannot be reached; rows are then the last known. */
  readonly connected: boolean;
  readonly services: readonly ServiceStatus[];
  readonly at: number;
}
