/** The same keys mean the same everywhere. */
import {describe, expect, test} from 'vitest';
import {type Key, keyName} from '../../source/ui/keys.ts';
import {rolloutAction} from '../../source/ui/rollout/keys.ts';
import {type RolloutView, reduceRolloutView, startRolloutView} from '../../source/ui/rollout/state.ts';
import {statusAction} from '../../source/ui/status/keys.ts';
import {reduceStatusView, type StatusView, startStatusView} from '../../source/ui/status/state.ts';
import {wizardAction} from '../../source/ui/wizard/keys.ts';
import type {ScreenName, WizardState} from '../../source/ui/wizard/state.ts';
import {startWizard} from '../../source/ui/wizard.ts';
import {catalogue} from './catalogue.ts';
import {answers, outOfMemory, review, unhealthy} from './fixtures.ts';

const context = {page: 10, limit: 50, from: 0};

const text = (character: string): Key => ({kind: 'text', text: character});
const named = (name: Extract<Key, {kind: 'named'}>['name']): Key => ({kind: 'named', name});
const ctrlC: Key = {kind: 'ctrl', letter: 'c'};

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/?. -_';
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
  asking: reduceRolloutView(startRolloutView, {type: 'asked', failures: [unhealthy, outOfMemory]}),
  quitting: reduceRolloutView(startRolloutView, {type: 'quit'}),
  finished: reduceRolloutView(startRolloutView, {type: 'finished'}),
  help: reduceRolloutView(startRolloutView, {type: 'toggle-help'}),
};

const statuses: Readonly<Record<string, StatusView>> = {
  table: reduceStatusView(startStatusView, {type: 'services', services: ['a', 'b']}),
  logs: reduceStatusView(reduceStatusView(startStatusView, {type: 'services', services: ['a', 'b']}), {type: 'open-logs'}),
  restart: reduceStatusView(reduceStatusView(startStatusView, {type: 'services', services: ['a', 'b']}), {type: 'ask-restart'}),
  help: reduceStatusView(startStatusView, {type: 'toggle-help'}),
};

type Named = readonly [name: string, type: string];

const bound = (actionOf: (key: Key) => {readonly type: string} | undefined): readonly Named[] =>
  every.flatMap(key => {
    const action = actionOf(key);
    return action && !['scroll', 'move', 'select'].includes(action.type) ? [[keyName(key), action.type] as const] : [];
  });

describe('while a rollout runs', () => {
  test.each<readonly [string, readonly Named[]]>([
    [
      'running',
      [
        ['f', 'follow'],
        ['i', 'toggle-layers'],
        ['q', 'quit'],
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

describe('over what runs', () => {
  test.each<readonly [string, readonly Named[]]>([
    [
      'table',
      [
        ['l', 'open-logs'],
        ['q', 'quit'],
        ['r', 'ask-restart'],
        ['?', 'toggle-help'],
        ['enter', 'open-logs'],
        ['escape', 'dismiss'],
        ['ctrl+c', 'interrupt'],
      ],
    ],
    [
      'logs',
      [
        ['f', 'follow'],
        ['l', 'close-logs'],
        ['q', 'quit'],
        ['r', 'ask-restart'],
        ['?', 'toggle-help'],
        ['escape', 'close-logs'],
        ['ctrl+c', 'interrupt'],
      ],
    ],
    [
      'restart',
      [
        ['n', 'dismiss'],
        ['q', 'dismiss'],
        ['escape', 'dismiss'],
        ['ctrl+c', 'interrupt'],
      ],
    ],
  ])('%s', (name, expected) => {
    const view = statuses[name] ?? startStatusView;
    expect(bound(key => statusAction(key, view, context))).toEqual(expected);
  });

  test('no single key restarts a service: it is asked first, and the first answer is no', () => {
    for (const view of Object.values(statuses)) {
      for (const key of every) {
        const action = statusAction(key, view, context);
        expect([keyName(key), action ? reduceStatusView(view, action).asked : undefined]).toEqual([keyName(key), undefined]);
      }
    }
  });
});
