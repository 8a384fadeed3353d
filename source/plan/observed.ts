/** What is there now, on the engine and in the workspace: what a plan is made against. */
import type {HealthCheck} from '../events.ts';
import type {KnownVolume} from './data.ts';
import type {EditedChoice} from './edited.ts';
import type {ImageLock, LocalImage} from './image-lock.ts';

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
export type Health = 'starting' | 'healthy' | 'unhealthy';

/** A container of this compose project. Identified by labels, never by its name. */
export interface ObservedContainer {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** Label infra-wizard.component; undefined for the operator's own services. */
  readonly component: string | undefined;
  /** Reference it was created from, and the id that reference had then. */
  readonly image: string;
  readonly imageId: string;
  /** Label com.docker.compose.config-hash; compose itself ignores containers without it. */
  readonly configHash: string | undefined;
  /** Label infra-wizard.files: what the configuration files that it mounts said when it was made. @default it has none */
  readonly filesHash?: string | undefined;
  readonly state: ContainerState;
  /** Undefined: has no health check, or does not run. */
  readonly health: Health | undefined;
  /** The last probes that the engine keeps, oldest first; also of before its last start. @default none */
  readonly healthChecks?: readonly HealthCheck[];
  readonly exitCode: number | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number | undefined;
  /** When its process ended; undefined while it runs. */
  readonly finishedAt: number | undefined;
  readonly restarts: number;
  /** Services it needs, as compose noted on it or the overlays say. */
  readonly dependsOn: readonly string[];
  /** Volumes it mounts: its data. */
  readonly volumes: readonly string[];
  /** Ports of the host that it has now. */
  readonly publishedPorts: readonly number[];
}

export interface ObservedNetwork {
  readonly name: string;
  /** Label com.docker.compose.project, if compose made it. */
  readonly project: string | undefined;
  readonly subnets: readonly string[];
}

/** How the engine is set up, as far as it says. */
export interface EngineSettings {
  /** `Podman Engine` of the one that only looks like Docker. */
  readonly product: string;
  readonly storageDriver: string;
  /** False: the file system below cannot say what kind its entries are, which overlay2 needs. */
  readonly fileTypes: boolean;
  readonly cgroupVersion: string;
  /** Limits that this kernel cannot keep: `memory`, `cpu`, `pids`. */
  readonly missingLimits: readonly string[];
  /** Users in containers are other users outside (`userns-remap`). */
  readonly remapsUsers: boolean;
  readonly liveRestore: boolean;
  readonly loggingDriver: string;
  /** It fetches images through a proxy. */
  readonly hasProxy: boolean;
  /** Version of runc; undefined when another runtime is used. */
  readonly runc: string | undefined;
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
  readonly settings?: EngineSettings;
}

/** A port of the host that a container of another project publishes. */
export interface ForeignPort {
  readonly container: string;
  /** Compose project it belongs to. */
  readonly project: string | undefined;
  /** `0.0.0.0` and `::` are all addresses. */
  readonly address: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

/** What the engine said; undefined fields of Observed mean that there is no engine or no compose. */
export interface ObservedEngine {
  readonly info: EngineInfo;
  readonly containers: readonly ObservedContainer[];
  readonly networks: readonly ObservedNetwork[];
  /** By reference, of those the plan needs and the engine has. */
  readonly images: ReadonlyMap<string, LocalImage>;
  /** When the project's volumes were made, and others that its services keep data in, by name; milliseconds since 1970. */
  readonly volumes: ReadonlyMap<string, number>;
  /** Published by containers of other projects. */
  readonly foreignPorts: readonly ForeignPort[];
}

/** A file of the workspace against what would be written. */
export interface ObservedFile {
  readonly path: string;
  /**
   * `new`: not there. `same`: nothing to write. `outdated`: as we last wrote it, and now different.
   * `edited`: the operator changed it, and what we would write did not change since: left alone.
   * `conflict`: the operator changed it, and what we would write changed too.
   * `unneeded`: as we last wrote it, read with its folder, and written for nothing that is selected: removed.
   */
  readonly state: 'new' | 'same' | 'outdated' | 'edited' | 'conflict' | 'unneeded';
  /** Unified diff from disk to what would be written, for `outdated`, `edited` and `conflict`. */
  readonly diff?: string;
  /** Of a `conflict`: how the operator's change can be kept, by moving it to his own overlay or by leaving the file as it is. */
  readonly keep?: {readonly how: 'own-overlay' | 'file'} | {readonly how: 'not'; readonly why: readonly string[]};
  /** What the operator decided about a conflict; `state` is what follows from it. */
  readonly decided?: EditedChoice;
  /** Why it is written or not, where there is more to say than the state. */
  readonly note?: string;
}

/** What was written before for what is not selected any more, and stays. */
export interface LeftFile {
  /** Of a file, or of a folder with a slash at its end. */
  readonly path: string;
  /** Why it stays, as the end of a sentence. */
  readonly why: string;
}

/** The configuration files that a service mounts. */
export interface MountedFiles {
  /** Of what they say: as the label infra-wizard.files of a container that is made now. */
  readonly hash: string;
  /** Those that are written otherwise than they are. */
  readonly written: readonly string[];
  /** Those that the operator edited, and that stay so. */
  readonly edited: readonly string[];
  /** Those that are removed. @default none */
  readonly removed?: readonly string[];
}

export interface Observed {
  readonly engine: ObservedEngine | undefined;
  readonly files: readonly ObservedFile[];
  /** @default none */
  readonly leftFiles?: readonly LeftFile[];
  /** Volumes that phases last came up with. @default none is known */
  readonly data?: readonly KnownVolume[];
  /** What the lock file names. */
  readonly lock: ImageLock;
  /** Service to the hash compose gives the model that would be written; empty without compose. */
  readonly hashes: ReadonlyMap<string, string>;
  /** By service, of those that mount any. @default not known */
  readonly mounted?: ReadonlyMap<string, MountedFiles>;
}
