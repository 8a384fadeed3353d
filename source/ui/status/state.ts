/** What the operator does on the status screen. What runs is a stream of snapshots and lives beside it. Pure. */

import type {PhaseName, ServiceStatus} from '../../plan/service-status.ts';
import {type Motion, moveCursor} from '../components/list/list-state.ts';
import type {SelectOption} from '../components/select/select.tsx';
import {initialSelect, reduceSelect, type SelectAction, type SelectState} from '../components/select/select-state.ts';
import type {Trouble} from '../trouble.ts';
import {type ArrangeAction, type Arrangement, arranged, reduceArrangement, startArrangement} from './arrange.ts';

export interface StatusView {
  /** Services in the order of the table, as last drawn: keys move between them by name, so that a row that appears moves nobody. */
  readonly services: readonly string[];
  /** All services as they are, with the phases, as far as they are known: filter and order depend on them. */
  readonly rows: readonly ServiceStatus[];
  readonly phases: readonly PhaseName[];
  readonly arrangement: Arrangement;
  readonly selected: string | undefined;
  /** Service whose log is shown. */
  readonly logs: string | undefined;
  /** First visible row of the log or the help; undefined follows the end. */
  readonly scroll: number | undefined;
  readonly confirm: {readonly service: string; readonly select: SelectState} | undefined;
  /** The newest confirmed restart; another object each time, so that every one is begun once. */
  readonly asked: {readonly service: string} | undefined;
  /** Services that are being restarted. */
  readonly restarting: readonly string[];
  readonly notice: string | undefined;
  readonly trouble: Trouble | undefined;
  readonly help: boolean;
  readonly leaving: 'no' | 'quit' | 'interrupt';
}

export type StatusAction =
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
  | {readonly type: 'open-logs' | 'close-logs' | 'follow' | 'ask-restart' | 'dismiss' | 'toggle-help' | 'quit' | 'interrupt'}
  | {readonly type: 'select'; readonly select: SelectAction}
  | {readonly type: 'restarted'; readonly service: string}
  | {readonly type: 'restart-failed'; readonly service: string; readonly trouble: Trouble};

export const startStatusView: StatusView = {
  services: [],
  rows: [],
  phases: [],
  arrangement: startArrangement,
  selected: undefined,
  logs: undefined,
  scroll: undefined,
  confirm: undefined,
  asked: undefined,
  restarting: [],
  notice: undefined,
  trouble: undefined,
  help: false,
  leaving: 'no',
};

export const restartOptions: readonly SelectOption[] = [
  {value: 'no', label: 'No, leave it alone'},
  {value: 'yes', label: 'Restart it now; what uses it is cut off for a moment'},
];

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
  const after = {...view, arrangement: reduceArrangement(view.arrangement, action)};
  return withServices(after, namesOf(after));
};

const move = (view: StatusView, motion: Motion, page: number): StatusView => {
  const place = Math.max(0, view.services.indexOf(view.selected ?? ''));
  return {...view, selected: view.services[moveCursor(place, motion, view.services.length, page)]};
};

const answerRestart = (view: StatusView, action: SelectAction): StatusView => {
  if (!view.confirm) return view;
  const select = reduceSelect(view.confirm.select, action, restartOptions.length);
  if (!select.chosen) return {...view, confirm: {...view.confirm, select}};
  const {service} = view.confirm;
  const confirmed = restartOptions[select.cursor]?.value === 'yes' && !view.restarting.includes(service);
  if (!confirmed) return {...view, confirm: undefined};
  return {...view, confirm: undefined, asked: {service}, restarting: [...view.restarting, service]};
};

const without = (view: StatusView, service: string) => view.restarting.filter(other => other !== service);

/** What was said last is answered by the next key. */
const quiet = (view: StatusView): StatusView => ({...view, notice: undefined, trouble: undefined});

export const reduceStatusView = (view: StatusView, action: StatusAction): StatusView => {
  switch (action.type) {
    case 'services':
      return withRows(view, action);
    case 'arrange':
      return arrange(quiet(view), action.arrange);
    case 'move':
      return move(quiet(view), action.motion, action.page);
    case 'scroll':
      return {...view, scroll: moveCursor(view.scroll ?? action.limit, action.motion, action.limit + 1, action.page)};
    case 'open-logs':
      return {...quiet(view), logs: view.selected, scroll: undefined};
    case 'close-logs':
      return {...view, logs: undefined, scroll: undefined};
    case 'follow':
      return {...view, scroll: undefined};
    case 'ask-restart':
      return view.selected === undefined ? view : {...quiet(view), confirm: {service: view.selected, select: initialSelect}};
    case 'dismiss':
      return {...quiet(view), confirm: undefined};
    case 'toggle-help':
      return {...view, help: !view.help, scroll: view.help ? undefined : 0};
    case 'select':
      return answerRestart(view, action.select);
    case 'restarted':
      return {...view, restarting: without(view, action.service), notice: `${action.service} was restarted.`};
    case 'restart-failed':
      return {...view, restarting: without(view, action.service), trouble: action.trouble};
    case 'quit':
      return {...view, leaving: 'quit'};
    case 'interrupt':
      return {...view, leaving: 'interrupt'};
  }
};
