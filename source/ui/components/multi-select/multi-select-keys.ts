import {type Key, keyName} from '../../keys.ts';
import {motionOf} from '../list/list-keys.ts';
import type {Motion} from '../list/list-state.ts';

export type MultiSelectKey =
  | {readonly type: 'move'; readonly motion: Motion}
  | {readonly type: 'toggle'}
  /** Between sections. */
  | {readonly type: 'next-phase' | 'previous-phase'}
  /** Of the row under the cursor, where it comes in several kinds. */
  | {readonly type: 'change'; readonly by: 1 | -1};

const bindings: Readonly<Record<string, MultiSelectKey>> = {
  space: {type: 'toggle'},
  x: {type: 'toggle'},
  tab: {type: 'next-phase'},
  'shift-tab': {type: 'previous-phase'},
  left: {type: 'change', by: -1},
  h: {type: 'change', by: -1},
  right: {type: 'change', by: 1},
  l: {type: 'change', by: 1},
};

export const multiSelectKey = (key: Key): MultiSelectKey | undefined => {
  const motion = motionOf(key);
  return motion ? {type: 'move', motion} : bindings[keyName(key)];
};
