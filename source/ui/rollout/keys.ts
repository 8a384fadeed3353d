/** What a key means while a rollout runs. Pure. */
import {motionOf} from '../components/list/list-keys.ts';
import {selectAction} from '../components/select/select-keys.ts';
import {type Key, keyName} from '../keys.ts';
import type {RolloutAction, RolloutView} from './state.ts';

/** What only the drawn screen knows. */
export interface ScrollContext {
  readonly page: number;
  readonly limit: number;
  /** First row that is visible while the view follows by itself. */
  readonly from: number;
}

type Bindings = Readonly<Record<string, RolloutAction>>;

const common: Bindings = {
  '?': {type: 'toggle-help'},
  q: {type: 'quit'},
  enter: {type: 'forward'},
  f: {type: 'follow'},
  i: {type: 'toggle-layers'},
  escape: {type: 'follow'},
};

const inHelp: Bindings = {
  '?': {type: 'toggle-help'},
  escape: {type: 'toggle-help'},
  enter: {type: 'toggle-help'},
  q: {type: 'toggle-help'},
};

const inQuestion: Bindings = {
  tab: {type: 'next-failure'},
  'shift-tab': {type: 'previous-failure'},
  '?': {type: 'toggle-help'},
  escape: {type: 'dismiss'},
  q: {type: 'dismiss'},
};

const scrolling = (key: Key, context: ScrollContext): RolloutAction | undefined => {
  const motion = motionOf(key);
  return motion && {type: 'scroll', motion, ...context};
};

/** While something is asked, pages still scroll what it is about. */
const questionKey = (key: Key, context: ScrollContext): RolloutAction | undefined => {
  const name = keyName(key);
  if (name === 'page-up' || name === 'page-down') return scrolling(key, context);
  const select = selectAction(key);
  return select ? {type: 'select', select} : inQuestion[name];
};

export const rolloutAction = (key: Key, view: RolloutView, context: ScrollContext): RolloutAction | undefined => {
  const name = keyName(key);
  if (name === 'ctrl+c') return {type: 'interrupt'};
  if (view.help) return inHelp[name] ?? scrolling(key, context);
  if (view.question) return questionKey(key, context);
  return scrolling(key, context) ?? common[name];
};
