/** The services of the merged overlays, as `docker compose` resolves them, reduced to what a rollout needs to know. */

export type Condition = 'started' | 'healthy' | 'completed';

export interface PublishedPort {
  /** Undefined: all addresses. */
  readonly address: string | undefined;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

export interface HealthCheckModel {
  /** Bad probes in a row that make it unhealthy. */
  readonly retries: number;
  /** Seconds after its start within which bad probes do not count, before the first good one. */
  readonly startPeriod: number;
  /** Seconds between probes. */
  readonly interval: number;
}

export interface ServiceModel {
  readonly name: string;
  /** Component it belongs to; undefined for services of the operator's own overlay. */
  readonly component: string | undefined;
  readonly phase: string;
  readonly image: string;
  /** Containers that run it. */
  readonly replicas: number;
  readonly dependsOn: readonly {readonly service: string; readonly condition: Condition}[];
  readonly hasHealthCheck: boolean;
  /** How the engine judges its health. */
  readonly healthCheck?: HealthCheckModel;
  /** Runs once and ends (`restart: "no"`): right when it exited with 0. */
  readonly isJob: boolean;
  /** Seconds after its start within which it must be healthy: start period, all retries and a margin. */
  readonly limitSeconds: number;
  /** Bytes. */
  readonly memoryLimit: number | undefined;
  readonly ports: readonly PublishedPort[];
  /** Ports of the container, published to whichever port of the host is free. */
  readonly unfixedPorts?: readonly PublishedPort[];
  /** Shares the network of the host: what it listens on is open there, published or not. @default false */
  readonly hostNetwork?: boolean;
}
