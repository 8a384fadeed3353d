/** What a key means on each screen of the wizard. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import {motionOf} from '../components/list/list-keys.ts';
import {multiSelectKey} from '../components/multi-select/multi-select-keys.ts';
import {textFieldAction} from '../components/text-field/text-field-keys.ts';
import {type Key, keyName} from '../keys.ts';
import {currentField} from './edit.ts';
import {profilesKey} from './profiles-keys.ts';
import type {ScreenName, WizardAction, WizardState} from './state.ts';

/** What only the drawn screen knows: how far a page is, and how far its text can be scrolled. */
export interface KeyContext {
  readonly page: number;
  readonly limit: number;
}

type Bindings = Readonly<Record<string, WizardAction>>;

const common: Bindings = {enter: {type: 'forward'}, escape: {type: 'back'}, '?': {type: 'toggle-help'}, q: {type: 'quit'}};

const extra: Readonly<Partial<Record<ScreenName, Bindings>>> = {
  welcome: {p: {type: 'profiles', action: {type: 'open'}}, c: {type: 'open-checks'}},
  checks: {r: {type: 'check-again'}, i: {type: 'ask-ignore'}, right: {type: 'read-finding'}, l: {type: 'read-finding'}},
  components: {s: {type: 'open-settings'}},
  review: {
    s: {type: 'open-settings'},
    w: {type: 'write-only'},
    d: {type: 'toggle-diffs'},
    r: {type: 'check-again'},
    e: {type: 'revisit'},
    right: {type: 'open-item'},
    left: {type: 'close-item'},
    space: {type: 'toggle-item'},
    ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map(section => [String(section), {type: 'section', section} as const])),
  },
  instances: {
    enter: {type: 'instance', command: 'edit'},
    e: {type: 'instance', command: 'edit'},
    right: {type: 'instance', command: 'edit'},
    n: {type: 'instance', command: 'add'},
    '+': {type: 'instance', command: 'add'},
    r: {type: 'instance', command: 'rename'},
    x: {type: 'instance', command: 'ask-removal'},
    delete: {type: 'instance', command: 'ask-removal'},
  },
  removal: {y: {type: 'confirm-removal'}, Y: {type: 'confirm-removal'}, n: {type: 'back'}, N: {type: 'back'}, enter: {type: 'back'}},
  edited: {enter: {type: 'choose-edited'}},
  writing: {enter: {type: 'quit'}},
  written: {enter: {type: 'quit'}},
};

const inHelp: Bindings = {
  '?': {type: 'close-help'},
  escape: {type: 'close-help'},
  enter: {type: 'close-help'},
  q: {type: 'close-help'},
};

/** A question is answered before anything else is done. */
const inQuestion: Bindings = {y: {type: 'ignore-check'}, n: {type: 'back'}, escape: {type: 'back'}, q: {type: 'back'}};
const inReading: Bindings = {left: {type: 'back'}, h: {type: 'back'}};

const moving = (key: Key, {page, limit}: KeyContext): WizardAction | undefined => {
  const motion = motionOf(key);
  return motion && {type: 'move', motion, page, limit};
};

const betweenFields: Readonly<Record<string, 'previous' | 'next'>> = {up: 'previous', 'shift-tab': 'previous', down: 'next', tab: 'next'};

const onChoice: Bindings = {
  left: {type: 'change', by: -1},
  h: {type: 'change', by: -1},
  right: {type: 'change', by: 1},
  l: {type: 'change', by: 1},
  space: {type: 'change', by: 1},
};

const betweenOpen: Bindings = {tab: {type: 'next-open'}, 'shift-tab': {type: 'previous-open'}};

const typing = (key: Key): WizardAction | undefined => {
  const edit = textFieldAction(key);
  return edit && {type: 'edit', edit};
};

/** In a field that is typed, letters are text: `q` and `j` too. No value but free text may hold a question mark, so elsewhere it opens the help. */
const formKey = (key: Key, state: WizardState, catalog: Catalog, context: KeyContext): WizardAction | undefined => {
  const name = keyName(key);
  const field = currentField(state, catalog);
  if (state.screen.name === 'settings' && betweenOpen[name]) return betweenOpen[name];
  const motion = betweenFields[name];
  if (motion) return {type: 'move', motion, ...context};
  if (name === 'enter' || name === 'escape') return common[name];
  const typed = field !== undefined && field.choices.length === 0;
  if (!typed) return onChoice[name] ?? moving(key, context) ?? common[name];
  if (name === 'ctrl+r' && field.subject.kind === 'secret') return {type: 'reveal-secret'};
  const isText = field.subject.kind === 'input' && field.subject.applicable.input.type === 'text';
  return name === '?' && !isText ? common['?'] : typing(key);
};

const inFilter: Bindings = {enter: {type: 'keep-filter'}, escape: {type: 'clear-filter'}};
const besideFilter: readonly string[] = ['up', 'down', 'page-up', 'page-down'];

/** While the filter is typed, letters are its text; arrows move all the same. Esc gives a filter up before it leads back. */
const pickerKey = (key: Key, {filter}: WizardState, {page, limit}: KeyContext): WizardAction | undefined => {
  const name = keyName(key);
  if (filter.typing && !besideFilter.includes(name)) return inFilter[name] ?? typing(key);
  if (name === 'escape' && filter.value !== '') return inFilter.escape;
  const action = multiSelectKey(key);
  return action?.type === 'move' ? {...action, page, limit} : action;
};

/** While a removal waits for its confirmation, everything but `y` keeps it. */
const listKey = (key: Key, {screen}: WizardState, context: KeyContext): WizardAction | undefined => {
  if (screen.name !== 'instances' || screen.removing === undefined) return moving(key, context);
  return {type: 'instance', command: keyName(key) === 'y' ? 'remove' : 'keep'};
};

const screenKey = (key: Key, state: WizardState, catalog: Catalog, context: KeyContext): WizardAction | undefined => {
  switch (state.screen.name) {
    case 'basics':
    case 'settings':
      return formKey(key, state, catalog, context);
    case 'components':
      return pickerKey(key, state, context);
    case 'instances':
      return listKey(key, state, context);
    case 'profiles':
      return profilesKey(key, state.saved) ?? moving(key, context);
    case 'profile':
    case 'naming':
      return keyName(key) === 'enter' || keyName(key) === 'escape' ? undefined : typing(key);
    default:
      return moving(key, context);
  }
};

/** Screens whose letters may be text decide on every key themselves. */
const decidesAlone: ReadonlySet<ScreenName> = new Set(['basics', 'settings']);

export const wizardAction = (key: Key, state: WizardState, catalog: Catalog, context: KeyContext): WizardAction | undefined => {
  const name = keyName(key);
  const screen = state.screen.name;
  // These two have keys of their own.
  if (screen === 'rollout' || screen === 'status') return undefined;
  if (name === 'ctrl+c') return {type: 'interrupt'};
  if (state.help) return inHelp[name] ?? moving(key, context);
  if (state.screen.name === 'checks' && state.screen.confirming !== undefined) return inQuestion[name];
  if (state.screen.name === 'checks' && state.screen.reading !== undefined && inReading[name]) return inReading[name];
  const own = screenKey(key, state, catalog, context);
  if (own || decidesAlone.has(screen) || (screen === 'components' && state.filter.typing)) return own;
  return extra[screen]?.[name] ?? common[name];
};
