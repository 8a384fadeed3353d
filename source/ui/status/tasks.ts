/** What is asked about and what is under way. Pure. */
import type {SelectState} from '../components/select/select-state.ts';
import type {Busy, ConfirmedVerb, Verb} from './actions.ts';

/** Something that is done to a service. */
export interface Task {
  readonly verb: Verb;
  readonly service: string;
}

export interface Confirm {
  readonly verb: ConfirmedVerb;
  readonly service: string;
  readonly select: SelectState;
  /** Services that run and depend on it; undefined until somebody has said. */
  readonly dependents: readonly string[] | 'unknown' | undefined;
}

export const isOf =
  ({verb, service}: Task) =>
  (other: Task): boolean =>
    other.verb === verb && other.service === service;

export const without = (busy: readonly Busy[], task: Task): readonly Busy[] => busy.filter(other => !isOf(task)(other));
