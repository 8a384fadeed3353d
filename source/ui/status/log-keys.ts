/** What a key means over the log of a service. Pure. */
import {motionOf} from '../components/list/list-keys.ts';
import {textFieldAction} from '../components/text-field/text-field-keys.ts';
import {type Key, keyName} from '../keys.ts';
import type {DrawnLog, LogAction, LogView} from './log-view.ts';

/** Cells that a long line moves by. */
const step = 8;

const bindings: Readonly<Record<string, LogAction>> = {
  f: {type: 'follow'},
  w: {type: 'wrap'},
  t: {type: 'timestamps'},
  '/': {type: 'search'},
};

const unwrapped: Readonly<Record<string, LogAction>> = {left: {type: 'sideways', by: -step}, right: {type: 'sideways', by: step}};

/** While something is typed, every letter belongs to it. */
const typingKey = (key: Key, drawn: DrawnLog): LogAction | undefined => {
  const name = keyName(key);
  if (name === 'enter') return {type: 'keep', drawn};
  if (name === 'escape') return {type: 'clear'};
  const edit = textFieldAction(key);
  return edit && {type: 'edit', edit};
};

export const logAction = (key: Key, view: LogView, drawn: DrawnLog): LogAction | undefined => {
  if (view.typing) return typingKey(key, drawn);
  const name = keyName(key);
  const motion = motionOf(key);
  if (motion) return {type: 'scroll', motion, drawn};
  if (name === 'n' || name === 'N') return {type: 'match', direction: name === 'n' ? 1 : -1, drawn};
  if (name === 'escape' && view.search !== '') return {type: 'clear'};
  return (view.wrap ? undefined : unwrapped[name]) ?? bindings[name];
};
