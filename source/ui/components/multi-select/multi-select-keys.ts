import {type Key, keyName} from '../../keys.ts';
import {motionOf} from '../list/list-keys.ts';
import type {Motion} from '../list/list-state.ts';

export type MultiSelectKey =
  | {readonly type: 'move'; readonly motion: Motion}
  | {readonly type: 'toggle'}
  /** Between sections. */
  | {readonly type: 'next-phase' | 'previous-phase'}
  | {readonly type: 'jump-phase'; readonly number: number}
  /** All rows of the section under the cursor. */
  | {readonly type: 'toggle-phase'}
  /** What belongs to the row under the cursor. */
  | {readonly type: 'open-row'}
  | {readonly type: 'start-filter'}
  /** Of the row under the cursor, where it comes in several kinds. */
  | {readonly type: 'change'; readonly by: 1 | -1};

const bindings: Readonly<Record<string, MultiSelectKey>> = {
  space: {type: 'toggle'},
  x: {type: 'toggle'},
  tab: {type: 'next-phase'},
  'shift-tab': {type: 'previous-phase'},
  a: {type: 'toggle-phase'},
  right: {type: 'open-row'},
  l: {type: 'open-row'},
  v: {type: 'change', by: 1},
  V: {type: 'change', by: -1},
  '/': {type: 'start-filter'},
};

export const multiSelectKey = (key: Key): MultiSelectKey | undefined => {
  const motion = motionOf(key);
  if (motion) return {type: 'move', motion};
  const name = keyName(key);
  return /^[1-9]$/.test(name) ? {type: 'jump-phase', number: Number(name)} : bindings[name];
};
