import type {Failure, ResourceEvent} from '../events.ts';
import type {PlannedPhase, PlannedService} from '../plan/plan.ts';
import type {Bell} from './bell.ts';
import type {Board} from './board.ts';
import type {Track} from './judge.ts';
import type {Pulls} from './pulls.ts';
import type {RolloutServices} from './rollout.ts';

/** What lasts over all groups of a rollout. */
export interface Stage {
  readonly services: RolloutServices;
  readonly signal: AbortSignal;
  readonly emit: (event: Omit<ResourceEvent, 'at'>) => void;
  /** What the run says it does. */
  readonly verb: string;
  readonly doorbell: Bell;
  readonly pulls: Pulls;
  readonly board: Board;
  readonly tracks: Map<string, Track>;
  /** Services given up by the operator's decision. */
  readonly leftOut: Set<string>;
  /** Last words told of each event id, so that only changes are told. */
  readonly said: Map<string, string>;
}

/** Phases that are brought to their goal together. */
export interface Group {
  readonly stage: Stage;
  readonly phases: readonly PlannedPhase[];
  readonly services: readonly PlannedService[];
  /** Failures that stand until they are retried. */
  readonly failures: Map<string, Failure>;
  /** Services to be made anew, because starting them again would leave a sick container as it is. */
  readonly anew: Set<string>;
  /** The compose run under way; there is never more than one. */
  handing: Promise<void> | undefined;
  /** What a compose run that ended says about its services: believed from the next look on, since an earlier one shows what was before. */
  readonly ended: Map<string, Track>;
  isBack: boolean;
  /** What handing over threw beside compose's own failures: the rollout ends with it. */
  broken: unknown;
}
