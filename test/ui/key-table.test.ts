/** The same keys mean the same everywhere. */
import {describe, expect, test} from 'vitest';
import {type Key, keyName} from '../../source/ui/keys.ts';
import {rolloutAction} from '../../source/ui/rollout/keys.ts';
import {type RolloutView, reduceRolloutView, startRolloutView} from '../../source/ui/rollout/state.ts';
import {isConfirmed} from '../../source/ui/status/actions.ts';
import {statusHelp} from '../../source/ui/status/help.ts';
import {paletteChoices, statusAction} from '../../source/ui/status/keys.ts';
import type {LogAction} from '../../source/ui/status/log-view.ts';
import {reduceStatusView, type StatusAction, type StatusView, startStatusView} from '../../source/ui/status/state.ts';
import {wizardAction} from '../../source/ui/wizard/keys.ts';
import type {ScreenName, WizardState} from '../../source/ui/wizard/state.ts';
import {startWizard} from '../../source/ui/wizard.ts';
import {catalogue} from './catalogue.ts';
import {answers, outOfMemory, review, services, unhealthy} from './fixtures.ts';
import {rollBack} from './rollouts.ts';

const context = {page: 10, limit: 50, from: 0};

const text = (character: string): Key => ({kind: 'text', text: character});
const named = (name: Extract<Key, {kind: 'named'}>['name']): Key => ({kind: 'named', name});
const ctrlC: Key = {kind: 'ctrl', letter: 'c'};

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/?. -_<>';
const every: readonly Key[] = [
  ...letters.split('').map(text),
  ...(
    [
      'up',
      'down',
      'left',
      'right',
      'page-up',
      'page-down',
      'home',
      'end',
      'enter',
      'escape',
      'tab',
      'shift-tab',
      'backspace',
      'delete',
    ] as const
  ).map(named),
  ...letters
    .slice(0, 26)
    .split('')
    .map((letter): Key => ({kind: 'ctrl', letter})),
  {kind: 'paste', text: 'pasted'},
];

const start: WizardState = {...startWizard(catalogue, {answers}), review: {status: 'ready', value: review}};

/** Every screen of the wizard that takes keys itself, with the cursor where it begins. */
const screens: Readonly<Record<Exclude<ScreenName, 'rollout' | 'status'>, WizardState>> = {
  welcome: start,
  checks: {...start, screen: {name: 'checks'}},
  basics: {...start, screen: {name: 'basics'}},
  components: {...start, screen: {name: 'components'}},
  instances: {...start, screen: {name: 'instances', base: 'site'}},
  removal: {...start, screen: {name: 'removal'}},
  edited: {...start, screen: {name: 'edited', path: '.env', cursor: 0}},
  profiles: {...start, screen: {name: 'profiles'}},
  naming: {...start, screen: {name: 'naming', base: 'site'}},
  settings: {...start, screen: {name: 'settings', from: 'components'}},
  review: {...start, screen: {name: 'review'}},
  profile: {...start, screen: {name: 'profile', saving: false}},
  writing: {...start, screen: {name: 'writing'}},
  written: {...start, screen: {name: 'written', paths: []}},
};
const names = Object.keys(screens) as (keyof typeof screens)[];

/** Where Enter does something else than going on; what is removed is not removed by Enter. */
const onEnter: Readonly<Record<string, string>> = {
  instances: 'instance',
  profiles: 'profiles',
  removal: 'back',
  edited: 'choose-edited',
  writing: 'quit',
  written: 'quit',
};

/** Every letter is text on these. */
const typed: readonly string[] = ['naming', 'settings', 'profile'];
const untyped = names.filter(name => !typed.includes(name));

const meaning = (key: Key, state: WizardState) => {
  const action = wizardAction(key, state, catalogue, context);
  return action?.type === 'move' ? action.motion : action?.type;
};

describe('on every screen of the wizard', () => {
  test.each(names)('%s: Enter goes on, Esc back, Ctrl+C ends', name => {
    const state = screens[name];
    expect([named('escape'), ctrlC].map(key => meaning(key, state))).toEqual(['back', 'interrupt']);
    expect(meaning(named('enter'), state)).toBe(onEnter[name] ?? 'forward');
  });

  test.each(untyped)('%s: ? is help, q quits, arrows and j k, g G, Home End, PgUp PgDn move', name => {
    const state = screens[name];
    const pressed = [
      text('?'),
      text('q'),
      named('down'),
      text('j'),
      named('up'),
      text('k'),
      text('g'),
      named('home'),
      text('G'),
      named('end'),
    ];
    expect([...pressed, named('page-down'), named('page-up')].map(key => meaning(key, state))).toEqual([
      'toggle-help',
      'quit',
      'next',
      'next',
      'previous',
      'previous',
      'first',
      'first',
      'last',
      'last',
      'page-down',
      'page-up',
    ]);
  });

  test.each(typed)('%s: letters, digits and signs are typed, and nothing else happens', name => {
    const state = screens[name as keyof typeof screens];
    const other = letters.split('').filter(letter => meaning(text(letter), state) !== 'edit');
    expect(other).toEqual(name === 'settings' ? ['?'] : []);
    expect(meaning({kind: 'paste', text: 'q'}, state)).toBe('edit');
  });

  test.each(names)('%s: over the help ?, q, Esc and Enter close it, and nothing behind it changes', name => {
    const state = {...screens[name], help: true};
    expect([text('?'), text('q'), named('escape'), named('enter')].map(key => meaning(key, state))).toEqual(Array(4).fill('close-help'));
    const reached = new Set(every.map(key => wizardAction(key, state, catalogue, context)?.type));
    reached.delete(undefined);
    expect([...reached].sort()).toEqual(['close-help', 'interrupt', 'move']);
  });
});

const rollouts: Readonly<Record<string, RolloutView>> = {
  running: startRolloutView,
  'asking about a roll back': reduceRolloutView(
    reduceRolloutView(reduceRolloutView(startRolloutView, {type: 'asked', failures: [unhealthy], rollBack}), {
      type: 'select',
      select: {type: 'move', motion: 'next'},
    }),
    {type: 'select', select: {type: 'choose'}},
  ),
  asking: reduceRolloutView(startRolloutView, {type: 'asked', failures: [unhealthy, outOfMemory]}),
  quitting: reduceRolloutView(startRolloutView, {type: 'quit'}),
  finished: reduceRolloutView(startRolloutView, {type: 'finished'}),
  help: reduceRolloutView(startRolloutView, {type: 'toggle-help'}),
};

const after = (...actions: readonly StatusAction[]): StatusView =>
  actions.reduce(
    reduceStatusView,
    reduceStatusView(startStatusView, {type: 'services', services: services.map(({name}) => name), rows: services}),
  );
const log = (action: LogAction): StatusAction => ({type: 'log', log: action});
const openLogs: StatusAction = {type: 'open-page', tab: 'logs'};

const statuses = {
  table: after(),
  page: after({type: 'open-page', tab: 'health'}),
  logs: after(openLogs),
  unwrapped: after(openLogs, log({type: 'wrap'})),
  typing: after(openLogs, log({type: 'search'})),
  palette: after({type: 'open-palette'}),
  confirm: after({type: 'ask', verb: 'stop', service: 'gateway'}),
  help: after({type: 'toggle-help'}),
} as const satisfies Readonly<Record<string, StatusView>>;

type Named = readonly [name: string, type: string];

const bound = (actionOf: (key: Key) => {readonly type: string} | undefined): readonly Named[] =>
  every.flatMap(key => {
    const action = actionOf(key);
    return action && !['scroll', 'move', 'select', 'arrange'].includes(action.type) ? [[keyName(key), action.type] as const] : [];
  });

describe('while a rollout runs', () => {
  test.each<readonly [string, readonly Named[]]>([
    [
      'running',
      [
        ['e', 'fold-all'],
        ['f', 'follow'],
        ['i', 'toggle-layers'],
        ['q', 'quit'],
        ...'123456789'.split('').map((digit): Named => [digit, 'fold']),
        ['?', 'toggle-help'],
        ['enter', 'forward'],
        ['escape', 'follow'],
        ['ctrl+c', 'interrupt'],
      ],
    ],
    [
      'asking',
      [
        ['q', 'dismiss'],
        ['?', 'toggle-help'],
        ['escape', 'dismiss'],
        ['tab', 'next-failure'],
        ['shift-tab', 'previous-failure'],
        ['ctrl+c', 'interrupt'],
      ],
    ],
    [
      'asking about a roll back',
      [
        ['q', 'dismiss'],
        ['?', 'toggle-help'],
        ['escape', 'dismiss'],
        ['tab', 'next-failure'],
        ['shift-tab', 'previous-failure'],
        ['ctrl+c', 'interrupt'],
      ],
    ],
    [
      'help',
      [
        ['q', 'toggle-help'],
        ['?', 'toggle-help'],
        ['enter', 'toggle-help'],
        ['escape', 'toggle-help'],
        ['ctrl+c', 'interrupt'],
      ],
    ],
  ])('%s', (name, expected) => {
    const view = rollouts[name] ?? startRolloutView;
    expect(bound(key => rolloutAction(key, view, context))).toEqual(expected);
  });

  test('no single key stops it but Ctrl+C, which lets the step under way end', () => {
    for (const view of [rollouts.running, rollouts.help, rollouts.quitting]) {
      for (const key of every) {
        const action = view && rolloutAction(key, view, context);
        if (!view || !action || action.type === 'interrupt') continue;
        expect([keyName(key), reduceRolloutView(view, action).stop]).toEqual([keyName(key), 'no']);
      }
    }
    expect(reduceRolloutView(startRolloutView, {type: 'interrupt'}).stop).toBe('after-step');
  });

  test('Shift-Tab leads to the failure before, round and round', () => {
    const {question} = reduceRolloutView(rollouts.asking ?? startRolloutView, {type: 'previous-failure'});
    expect(question).toMatchObject({kind: 'failures', shown: 1});
  });
});

/** What is done, in a word: the verb, or what happens to the log. */
const shortly = (action: StatusAction | undefined): string | undefined => {
  if (action?.type === 'ask' || action?.type === 'do') return `${action.type} ${action.verb}`;
  if (action?.type === 'log') return action.log.type === 'scroll' ? undefined : `log ${action.log.type}`;
  if (action?.type === 'tab') return `tab ${action.tab}`;
  return action && ['scroll', 'move', 'select', 'arrange'].includes(action.type) ? undefined : action?.type;
};

const meanings = (view: StatusView): Readonly<Record<string, string>> =>
  Object.fromEntries(
    every.flatMap(key => {
      const said = shortly(statusAction(key, view, context));
      return said === undefined ? [] : [[keyName(key), said]];
    }),
  );

/** The service under the cursor runs and has an address. */
const acting = {
  r: 'ask restart',
  s: 'ask stop',
  S: 'refuse',
  u: 'ask apply',
  e: 'do shell',
  o: 'do open',
  W: 'do save',
};
const anywhere = {...acting, '?': 'toggle-help', q: 'quit', 'ctrl+c': 'interrupt'};
const numbered = {
  1: 'tab overview',
  2: 'tab logs',
  3: 'tab health',
  4: 'tab environment',
  5: 'tab networks',
  6: 'tab mounts',
  tab: 'next-tab',
  'shift-tab': 'previous-tab',
};
const inLogs = {
  ...anywhere,
  ...numbered,
  '/': 'log search',
  n: 'log match',
  N: 'log match',
  f: 'log follow',
  w: 'log wrap',
  t: 'log timestamps',
  l: 'close-page',
  escape: 'close-page',
};

const filtering = reduceStatusView(statuses.table, {type: 'arrange', arrange: {type: 'start-filter'}});

describe('over what runs', () => {
  const arrangement = (view: StatusView) =>
    every.flatMap(key => {
      const action = statusAction(key, view, context);
      return action?.type === 'arrange' && action.arrange.type !== 'edit-filter' ? [[keyName(key), action.arrange] as const] : [];
    });

  test('keys choose what the table shows and in which order', () => {
    expect(arrangement(statuses.table)).toEqual(
      expect.arrayContaining([
        ['a', {type: 'all-phases'}],
        ['I', {type: 'reverse'}],
        ['0', {type: 'all-phases'}],
        ['1', {type: 'only-phase', phase: 1}],
        ['9', {type: 'only-phase', phase: 9}],
        ['/', {type: 'start-filter'}],
        ['<', {type: 'sort', by: -1}],
        ['>', {type: 'sort', by: 1}],
      ]),
    );
    for (const view of [statuses.page, statuses.logs, statuses.confirm, statuses.help]) expect(arrangement(view)).toEqual([]);
  });

  test('while a filter is typed every letter is its text, Enter keeps it and Esc clears it', () => {
    expect(arrangement(filtering)).toEqual([
      ['enter', {type: 'keep-filter'}],
      ['escape', {type: 'clear-filter'}],
    ]);
    for (const letter of 'qrljkgGa0/?') {
      expect(statusAction({kind: 'text', text: letter}, filtering, context)).toEqual({
        type: 'arrange',
        arrange: {type: 'edit-filter', edit: {type: 'insert', text: letter}},
      });
    }
    expect(statusAction({kind: 'named', name: 'down'}, filtering, context)).toMatchObject({type: 'move'});
    expect(statusAction({kind: 'ctrl', letter: 'c'}, filtering, context)).toEqual({type: 'interrupt'});
  });

  test.each<readonly [keyof typeof statuses, Readonly<Record<string, string>>]>([
    ['table', {...anywhere, l: 'open-page', enter: 'open-page', escape: 'dismiss'}],
    ['page', {...anywhere, ...numbered, left: 'previous-tab', right: 'next-tab', l: 'tab logs', escape: 'close-page'}],
    ['logs', {...inLogs, left: 'previous-tab', right: 'next-tab'}],
    ['unwrapped', {...inLogs, left: 'log sideways', right: 'log sideways'}],
    ['confirm', {n: 'dismiss', q: 'dismiss', escape: 'dismiss', 'ctrl+c': 'interrupt'}],
    ['help', {'?': 'toggle-help', q: 'toggle-help', escape: 'toggle-help', enter: 'toggle-help', 'ctrl+c': 'interrupt'}],
  ])('%s', (name, expected) => {
    expect(meanings(statuses[name])).toEqual(expected);
  });

  test('a colon opens the palette wherever keys are no letters', () => {
    const colon = text(':');
    const opened = Object.entries(statuses).filter(([, view]) => statusAction(colon, view, context)?.type === 'open-palette');
    expect(opened.map(([name]) => name)).toEqual(['table', 'page', 'logs', 'unwrapped']);
  });

  test.each(['typing', 'palette'] as const)('%s: letters, digits and signs are typed, and nothing else happens', name => {
    for (const letter of letters) {
      const action = statusAction(text(letter), statuses[name], context);
      expect([letter, action]).toMatchObject([letter, name === 'typing' ? {log: {type: 'edit'}} : {palette: {type: 'edit'}}]);
    }
  });

  test('no single key takes anything away: it is asked first, and the first answer is no', () => {
    for (const view of Object.values(statuses)) {
      for (const key of every) {
        const action = statusAction(key, view, context);
        const asked = action ? reduceStatusView(view, action).asked : [];
        expect([keyName(key), asked.filter(({verb}) => isConfirmed(verb))]).toEqual([keyName(key), []]);
      }
    }
    const {confirm} = statuses;
    expect(reduceStatusView(confirm, {type: 'select', select: {type: 'choose'}})).toMatchObject({asked: [], busy: []});
  });

  test('every entry of the palette does what its key does', () => {
    for (const view of [statuses.table, statuses.page, statuses.logs]) {
      const choices = paletteChoices(reduceStatusView(view, {type: 'open-palette'}), context);
      expect(choices.length).toBeGreaterThan(8);
      for (const {key, action} of choices) expect([keyName(key), action]).toEqual([keyName(key), statusAction(key, view, context)]);
      expect(choices.filter(({action}) => action === undefined)).toEqual([]);
    }
  });

  test('every key that does something is in the help', () => {
    const told = statusHelp.flatMap(({entries}) => entries.map(({keys, does}) => `${keys} ${does}`)).join('\n');
    const spoken: Readonly<Record<string, string>> = {
      'ctrl+c': 'Ctrl+C',
      'shift-tab': 'Shift-Tab',
      tab: 'Tab',
      enter: 'Enter',
      escape: 'Esc',
    };
    const used = [statuses.table, statuses.page, statuses.logs].flatMap(view => Object.keys(meanings(view)));
    const missing = [...new Set(used)].filter(name => !/^(?:[1-6]|left|right)$/.test(name) && !told.includes(spoken[name] ?? name));
    expect(missing).toEqual([]);
    expect(told).toMatch(/1-6/);
  });
});
