import type {ServiceModel} from './model.ts';

/**
 * `write`: put a file on disk. `pull`: fetch an image. `create`, `recreate`, `start`: hand the service to compose.
 * `keep`: is right already, only looked at. `leave`: runs but is not selected, and nothing is removed unasked.
 * `remove`: containers and networks where the operator asked for it, never a volume; a file that is as it was written and that nothing
 * selected writes any more.
 */
export type Op = 'write' | 'pull' | 'create' | 'recreate' | 'start' | 'keep' | 'leave' | 'remove';

export interface Step {
  /** `<op>/<resource>`. */
  readonly id: string;
  readonly op: Op;
  /** File path, image reference or service. */
  readonly resource: string;
  /** Why, in words for the operator. */
  readonly cause: string;
  readonly dependsOn: readonly string[];
  /** Of `pull`: the build that the lock file names. */
  readonly digest?: string | undefined;
}

export interface PlannedService extends ServiceModel {
  readonly op: 'create' | 'recreate' | 'start' | 'keep';
  /** Who can not do without it: services, components, the platform. Empty: the rollout can go on without it. */
  readonly neededBy: readonly string[];
  /** Volumes that were there when this was planned, and that it keeps its data in. @default none */
  readonly data?: readonly string[];
}

/** A service whose containers are stopped and removed. */
export interface RemovedService {
  readonly service: string;
  /** Label of its containers: no other container is touched. */
  readonly component: string;
  /** Stay as they are. */
  readonly volumes: readonly string[];
  /** Before the rest, because something new takes its place: its name on a network, its port. Otherwise after the rest is healthy. */
  readonly first: boolean;
}

export interface Removal {
  /** What depends on another one comes before it. */
  readonly services: readonly RemovedService[];
  /** Our own that nothing of the selection uses, removed last. */
  readonly networks: readonly string[];
}

export interface PlannedPhase {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly Step[];
  /** In an order in which dependencies come first. */
  readonly services: readonly PlannedService[];
}

export interface Plan {
  readonly project: string;
  /** Files first: they belong to no phase. */
  readonly files: readonly Step[];
  readonly phases: readonly PlannedPhase[];
  readonly removal: Removal;
  /** False: later phases wait until the one before is right. */
  readonly allAtOnce: boolean;
  /** Some service, image or file is not as it should be. */
  readonly changes: boolean;
}
