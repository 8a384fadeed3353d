import type {ResourceEvent} from '../events.ts';
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
  readonly doorbell: Bell;
  readonly pulls: Pulls;
  readonly board: Board;
  readonly tracks: Map<string, Track>;
  /** Services given up by the operator's decision. */
  readonly leftOut: Set<string>;
  /** Last words told of each event id, so that only changes are told. */
  readonly said: Map<string, string>;
}
