/** What is there now, on the engine and in the workspace: what a plan is made against. */
import type {ImageLock, LocalImage} from './image-lock.ts';

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
export type Health = 'starting' | 'healthy' | 'unhealthy';

/** A container of this compose project. Identified by labels, never by its name. */
export interface ObservedContainer {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** Reference it was created from, and the id that reference had then. */
  readonly image: string;
  readonly imageId: string;
  /** Label com.docker.compose.config-hash; compose itself ignores containers without it. */
  readonly configHash: string | undefined;
  readonly state: ContainerState;
  /** Undefined: has no health check, or does not run. */
  readonly health: Health | undefined;
  readonly exitCode: number | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number | undefined;
  readonly restarts: number;
}

export interface ObservedNetwork {
  readonly name: string;
  /** Label com.docker.compose.project, if compose made it. */
  readonly project: string | undefined;
  readonly subnets: readonly string[];
}

export interface EngineInfo {
  readonly version: string;
  readonly apiVersion: string;
  /** `containerd`: the containerd image store, whose messages and sizes differ from those of the graph drivers. */
  readonly store: 'graph' | 'containerd';
  readonly os: string;
  readonly architecture: string;
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  readonly rootDirectory: string;
  readonly rootless: boolean;
  /** Human name of the host, as the engine says it. */
  readonly host: string;
}

/** What the engine said; undefined fields of Observed mean that there is no engine or no compose. */
export interface ObservedEngine {
  readonly info: EngineInfo;
  readonly containers: readonly ObservedContainer[];
  readonly networks: readonly ObservedNetwork[];
  /** By reference, of those the plan needs and the engine has. */
  readonly images: ReadonlyMap<string, LocalImage>;
  /** Host ports published by containers of other projects: port to container name. */
  readonly foreignPorts: ReadonlyMap<number, string>;
}

/** A file of the workspace against what would be written. */
export interface ObservedFile {
  readonly path: string;
  /**
   * `new`: not there. `same`: nothing to write. `outdated`: as we last wrote it, and now different.
   * `edited`: the operator changed it, and what we would write did not change since: left alone.
   * `conflict`: the operator changed it, and what we would write changed too.
   */
  readonly state: 'new' | 'same' | 'outdated' | 'edited' | 'conflict';
  /** Unified diff from disk to what would be written, for `outdated`, `edited` and `conflict`. */
  readonly diff?: string;
}

export interface Observed {
  readonly engine: ObservedEngine | undefined;
  readonly files: readonly ObservedFile[];
  /** What the lock file names. */
  readonly lock: ImageLock;
  /** Service to the hash compose gives the model that would be written; empty without compose. */
  readonly hashes: ReadonlyMap<string, string>;
}
