/**
 * The vocabulary between the rollout and every display.
 *
 * A display knows nothing else: the terminal view, the plain lines and the JSON lines are all folds over these records.
 */

/** What an event is about. `layer` belongs to an image, `image`, `service` and `network` to a phase, `phase` and `file` to the run. */
export type ResourceKind = 'run' | 'phase' | 'file' | 'image' | 'layer' | 'service' | 'network';

/** `waiting` has not begun; `skipped` was right already, nothing was done. */
export type ResourceStatus = 'waiting' | 'working' | 'done' | 'skipped' | 'warning' | 'error';

/** One run of a service's own health check. */
export interface HealthCheck {
  /** When it ended; milliseconds since 1970. */
  readonly at: number;
  /** 0 is healthy; -1 when it took too long. */
  readonly exitCode: number;
  /** Printable. */
  readonly output: string;
}

/** A line of a container's log, or of what another program said. */
export interface LoggedLine {
  /** Everything of a container with a terminal is `stdout`. */
  readonly stream: 'stdout' | 'stderr';
  /** Printable, on one line. */
  readonly text: string;
}

/** Why something could not be brought to its goal; enough to act on without opening another terminal. */
export interface Failure {
  readonly cause: 'pull' | 'start' | 'unhealthy' | 'exited' | 'oom' | 'restarting' | 'timeout' | 'removed' | 'remove' | 'data';
  /** One sentence: what happened and why. */
  readonly reason: string;
  /** What to do next, one sentence each. */
  readonly next: readonly string[];
  readonly service?: string;
  readonly image?: string;
  /** The last health checks, oldest first. */
  readonly healthChecks?: readonly HealthCheck[];
  /** Last lines of the container's log, oldest first. */
  readonly log?: readonly LoggedLine[];
  readonly exitCode?: number;
  /** What that exit code means, one sentence. */
  readonly exitMeaning?: string;
  /** How often the engine started it again. */
  readonly restarts?: number;
  /** When it was started last; milliseconds since 1970. */
  readonly startedAt?: number;
  /** The port of this host that could not be had, and who has it, as far as that can be seen. */
  readonly port?: {readonly number: number; readonly protocol: 'tcp' | 'udp'; readonly holder?: string};
  /** Memory limit in bytes, when the kernel killed it for using more. */
  readonly memoryLimit?: number;
  /** Nothing that was selected needs it, so the rollout can go on without it. */
  readonly dispensable: boolean;
}

/** A pause between two attempts. */
export interface Wait {
  /** When the next attempt begins, milliseconds since 1970. */
  readonly until: number;
  /** Its number; the first one was 1. */
  readonly attempt: number;
  /** So many are made in all. */
  readonly attempts: number;
  /** The registry said how long. */
  readonly asked: boolean;
}

export interface ResourceEvent {
  /** `<kind>/<name>`, unique within a run, for example `image/traefik:v3.7.13`. The run itself is `run`. */
  readonly id: string;
  readonly kind: ResourceKind;
  readonly parentId?: string;
  readonly status: ResourceStatus;
  /** One word as Docker says it: Pulling, Extracting, Creating, Healthy. */
  readonly text: string;
  /** What a person should know besides: a cause, an error message. */
  readonly details?: string;
  /** Bytes so far, of images and layers. */
  readonly current?: number;
  /** Bytes in all, as far as known. */
  readonly total?: number;
  /** More is to come than `total` says: the engine tells a layer's size only when it begins with it. */
  readonly growing?: boolean;
  /** About how many bytes an image will be: what the catalogue knows of it, until the engine tells. */
  readonly expected?: number;
  /** Of an image: what it waits for before it is tried again. */
  readonly wait?: Wait;
  /** Of a service: it runs once and ends. */
  readonly isJob?: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly failure?: Failure;
}
