/** What the preflight checks look at: facts, read before. */
import type {Tier} from '../catalog/catalog.ts';
import type {LostVolume} from '../plan/data.ts';
import type {Offer} from '../plan/findings.ts';
import type {PublishedPort} from '../plan/model.ts';
import type {ObservedEngine} from '../plan/observed.ts';
import type {ReachFacts, SessionFacts} from './surroundings.ts';
import type {SystemFacts} from './system.ts';

export interface ListeningProcess {
  readonly pid: number;
  readonly name: string;
  /** Of systemd: `postgresql@15-main.service`. Undefined where it was started otherwise. */
  readonly unit?: string | undefined;
}

/** A socket that listens on this host. */
export interface Listener {
  /** `0.0.0.0` and `::` are all addresses. */
  readonly address: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** Undefined where we may not look: another user's process. */
  readonly process: ListeningProcess | undefined;
}

/** A range of IPv4 addresses that this host reaches by an interface or a route. */
export interface UsedSubnet {
  readonly subnet: string;
  /** Interface, for example `eth0` or `br-1a2b3c4d5e6f`. */
  readonly via: string;
}

export interface DiskFacts {
  readonly path: string;
  /** Bytes that a program without rights may still write. */
  readonly free: number;
  /** Bytes. */
  readonly total: number;
  /** Files it can still hold, and in all; undefined where they are not counted. */
  readonly inodes?: {readonly free: number; readonly total: number} | undefined;
  /** Undefined where it could not be found out. */
  readonly mount?: Mount | undefined;
}

/** What is mounted where a folder lies. */
export interface Mount {
  readonly point: string;
  /** `ext4`, `nfs4`, `vfat`. */
  readonly type: string;
  readonly options: readonly string[];
}

/** What is at the workspace's path, or of the nearest folder above it that exists. */
export interface FolderFacts {
  readonly path: string;
  readonly kind: 'missing' | 'folder' | 'file' | 'link' | 'other';
  /** We may write there; of a missing folder: we may create it. */
  readonly writable: boolean;
  readonly owner: number;
  readonly worldWritable: boolean;
  readonly disk: DiskFacts | undefined;
}

/** Facts of this host. Undefined or empty where they could not be found out. */
export interface HostFacts {
  readonly platform: NodeJS.Platform;
  /** As os-release names it: `Debian GNU/Linux 12 (bookworm)`. */
  readonly distribution: string | undefined;
  /** ID of os-release and the distributions it says to be like, nearest first: `['linuxmint', 'ubuntu', 'debian']`. */
  readonly family: readonly string[];
  /** VERSION_CODENAME of os-release. */
  readonly codename: string | undefined;
  /** As node names it: x64, arm64. */
  readonly architecture: string;
  readonly kernel: string;
  readonly host: string;
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  /** Bytes that programs could get without swapping. */
  readonly memoryAvailable: number;
  readonly folder: FolderFacts;
  readonly listeners: readonly Listener[];
  readonly subnets: readonly UsedSubnet[];
  readonly uid: number | undefined;
  readonly user: string | undefined;
  readonly groups: readonly number[];
  /** Of the engine's socket, when it is there. */
  readonly socket: {readonly path: string; readonly group: number; readonly usable: boolean} | undefined;
  readonly insideContainer: boolean;
  readonly wsl: boolean;
  /** Docker from a snap, which cannot see most of the file system. */
  readonly snapDocker: boolean;
  readonly firewall: 'ufw' | 'firewalld' | undefined;
  /** First port that a program without rights may listen on. */
  readonly unprivilegedPorts: number;
  /** What Linux says about itself; undefined elsewhere. */
  readonly system?: SystemFacts | undefined;
}

/** How the engine answered. `denied`: it is there and we have no right. `absent`: there is none, or it does not answer. */
export type EngineFacts =
  | {readonly kind: 'ready'; readonly engine: ObservedEngine}
  | {readonly kind: 'denied'; readonly reason: string}
  /** `remedies`: of an engine that is there and gives no usable answer. */
  | {readonly kind: 'absent'; readonly reason: string; readonly remedies?: readonly string[]};

/** A port that the selection publishes. */
export interface WantedPort extends PublishedPort {
  readonly service: string;
  /** The setting that says which, where there is one. */
  readonly setting?: Pick<Offer, 'component' | 'input'> | undefined;
}

/** A network that the selection creates. */
export interface WantedNetwork {
  /** As the engine names it: `<project>_<network>`. */
  readonly name: string;
  readonly subnet: string;
  /** The setting that says which, where there is one. */
  readonly setting: Pick<Offer, 'component' | 'input'> | undefined;
}

/** A component that is deployed in another variant than the one that is selected. */
export interface ReplacedVariant {
  readonly component: string;
  /** Title of the component, of the variant that is deployed, and of the one that is selected. */
  readonly title: string;
  readonly before: string;
  readonly after: string;
  /** Id of the variant that is deployed. */
  readonly variant: string;
  /** What runs of it and is not part of the selected variant. */
  readonly services: readonly string[];
  /** Where these keep data. */
  readonly volumes: readonly string[];
  /** They are removed before anything new is started. */
  readonly removed: boolean;
}

/** Everything the checks need, as values; they read nothing themselves. Empty lists where something is not known. */
export interface PreflightContext {
  readonly host: HostFacts;
  readonly engine: EngineFacts;
  /** The engine runs on this host, so that its ports and subnets are this host's. */
  readonly local: boolean;
  /** Version of `docker compose`, or of the old `docker-compose` when there is only that. */
  readonly compose: string | undefined;
  /** Where the engine keeps its data, or would; undefined when it is on another host. */
  readonly disk: DiskFacts | undefined;
  /** Undefined: sizes are not judged. */
  readonly tier: Tier | undefined;
  readonly project: string;
  /** Real path of the workspace. */
  readonly directory: string;
  readonly ports: readonly WantedPort[];
  readonly networks: readonly WantedNetwork[];
  /** Services of the selection; their containers are named `<project>-<service>-1`. */
  readonly services: readonly string[];
  /** Services that are removed before anything new is started. */
  readonly removed: readonly string[];
  /** Services that run for a selected component and belong to another variant of it than the selected one. */
  readonly replaced: readonly ReplacedVariant[];
  /** Sum of the memory limits of everything that keeps running, bytes. */
  readonly memoryLimit: number;
  /** Containers that do not belong to the project, with the compose project they do belong to. */
  readonly foreignContainers: readonly {readonly name: string; readonly project: string | undefined}[];
  /** Folders that containers of the project were created from (label com.docker.compose.project.working_dir). */
  readonly workingDirectories: readonly string[];
  /** Existing volumes of the project, with the component that keeps its data there. */
  readonly volumes: readonly {readonly name: string; readonly component: string}[];
  /** Volumes that services of the selection last came up with, and that are not there or not the same any more. */
  readonly lostData: readonly LostVolume[];
  /** Generated secrets of the selection. */
  readonly secrets: readonly {readonly id: string; readonly component: string; readonly present: boolean}[];
  /** Undefined when there was none. `at`: milliseconds since 1970. */
  readonly lastRun: {readonly unfinished: boolean; readonly at: number; readonly phase: string | undefined} | undefined;
  /** Phase whose roll back was begun and has not ended. */
  readonly goingBack: string | undefined;
  /** What is said of this run's surroundings; undefined where it does not matter. */
  readonly session?: SessionFacts | undefined;
  /** What was asked of the network; undefined: nothing was. */
  readonly reach?: ReachFacts | undefined;
}
