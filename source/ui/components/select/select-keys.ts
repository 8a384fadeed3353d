import {type Key, keyName} from '../../keys.ts';
import {motionOf} from '../list/list-keys.ts';
import type {SelectAction} from './select-state.ts';

/** Number keys do nothing: a digit typed by mistake must not decide. */
export const selectAction = (key: Key): SelectAction | undefined => {
  const motion = motionOf(key);
  if (motion) return {type: 'move', motion};
  return keyName(key) === 'enter' ? {type: 'choose'} : undefined;
};
