/** What a key means on the status screen. Pure. */
import {motionOf} from '../components/list/list-keys.ts';
import {selectAction} from '../components/select/select-keys.ts';
import {type Key, keyName} from '../keys.ts';
import type {ArrangeAction} from './arrange.ts';
import {arrangeKey, besideFilter, filterKey} from './arrange-keys.ts';
import type {StatusAction, StatusView} from './state.ts';

/** What only the drawn screen knows: rows of a page, and how far the log or the help can be scrolled. */
export interface StatusContext {
  readonly page: number;
  readonly limit: number;
}

type Bindings = Readonly<Record<string, StatusAction>>;

const inTable: Bindings = {
  l: {type: 'open-logs'},
  enter: {type: 'open-logs'},
  r: {type: 'ask-restart'},
  '?': {type: 'toggle-help'},
  q: {type: 'quit'},
  escape: {type: 'dismiss'},
};

const inLogs: Bindings = {
  l: {type: 'close-logs'},
  escape: {type: 'close-logs'},
  f: {type: 'follow'},
  r: {type: 'ask-restart'},
  '?': {type: 'toggle-help'},
  q: {type: 'quit'},
};

const inHelp: Bindings = {
  '?': {type: 'toggle-help'},
  escape: {type: 'toggle-help'},
  enter: {type: 'toggle-help'},
  q: {type: 'toggle-help'},
};

const inConfirm: Bindings = {escape: {type: 'dismiss'}, q: {type: 'dismiss'}, n: {type: 'dismiss'}};

const scrolling = (key: Key, context: StatusContext): StatusAction | undefined => {
  const motion = motionOf(key);
  return motion && {type: 'scroll', motion, ...context};
};

const moving = (key: Key, {page}: StatusContext): StatusAction | undefined => {
  const motion = motionOf(key);
  return motion && {type: 'move', motion, page};
};

const choosing = (key: Key): StatusAction | undefined => {
  const select = selectAction(key);
  return select && {type: 'select', select};
};

const arranging = (arrange: ArrangeAction | undefined): StatusAction | undefined => arrange && {type: 'arrange', arrange};

export const statusAction = (key: Key, view: StatusView, context: StatusContext): StatusAction | undefined => {
  const name = keyName(key);
  if (name === 'ctrl+c') return {type: 'interrupt'};
  if (view.help) return inHelp[name] ?? scrolling(key, context);
  if (view.confirm) return choosing(key) ?? inConfirm[name];
  if (view.logs !== undefined) return scrolling(key, context) ?? inLogs[name];
  if (view.arrangement.filter.typing) return besideFilter.includes(name) ? moving(key, context) : arranging(filterKey(key));
  return moving(key, context) ?? arranging(arrangeKey(key, view.arrangement)) ?? inTable[name];
};
