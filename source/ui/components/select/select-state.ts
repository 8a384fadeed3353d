/** A short single choice. Pure. */
import {type Motion, moveCursor} from '../list/list-state.ts';

export interface SelectState {
  readonly cursor: number;
  readonly chosen: boolean;
}

export type SelectAction = {readonly type: 'move'; readonly motion: Motion} | {readonly type: 'choose'};

export const initialSelect: SelectState = {cursor: 0, chosen: false};

/** After the choice nothing moves any more: keys typed too fast can not change it. */
export const reduceSelect = (state: SelectState, action: SelectAction, count: number): SelectState => {
  if (state.chosen) return state;
  return action.type === 'choose' ? {...state, chosen: true} : {...state, cursor: moveCursor(state.cursor, action.motion, count)};
};
