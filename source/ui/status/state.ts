/** What the operator does on the status screen. What runs is a stream of snapshots and lives beside it. Pure. */
import type {PhaseName, ServiceStatus} from '../../plan/service-status.ts';
import {type Motion, moveCursor} from '../components/list/list-state.ts';
import {initialSelect, reduceSelect, type SelectAction} from '../components/select/select-state.ts';
import type {Trouble} from '../trouble.ts';
import {type Busy, type ConfirmedVerb, confirmOptions, type Verb} from './actions.ts';
import {type ArrangeAction, type Arrangement, arranged, reduceArrangement, startArrangement} from './arrange.ts';
import {type PageAction, reducePage, type ServicePage} from './page.ts';
import {type Palette, type PaletteAction, reducePalette, startPalette} from './palette.ts';
import {type Confirm, isOf, type Task, without} from './tasks.ts';

export interface StatusView {
  /** Services in the order of the table, as last drawn: keys move between them by name, so that a row that appears moves nobody. */
  readonly services: readonly string[];
  /** All services as they are, with the phases, as far as they are known: filter and order depend on them. */
  readonly rows: readonly ServiceStatus[];
  readonly phases: readonly PhaseName[];
  readonly arrangement: Arrangement;
  readonly selected: string | undefined;
  /** The service that is looked at; undefined: the table. */
  readonly page: ServicePage | undefined;
  /** First visible row of the page or the help; undefined: the first. */
  readonly scroll: number | undefined;
  readonly palette: Palette | undefined;
  readonly confirm: Confirm | undefined;
  /** What is to be done and was not begun: several keys may come in one read. */
  readonly asked: readonly Task[];
  /** What is under way. */
  readonly busy: readonly Busy[];
  readonly notice: {readonly text: string; readonly tone: 'good' | 'warning'} | undefined;
  readonly trouble: Trouble | undefined;
  readonly help: boolean;
  readonly leaving: 'no' | 'quit' | 'interrupt';
}

export type StatusAction =
  | PageAction
  /** `rows`, `phases`: what is known of them. @default their names, which are shown as given */
  | {
      readonly type: 'services';
      readonly services: readonly string[];
      readonly rows?: readonly ServiceStatus[];
      readonly phases?: readonly PhaseName[] | undefined;
    }
  | {readonly type: 'arrange'; readonly arrange: ArrangeAction}
  | {readonly type: 'move'; readonly motion: Motion; readonly page: number}
  | {readonly type: 'scroll'; readonly motion: Motion; readonly page: number; readonly limit: number}
  | {readonly type: 'dismiss' | 'toggle-help' | 'quit' | 'interrupt' | 'open-palette' | 'close-palette'}
  | {readonly type: 'palette'; readonly palette: PaletteAction}
  /** Chosen in the palette. */
  | {readonly type: 'run'; readonly action: StatusAction | undefined}
  | {readonly type: 'ask'; readonly verb: ConfirmedVerb; readonly service: string}
  | {readonly type: 'do'; readonly verb: Verb; readonly service: string}
  | {readonly type: 'refuse'; readonly why: string}
  | {readonly type: 'dependents'; readonly service: string; readonly dependents: readonly string[] | 'unknown'}
  | {readonly type: 'select'; readonly select: SelectAction}
  | {readonly type: 'begun'; readonly tasks: readonly Task[]}
  | ({readonly type: 'told'; readonly said: string} & Task)
  | ({readonly type: 'ended'; readonly said: string | undefined} & Task)
  | ({readonly type: 'failed'; readonly trouble: Trouble} & Task);

export const startStatusView: StatusView = {
  services: [],
  rows: [],
  phases: [],
  arrangement: startArrangement,
  selected: undefined,
  page: undefined,
  scroll: undefined,
  palette: undefined,
  confirm: undefined,
  asked: [],
  busy: [],
  notice: undefined,
  trouble: undefined,
  help: false,
  leaving: 'no',
};

/** What keys act on: the service of the page, or the one under the cursor. */
export const subjectOf = ({page, selected}: StatusView): string | undefined => page?.service ?? selected;

const withServices = (view: StatusView, services: readonly string[]): StatusView => {
  if (view.selected !== undefined && services.includes(view.selected)) return {...view, services};
  const place = view.selected === undefined ? 0 : Math.max(0, view.services.indexOf(view.selected));
  return {...view, services, selected: services[Math.min(place, services.length - 1)]};
};

const namesOf = ({rows, phases, arrangement}: StatusView) => arranged(rows, phases, arrangement).map(({name}) => name);

const withRows = (view: StatusView, {services, rows, phases = []}: Extract<StatusAction, {type: 'services'}>): StatusView => {
  if (!rows) return withServices(view, services);
  const known = {...view, rows, phases};
  return withServices(known, namesOf(known));
};

const arrange = (view: StatusView, action: ArrangeAction): StatusView => {
  // One more than there are phases means what belongs to none.
  if (action.type === 'only-phase' && action.phase > view.phases.length + 1) return view;
  const after = {...view, arrangement: reduceArrangement(view.arrangement, action)};
  return withServices(after, namesOf(after));
};

const move = (view: StatusView, motion: Motion, page: number): StatusView => {
  const place = Math.max(0, view.services.indexOf(view.selected ?? ''));
  return {...view, selected: view.services[moveCursor(place, motion, view.services.length, page)]};
};

const begin = (view: StatusView, verb: Verb, service: string): StatusView => ({
  ...view,
  confirm: undefined,
  asked: [...view.asked, {verb, service}],
  busy: [...view.busy, {verb, service, said: ''}],
});

const answer = (view: StatusView, action: SelectAction): StatusView => {
  if (!view.confirm) return view;
  const {verb, service} = view.confirm;
  const options = confirmOptions[verb];
  const select = reduceSelect(view.confirm.select, action, options.length);
  if (!select.chosen) return {...view, confirm: {...view.confirm, select}};
  if (options[select.cursor]?.value !== 'yes') return {...view, confirm: undefined};
  return begin(view, verb, service);
};

/** What was said last is answered by the next key. */
const quiet = (view: StatusView): StatusView => ({...view, notice: undefined, trouble: undefined});

const withPage = (view: StatusView, action: PageAction): StatusView => {
  const page = reducePage(view.page, view.selected, action);
  const stays = action.type === 'log' || page === view.page;
  return {...quiet(view), page, ...(!stays && {scroll: undefined})};
};

export const reduceStatusView = (view: StatusView, action: StatusAction): StatusView => {
  switch (action.type) {
    case 'services':
      return withRows(view, action);
    case 'arrange':
      return arrange(quiet(view), action.arrange);
    case 'move':
      return move(quiet(view), action.motion, action.page);
    case 'scroll':
      return {...quiet(view), scroll: moveCursor(view.scroll ?? 0, action.motion, action.limit + 1, action.page)};
    case 'open-page':
    case 'close-page':
    case 'tab':
    case 'next-tab':
    case 'previous-tab':
    case 'log':
      return withPage(view, action);
    case 'open-palette':
      return {...quiet(view), palette: startPalette};
    case 'close-palette':
      return {...view, palette: undefined};
    case 'palette':
      return view.palette ? {...view, palette: reducePalette(view.palette, action.palette)} : view;
    case 'run': {
      const closed = {...view, palette: undefined};
      return action.action ? reduceStatusView(closed, action.action) : closed;
    }
    case 'ask':
      return {...quiet(view), confirm: {verb: action.verb, service: action.service, select: initialSelect, dependents: undefined}};
    case 'do':
      return begin(quiet(view), action.verb, action.service);
    case 'refuse':
      return {...quiet(view), notice: {text: action.why, tone: 'warning'}};
    case 'dependents':
      if (view.confirm?.service !== action.service) return view;
      return {...view, confirm: {...view.confirm, dependents: action.dependents}};
    case 'dismiss':
      return {...quiet(view), confirm: undefined};
    case 'toggle-help':
      return {...view, help: !view.help, scroll: view.help ? undefined : 0};
    case 'select':
      return answer(view, action.select);
    case 'begun':
      return {...view, asked: view.asked.filter(task => !action.tasks.includes(task))};
    case 'told':
      return {...view, busy: view.busy.map(one => (isOf(action)(one) ? {...one, said: action.said} : one))};
    case 'ended':
      return {
        ...quiet(view),
        busy: without(view.busy, action),
        notice: action.said === undefined ? undefined : {text: action.said, tone: 'good'},
      };
    case 'failed':
      return {...view, busy: without(view.busy, action), notice: undefined, trouble: action.trouble};
    case 'quit':
      return {...view, leaving: 'quit'};
    case 'interrupt':
      return {...view, leaving: 'interrupt'};
  }
};
