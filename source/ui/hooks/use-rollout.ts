import {useEffect, useEffectEvent, useRef, useState} from 'react';
import type {ResourceEvent} from '../../events.ts';
import {emptyRollout, type RolloutState, reduce} from '../../rollout/state.ts';
import {rolloutAction, type ScrollContext} from '../rollout/keys.ts';
import type {Ending} from '../rollout/outcome.ts';
import {type RolloutAction, type RolloutView, reduceRolloutView, startRolloutView} from '../rollout/state.ts';
import type {Decide, Decision} from '../services.ts';
import {useEvents} from './use-events.ts';
import {type Machine, useMachine} from './use-machine.ts';

/** What a rollout needs from the screen it is shown on. */
interface RolloutControls {
  /** Aborted when the operator asks to stop: what is under way is finished, nothing more is begun. */
  readonly signal: AbortSignal;
  readonly decide: Decide;
}

export type OpenRollout = (controls: RolloutControls) => AsyncIterable<ResourceEvent>;

export interface RunningRollout {
  readonly state: RolloutState;
  readonly ending: Ending | undefined;
  readonly machine: Machine<RolloutView, RolloutAction, ScrollContext>;
}

/** Runs a rollout for as long as the screen is there, and answers it with what the operator decides. */
export const useRollout = (open: OpenRollout): RunningRollout => {
  const machine = useMachine({start: startRolloutView, reduce: reduceRolloutView, actionOf: rolloutAction});
  const [stopper] = useState(() => new AbortController());
  const waiting = useRef<(decision: Decision) => void>(undefined);
  const {state: view, dispatch} = machine;
  const decide: Decide = (failures, rollBack) =>
    new Promise<Decision>(resolve => {
      waiting.current = resolve;
      dispatch({type: 'asked', failures, rollBack});
    });
  const {state, ending} = useEvents({
    open: gone => open({signal: AbortSignal.any([gone, stopper.signal]), decide}),
    reduce,
    initial: emptyRollout,
  });
  const send = useEffectEvent(dispatch);
  useEffect(() => {
    if (view.stop !== 'no') stopper.abort();
  }, [view.stop, stopper]);
  useEffect(() => {
    if (!view.decision) return;
    waiting.current?.(view.decision);
    waiting.current = undefined;
    send({type: 'decision-taken'});
  }, [view.decision]);
  useEffect(() => {
    if (ending) send({type: 'finished'});
  }, [ending]);
  return {state, ending, machine};
};
