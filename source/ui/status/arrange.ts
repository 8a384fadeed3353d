/** Which services the table shows, and in which order. Pure. */
import {conditionOf} from '../../display/health-sentence.ts';
import type {PhaseName, ServiceStatus} from '../../plan/service-status.ts';
import {reduceTextField, type TextFieldAction, type TextFieldState, textField} from '../components/text-field/text-field-state.ts';

export type SortName = 'phase' | 'name' | 'state' | 'drift' | 'restarts' | 'uptime' | 'cpu' | 'memory' | 'network' | 'disk';

export interface Arrangement {
  readonly sort: SortName;
  /** Against the way in which the sort is of use: the most first, the worst first. */
  readonly reversed: boolean;
  readonly filter: TextFieldState & {readonly typing: boolean};
  /** The only phase that is shown: its place among all, from 1; one more than there are means what belongs to none. Undefined: all. */
  readonly phase: number | undefined;
}

const noFilter: Arrangement['filter'] = {...textField(''), typing: false};

export const startArrangement: Arrangement = {sort: 'phase', reversed: false, filter: noFilter, phase: undefined};

export type ArrangeAction =
  | {readonly type: 'sort'; readonly by: 1 | -1}
  | {readonly type: 'reverse' | 'start-filter' | 'keep-filter' | 'clear-filter' | 'all-phases'}
  | {readonly type: 'edit-filter'; readonly edit: TextFieldAction}
  | {readonly type: 'only-phase'; readonly phase: number};

interface Sort {
  readonly name: SortName;
  /** As the end of `sorted by`. */
  readonly title: string;
  /** Lower comes first; where there is none, the order of the phases decides. */
  readonly key?: (service: ServiceStatus) => number | string;
}

/** Not known comes last, whichever way it is sorted. */
const most = (value: number | undefined) => (value === undefined ? Number.POSITIVE_INFINITY : -value);

const conditions = ['ill', 'starting', 'well'] as const;

export const sorts: readonly Sort[] = [
  {name: 'phase', title: 'phase'},
  {name: 'name', title: 'name', key: ({name}) => name},
  {name: 'state', title: 'state', key: service => conditions.indexOf(conditionOf(service))},
  {name: 'drift', title: 'drift', key: ({drift}) => (drift ? 0 : 1)},
  {name: 'restarts', title: 'restarts', key: ({restarts}) => most(restarts)},
  {name: 'uptime', title: 'uptime', key: ({startedAt}) => most(startedAt)},
  {name: 'cpu', title: 'CPU', key: ({cpu}) => most(cpu)},
  {name: 'memory', title: 'memory', key: ({memory}) => most(memory)},
  {name: 'network', title: 'network', key: ({rates}) => most(rates && rates.received + rates.sent)},
  {name: 'disk', title: 'disk', key: ({rates}) => most(rates && rates.read + rates.written)},
];

const nextSort = (sort: SortName, by: 1 | -1): SortName => {
  const place = sorts.findIndex(({name}) => name === sort);
  return sorts[(place + by + sorts.length) % sorts.length]?.name ?? 'phase';
};

export const reduceArrangement = (state: Arrangement, action: ArrangeAction): Arrangement => {
  switch (action.type) {
    case 'sort':
      return {...state, sort: nextSort(state.sort, action.by), reversed: false};
    case 'reverse':
      return {...state, reversed: !state.reversed};
    case 'start-filter':
      return {...state, filter: {...state.filter, typing: true}};
    case 'keep-filter':
      return {...state, filter: {...state.filter, typing: false}};
    case 'clear-filter':
      return {...state, filter: noFilter};
    case 'edit-filter':
      return state.filter.typing ? {...state, filter: {...reduceTextField(state.filter, action.edit), typing: true}} : state;
    case 'all-phases':
      return {...state, phase: undefined};
    case 'only-phase':
      return {...state, phase: action.phase};
  }
};

/** What is said of a service in one word. As filters they mean exactly that: `healthy` is no part of `unhealthy`. */
const wordsOf = (service: ServiceStatus): readonly string[] => {
  const {state, health, drift} = service;
  const finished = state === 'exited' && conditionOf(service) === 'well';
  return [
    finished ? 'finished' : state,
    ...(health ? [health] : []),
    ...(drift ? ['drift', drift.kind] : []),
    ...(conditionOf(service) === 'starting' ? [] : [conditionOf(service)]),
  ];
};

const words: ReadonlySet<string> = new Set([
  ...['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead', 'missing', 'finished'],
  ...['starting', 'healthy', 'unhealthy', 'drift', 'changed', 'stray', 'well', 'ill'],
]);

const matches = (service: ServiceStatus, word: string): boolean => {
  const {name, component = '', image} = service;
  if ([name, component, image].some(text => text.toLowerCase().includes(word))) return true;
  const own = wordsOf(service);
  return words.has(word) ? own.includes(word) : own.some(one => one.startsWith(word));
};

/** Place of its phase among all, from 1; one more than there are for what belongs to none. */
export const phaseNumber = ({phase}: Pick<ServiceStatus, 'phase'>, phases: readonly PhaseName[]): number => {
  const place = phases.findIndex(({id}) => id === phase);
  return place < 0 ? phases.length + 1 : place + 1;
};

const compare = (one: number | string, other: number | string, direction: 1 | -1): number => {
  if (typeof one === 'string' || typeof other === 'string') {
    return direction * String(one).localeCompare(String(other), undefined, {numeric: true});
  }
  if (one === other) return 0;
  return (Number.isFinite(one) && Number.isFinite(other) ? direction : 1) * (one - other);
};

/** `services` are given in the order of the phases. A phase that nothing belongs to any more hides nothing. */
export const arranged = (
  services: readonly ServiceStatus[],
  phases: readonly PhaseName[],
  {sort, reversed, filter, phase}: Arrangement,
): readonly ServiceStatus[] => {
  const ofPhase = phase === undefined ? services : services.filter(service => phaseNumber(service, phases) === phase);
  const asked = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = asked.length === 0 ? ofPhase : ofPhase.filter(service => asked.every(word => matches(service, word)));
  const {key} = sorts.find(({name}) => name === sort) ?? {};
  if (!key) return reversed ? shown.toReversed() : shown;
  const keyed = shown.map(service => ({service, key: key(service)}));
  const direction = reversed ? -1 : 1;
  return keyed.sort((one, other) => compare(one.key, other.key, direction)).map(({service}) => service);
};
