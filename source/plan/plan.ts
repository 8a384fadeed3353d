import type {ServiceModel} from './model.ts';

/**
 * `write`: put a file on disk. `pull`: fetch an image. `create`, `recreate`, `start`: hand the service to compose.
 * `keep`: is right already, only looked at. `leave`: runs but is not selected, and nothing is removed unasked.
 */
export type Op = 'write' | 'pull' | 'create' | 'recreate' | 'start' | 'keep' | 'leave';

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
  /** False: later phases wait until the one before is right. */
  readonly allAtOnce: boolean;
  /** Some service, image or file is not as it should be. */
  readonly changes: boolean;
}
