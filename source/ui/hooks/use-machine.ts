import {useReducer} from 'react';
import type {Key} from '../keys.ts';

export interface MachineOptions<S, A, C> {
  readonly start: S;
  readonly reduce: (state: S, action: A) => S;
  /** What a key means in a state; `context` is what only the drawn screen knows. */
  readonly actionOf: (key: Key, state: S, context: C) => A | undefined;
}

export interface Machine<S, A, C> {
  readonly state: S;
  readonly dispatch: (action: A) => void;
  readonly press: (key: Key, context: C) => void;
}

type Event<A, C> = {readonly kind: 'action'; readonly action: A} | {readonly kind: 'key'; readonly key: Key; readonly context: C};

/** A reducer that also gives keys their meaning, so that each key of a burst meets the state the one before it left. */
export const useMachine = <S, A, C>({start, reduce, actionOf}: MachineOptions<S, A, C>): Machine<S, A, C> => {
  const step = (state: S, event: Event<A, C>): S => {
    const action = event.kind === 'action' ? event.action : actionOf(event.key, state, event.context);
    return action === undefined ? state : reduce(state, action);
  };
  const [state, send] = useReducer(step, start);
  return {
    state,
    dispatch: action => send({kind: 'action', action}),
    press: (key, context) => send({kind: 'key', key, context}),
  };
};
