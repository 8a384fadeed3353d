/** What a key means on the status screen. Pure. */
import {motionOf} from '../components/list/list-keys.ts';
import {selectAction} from '../components/select/select-keys.ts';
import {textFieldAction} from '../components/text-field/text-field-keys.ts';
import {type Key, keyName} from '../keys.ts';
import {isConfirmed, refusal, type Verb} from './actions.ts';
import type {ArrangeAction} from './arrange.ts';
import {arrangeKey, besideFilter, filterKey} from './arrange-keys.ts';
import {emptyLog} from './log-buffer.ts';
import {logAction} from './log-keys.ts';
import type {DrawnLog} from './log-view.ts';
import {type ServicePage, tabs} from './page.ts';
import {matchingEntries, type PaletteAction, paletteEntries} from './palette.ts';
import {type StatusAction, type StatusView, subjectOf} from './state.ts';

/** What only the drawn screen knows: rows of a page, and how far what is not followed can be scrolled. */
export interface StatusContext {
  readonly page: number;
  readonly limit: number;
  /** The log, where one is drawn. */
  readonly log?: DrawnLog;
}

type Bindings = Readonly<Record<string, StatusAction>>;

const verbs: Readonly<Record<string, Verb>> = {
  r: 'restart',
  s: 'stop',
  S: 'start',
  u: 'apply',
  e: 'shell',
  o: 'open',
  W: 'save',
};

const anywhere: Bindings = {
  '?': {type: 'toggle-help'},
  ':': {type: 'open-palette'},
  q: {type: 'quit'},
};

const inTable: Bindings = {
  ...anywhere,
  l: {type: 'open-page', tab: 'logs'},
  enter: {type: 'open-page', tab: 'overview'},
  escape: {type: 'dismiss'},
};

const inPage: Bindings = {
  ...anywhere,
  l: {type: 'tab', tab: 'logs'},
  tab: {type: 'next-tab'},
  'shift-tab': {type: 'previous-tab'},
  right: {type: 'next-tab'},
  left: {type: 'previous-tab'},
  escape: {type: 'close-page'},
  ...Object.fromEntries(tabs.map((tab, index) => [String(index + 1), {type: 'tab', tab} as const])),
};

const inHelp: Bindings = {
  '?': {type: 'toggle-help'},
  escape: {type: 'toggle-help'},
  enter: {type: 'toggle-help'},
  q: {type: 'toggle-help'},
};

const inConfirm: Bindings = {escape: {type: 'dismiss'}, q: {type: 'dismiss'}, n: {type: 'dismiss'}};

const scrolling = (key: Key, {page, limit}: StatusContext): StatusAction | undefined => {
  const motion = motionOf(key);
  return motion && {type: 'scroll', motion, page, limit};
};

const moving = (key: Key, {page}: StatusContext): StatusAction | undefined => {
  const motion = motionOf(key);
  return motion && {type: 'move', motion, page};
};

const choosing = (key: Key): StatusAction | undefined => {
  const select = selectAction(key);
  return select && {type: 'select', select};
};

/** What a key does to the service it is about, or why it does not. */
const acting = (key: Key, view: StatusView): StatusAction | undefined => {
  const verb = verbs[keyName(key)];
  if (verb === undefined) return undefined;
  const name = subjectOf(view);
  const service = view.rows.find(one => one.name === name);
  const why = refusal(verb, service, view.busy);
  if (why !== undefined || !service) return {type: 'refuse', why: why ?? ''};
  return isConfirmed(verb) ? {type: 'ask', verb, service: service.name} : {type: 'do', verb, service: service.name};
};

const nothingDrawn: DrawnLog = {log: emptyLog, width: 1, height: 1};

const pageKey = (key: Key, view: StatusView, {tab, log}: ServicePage, context: StatusContext): StatusAction | undefined => {
  if (tab === 'logs') {
    const action = logAction(key, log, context.log ?? nothingDrawn);
    if (action || log.typing) return action && {type: 'log', log: action};
    if (keyName(key) === 'l') return {type: 'close-page'};
  }
  return (tab === 'logs' ? undefined : scrolling(key, context)) ?? acting(key, view) ?? inPage[keyName(key)];
};

const arranging = (arrange: ArrangeAction | undefined): StatusAction | undefined => arrange && {type: 'arrange', arrange};

const tableKey = (key: Key, view: StatusView, context: StatusContext): StatusAction | undefined => {
  const name = keyName(key);
  if (view.arrangement.filter.typing) return besideFilter.includes(name) ? moving(key, context) : arranging(filterKey(key));
  return moving(key, context) ?? arranging(arrangeKey(key, view.arrangement)) ?? acting(key, view) ?? inTable[name];
};

const shownKey = (key: Key, view: StatusView, context: StatusContext): StatusAction | undefined =>
  view.page ? pageKey(key, view, view.page, context) : tableKey(key, view, context);

/** Entries of the palette as they are now: narrowed, each with what it would do. */
export const paletteChoices = (view: StatusView, context: StatusContext) => {
  const closed = {...view, palette: undefined};
  const shown = view.page === undefined ? 'table' : view.page.tab === 'logs' ? 'logs' : 'page';
  return matchingEntries(paletteEntries(shown), view.palette?.field.value ?? '').map(entry => {
    const action = shownKey(entry.key, closed, context);
    return {...entry, action, why: action?.type === 'refuse' ? action.why : undefined};
  });
};

const motions: Readonly<Record<string, Extract<PaletteAction, {type: 'move'}>['motion']>> = {
  up: 'previous',
  down: 'next',
  'page-up': 'page-up',
  'page-down': 'page-down',
};

const paletteKey = (key: Key, view: StatusView, context: StatusContext): StatusAction | undefined => {
  const name = keyName(key);
  if (name === 'escape') return {type: 'close-palette'};
  const choices = paletteChoices(view, context);
  if (name === 'enter') return {type: 'run', action: choices[view.palette?.cursor ?? 0]?.action};
  const motion = motions[name];
  if (motion) return {type: 'palette', palette: {type: 'move', motion, count: choices.length}};
  const edit = textFieldAction(key);
  return edit && {type: 'palette', palette: {type: 'edit', edit}};
};

export const statusAction = (key: Key, view: StatusView, context: StatusContext): StatusAction | undefined => {
  const name = keyName(key);
  if (name === 'ctrl+c') return {type: 'interrupt'};
  if (view.help) return inHelp[name] ?? scrolling(key, context);
  if (view.palette) return paletteKey(key, view, context);
  if (view.confirm) return choosing(key) ?? inConfirm[name];
  return shownKey(key, view, context);
};
