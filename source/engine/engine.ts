/** What can be asked of a Docker Engine. `client.ts` makes one of an endpoint. */
import type {HealthCheck} from '../events.ts';
import type {LocalImage} from '../plan/image-lock.ts';
import type {EngineInfo, ForeignPort, ObservedContainer, ObservedNetwork} from '../plan/observed.ts';
import type {LogLine} from '../plan/service-details.ts';
import type {ContainerEvent} from './container-event.ts';
import type {InspectedContainer} from './container-page.ts';
import type {Endpoint} from './endpoint.ts';
import type {PullMessage} from './pull-message.ts';
import type {StatsSample} from './usage.ts';

/** Everything about one container. */
export interface ContainerDetails extends ObservedContainer {
  readonly labels: ReadonlyMap<string, string>;
  /** The last ones that the engine keeps, oldest first. */
  readonly healthChecks: readonly HealthCheck[];
  readonly oomKilled: boolean;
  /** Bytes; undefined: no limit. */
  readonly memoryLimit: number | undefined;
  /** Percent of one core; undefined: no limit. */
  readonly cpuLimit: number | undefined;
  /** Runs once: has no restart policy. */
  readonly isJob: boolean;
  /** Why it could not be started; empty when nothing is wrong. */
  readonly error: string;
  /** As `0.0.0.0:443->443/tcp`. */
  readonly ports: readonly string[];
  /** How long its process has to end before the kernel ends it. */
  readonly stopSeconds: number;
  /** Names of the networks it is on. */
  readonly networks: readonly string[];
}

/** Everything about one network. */
export interface NetworkDetails extends ObservedNetwork {
  /** Nothing on it reaches the outside, or is reached from there. */
  readonly internal: boolean;
}

interface PullOptions {
  readonly signal: AbortSignal;
  /** Default: the engine's own. */
  readonly platform?: string | undefined;
  /** Pulls this build and gives it the reference as its name. Default: what the reference means at the registry now. */
  readonly digest?: string | undefined;
}

interface EventsOptions {
  readonly signal: AbortSignal;
  /** Cursor of the last event that was seen. A bonus, never the truth: the engine remembers 256 events and forgets them when it ends. */
  readonly since?: string | undefined;
  /** Nothing is missed from here on: now list and inspect. */
  readonly onOpen?: (() => void) | undefined;
}

export interface LogsOptions {
  readonly signal: AbortSignal;
  /** How many of the last lines come first. */
  readonly tail: number | 'all';
  readonly follow: boolean;
  readonly timestamps?: boolean | undefined;
  /** Only what was written then or later: a time as the engine stamps it. Default: everything. */
  readonly since?: string | undefined;
  /** Longest line that is kept, in UTF-16 units. Default 16 Ki. */
  readonly longest?: number | undefined;
}

/** What a project may collide with. */
export interface Neighbours {
  /** Containers of others, with the compose project they belong to. */
  readonly foreign: readonly {readonly name: string; readonly project: string | undefined}[];
  /** Folders that containers of the project were created from. */
  readonly workingDirectories: readonly string[];
}

/**
 * All methods throw EngineError, and the signal's reason after an abort or `close`; `pull` throws PullError.
 * What answers at once has 10 s to do so.
 */
export interface Engine {
  readonly endpoint: Endpoint;
  ping(): Promise<void>;
  info(): Promise<EngineInfo>;
  /** Of the project's services, stopped ones as well, without those of `docker compose run`. */
  containers(project: string): Promise<readonly ContainerDetails[]>;
  networks(): Promise<readonly NetworkDetails[]>;
  /** Host ports that containers of other projects publish. */
  foreignPorts(project: string): Promise<readonly ForeignPort[]>;
  neighbours(project: string): Promise<Neighbours>;
  /** The project's volumes, with the time each was made in milliseconds since 1970; 0 where the engine does not say. */
  volumes(project: string): Promise<ReadonlyMap<string, number>>;
  /** The same of those that are called so, whoever made them. */
  volumesNamed(names: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** By reference, of those that are there. */
  images(references: readonly string[]): Promise<ReadonlyMap<string, LocalImage>>;
  /** What a reference means at its registry now. Asks the registry, within 30 s; throws PullError. */
  remoteDigest(reference: string): Promise<string>;
  /** Ends when the engine has the image; an end without it, or 30 s without progress, three times that where layers share a slow line, throws PullError. */
  pull(reference: string, options: PullOptions): AsyncIterable<PullMessage>;
  /** Ends on abort only: the loss of the engine throws EngineError `unreachable`, after which it is to be asked again. */
  events(project: string, options: EventsOptions): AsyncIterable<ContainerEvent>;
  /** Throws EngineError `not-found` when the container is gone. */
  inspect(id: string): Promise<ContainerDetails>;
  /** Lines of both streams, printable. Ends with the log, or on abort. */
  logs(id: string, options: LogsOptions): AsyncIterable<string>;
  /** The same, with all lines that came at once together, each with its stream, and with its time when asked for. */
  logBatches(id: string, options: LogsOptions): AsyncIterable<readonly LogLine[]>;
  /** Everything that can be shown of one. Its environment holds secrets. */
  page(id: string): Promise<InspectedContainer>;
  stats(id: string): Promise<StatsSample>;
  restart(id: string): Promise<void>;
  /** Of one that runs already nothing is asked. */
  start(id: string): Promise<void>;
  /** Grants it its own grace period, and kills it then. One that has ended already is stopped. */
  stop(id: string): Promise<void>;
  /** Stops it with its own grace period and removes it; its volumes stay. One that is gone already is removed. */
  remove(id: string): Promise<void>;
  /** False: something is connected to it, so it stays. One that is gone already is removed. */
  removeNetwork(name: string): Promise<boolean>;
  /** Aborts whatever is under way. */
  close(): void;
}
