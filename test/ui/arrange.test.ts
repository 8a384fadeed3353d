/** Filter, phase and order of the table of services, and what becomes of the cursor. */
import {describe, expect, test} from 'vitest';
import {type ArrangeAction, arranged, reduceArrangement, startArrangement} from '../../source/ui/status/arrange.ts';
import {statusAction} from '../../source/ui/status/keys.ts';
import {sparkline} from '../../source/ui/status/sparkline.ts';
import {reduceStatusView, type StatusAction, type StatusView, startStatusView} from '../../source/ui/status/state.ts';
import {createTheme} from '../../source/ui/theme.ts';
import {platform, platformServices} from './platform.ts';

const phases = platform.phases ?? [];
const everything = platformServices.map(({name}) => name);

const after = (...actions: readonly ArrangeAction[]) => actions.reduce(reduceArrangement, startArrangement);
const typed = (text: string): ArrangeAction => ({type: 'edit-filter', edit: {type: 'insert', text}});
const shown = (...actions: readonly ArrangeAction[]) => arranged(platformServices, phases, after(...actions)).map(({name}) => name);

test.each<readonly [string, readonly string[]]>([
  ['unhealthy', ['login']],
  ['healthy', ['gateway', 'gateway-guard', 'login-db']],
  ['exited', []],
  ['finished', ['login-init']],
  ['drift', ['login-db', 'store', 'visitor']],
  ['changed', ['login-db']],
  ['stray', ['visitor']],
  ['missing', ['store']],
  ['ill', ['login', 'cache', 'store']],
  ['resta', ['cache']],
  ['LOGIN', ['login', 'login-db', 'login-init']],
  ['login running', ['login', 'login-db']],
  ['registry.example/cache', ['cache']],
  ['nobody', []],
  ['  ', everything],
])('the filter %s shows %j', (text, expected) => {
  expect(shown({type: 'start-filter'}, typed(text))).toEqual(expected);
});

test.each<readonly [number, readonly string[]]>([
  [2, ['login', 'login-db', 'login-init']],
  [5, ['visitor']],
  [4, []],
])('the key %d shows that phase alone', (phase, expected) => {
  expect(shown({type: 'only-phase', phase})).toEqual(expected);
  expect(shown({type: 'only-phase', phase}, {type: 'all-phases'})).toEqual(everything);
});

const sortedBy = (steps: number): readonly ArrangeAction[] => Array.from({length: steps}, () => ({type: 'sort', by: 1}));

test.each<readonly [string, number, readonly string[]]>([
  ['phase', 0, ['gateway', 'gateway-guard', 'login']],
  ['name', 1, ['cache', 'gateway', 'gateway-guard']],
  ['state, the worst first', 2, ['login', 'cache', 'store']],
  ['drift', 3, ['login-db', 'store', 'visitor']],
  ['restarts', 4, ['cache', 'login', 'gateway']],
  ['uptime, the newest first', 5, ['gateway', 'gateway-guard', 'login']],
  ['CPU', 6, ['login', 'gateway', 'gateway-guard']],
  ['memory', 7, ['login', 'gateway', 'gateway-guard']],
  ['network', 8, ['gateway', 'gateway-guard', 'login']],
  ['disk', 9, ['gateway', 'gateway-guard', 'login']],
  ['phase again, round and round', 10, ['gateway', 'gateway-guard', 'login']],
])('sorted by %s', (_, steps, expected) => {
  expect(shown(...sortedBy(steps)).slice(0, 3)).toEqual(expected);
});

test('an order can be turned round, and another column begins with its own', () => {
  expect(shown(...sortedBy(1), {type: 'reverse'}).at(-1)).toBe('cache');
  expect(after(...sortedBy(1), {type: 'reverse'}, {type: 'sort', by: -1})).toEqual(startArrangement);
});

test('what is not known comes last, whichever way it is sorted', () => {
  const known = platformServices.filter(({cpu}) => cpu !== undefined).length;
  const unknown = (...actions: readonly ArrangeAction[]) =>
    shown(...sortedBy(6), ...actions)
      .slice(known)
      .toSorted();
  expect(known).toBeLessThan(platformServices.length);
  expect(unknown({type: 'reverse'})).toEqual(unknown());
  expect(shown(...sortedBy(6), {type: 'reverse'})[known - 1]).toBe('login');
});

describe('the cursor', () => {
  const told: StatusAction = {type: 'services', services: everything, rows: platformServices, phases};
  const at = (name: string): StatusView => ({...reduceStatusView(startStatusView, told), selected: name});
  const arrange = (view: StatusView, ...actions: readonly ArrangeAction[]) =>
    actions.reduce((state, action) => reduceStatusView(state, {type: 'arrange', arrange: action}), view);

  test('stays on its service when rows are sorted, come, and go', () => {
    const sorted = arrange(at('login'), ...sortedBy(6));
    expect([sorted.selected, sorted.services[0]]).toEqual(['login', 'login']);
    const rows = platformServices.filter(({name}) => name !== 'gateway');
    expect(reduceStatusView(sorted, {...told, rows}).selected).toBe('login');
  });

  test('a number that no phase has changes nothing', () => {
    const view = at('login');
    expect(arrange(view, {type: 'only-phase', phase: 7})).toEqual(view);
    expect(arrange(view, {type: 'only-phase', phase: phases.length + 1}).services).not.toEqual(everything);
  });

  test('goes to what is in its place when its service is filtered away or gone', () => {
    expect(arrange(at('visitor'), {type: 'start-filter'}, typed('login')).selected).toBe('login-init');
    const rows = platformServices.filter(({name}) => name !== 'cache');
    expect(reduceStatusView(at('cache'), {...told, rows}).selected).toBe('store');
  });

  test('meets the filter when the letters and a key that acts arrive in one burst', () => {
    const view = arrange(at('gateway'), {type: 'start-filter'}, typed('missing'), {type: 'keep-filter'});
    expect(statusAction({kind: 'text', text: 'u'}, view, {page: 1, limit: 0})).toEqual({type: 'ask', verb: 'apply', service: 'store'});
  });

  test('with nothing to stand on nothing can be asked', () => {
    const view = arrange(at('gateway'), {type: 'start-filter'}, typed('nobody'), {type: 'keep-filter'});
    expect(statusAction({kind: 'text', text: 'r'}, view, {page: 1, limit: 0})).toEqual({type: 'refuse', why: 'No service is chosen.'});
    expect(arrange(view, {type: 'clear-filter'}).services).toEqual(everything);
  });
});

describe('a sparkline', () => {
  const [blocks, ascii] = [createTheme().figures, createTheme({unicode: false}).figures];

  test.each<readonly [readonly number[], number, string]>([
    [[0, 50, 100], 100, '  ▄█'],
    [[0, 0.1, 200], 100, '  ▁█'],
    [[1, 2, 3, 4, 5], 4, '▄▆██'],
    [[], 100, '    '],
    [[3], 0, '   ▁'],
  ])('of %j against %d', (values, full, expected) => {
    expect(sparkline(values, full, 4, blocks)).toBe(expected);
  });

  test('has a twin in ASCII', () => {
    expect(sparkline([0, 50, 100], 100, 4, ascii)).toBe('  =@');
  });
});
