import {describe, expect, test} from 'vitest';
import type {Answers} from '../../source/plan/answers.ts';
import type {ImageLock} from '../../source/plan/image-lock.ts';
import {type WayBackInput, wayBack} from '../../source/plan/way-back.ts';
import type {EarlierState, WorkspaceState} from '../../source/plan/way-back-files.ts';

const phases = ['first', 'second', 'third'];
const phaseOfComponent: Readonly<Record<string, string>> = {door: 'first', lamp: 'second', clock: 'third'};

/** An overlay of services, each with its image, its phase and perhaps a variable or a mounted file. */
const overlay = (...services: readonly (readonly [name: string, phase: string, image: string, more?: string | undefined])[]) =>
  [
    'services:',
    ...services.flatMap(([name, phase, image, more]) => [
      `  ${name}:`,
      `    image: ${image}`,
      `    labels: {infra-wizard.phase: ${phase}, infra-wizard.component: ${name}}`,
      ...(more === undefined ? [] : [`    ${more}`]),
    ]),
    '',
  ].join('\n');

const front = '11-docker-compose.Infra.dev.yml';
const rooms = '12-docker-compose.Infra.dev.rooms.yml';
const extras = '13-docker-compose.Infra.dev.extras.yml';
const own = '90-docker-compose.Infra.dev.local.yml';

const dotenv = (overlays: readonly string[], variables: Readonly<Record<string, string>> = {}) =>
  [
    '# head',
    'COMPOSE_PROJECT_NAME=house-dev',
    'COMPOSE_PATH_SEPARATOR=:',
    `COMPOSE_FILE=${[...overlays, own].join(':')}`,
    '',
    ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    '',
    '# Your own variables belong below this line: what stands there stays as it is.',
    '',
  ].join('\n');

const answers = (components: readonly string[], settings: Answers['settings'] = {}): Answers => ({
  tier: 'small',
  environment: 'dev',
  strategy: 'incremental',
  components: Object.fromEntries(components.map(id => [id, 'standalone'])),
  settings,
});

const locked = (reference: string, digest: string, ...services: readonly string[]): ImageLock[number] => ({
  reference,
  services,
  digests: new Map([['linux/amd64', digest]]),
});

const workspace = (files: Readonly<Record<string, string>>, more: Partial<WorkspaceState> = {}): WorkspaceState => ({
  files: new Map(Object.entries(files)),
  lock: [],
  answers: answers(Object.keys(phaseOfComponent)),
  ...more,
});
const earlier = (at: number, state: WorkspaceState): EarlierState => ({...state, at});

const find = (from: string, now: WorkspaceState, before: Readonly<Record<string, EarlierState>>, more: Partial<WayBackInput> = {}) =>
  wayBack({
    phases,
    from,
    now,
    earlier: new Map(Object.entries(before)),
    phaseOf: ({components}) => new Map(Object.keys(components).map(id => [id, phaseOfComponent[id] ?? ''])),
    dotenvOf: () => undefined,
    ...more,
  });

const found = (...parameters: Parameters<typeof find>) => {
  const way = find(...parameters);
  if ('clash' in way) throw new Error(way.clash);
  return way;
};

const door = (image: string, more?: string) => overlay(['door', 'first', image, more]);
const lamp = (image: string, more?: string) => overlay(['lamp', 'second', image, more]);
const clock = (image: string) => overlay(['clock', 'third', image]);

const before = workspace({[front]: door('door:1'), [rooms]: lamp('lamp:1'), '.env': dotenv([front, rooms])});
const after = workspace({[front]: door('door:2'), [rooms]: lamp('lamp:2'), '.env': dotenv([front, rooms])});

describe('the way back', () => {
  test('of a phase leaves what came up before it as it is now', () => {
    const way = found('second', after, {first: earlier(2, after), second: earlier(1, before)});
    expect([way.phases, way.wider, way.at, way.overlays]).toEqual([['second'], undefined, 1, [front, rooms, own]]);
    expect([way.files.get(front), way.files.get(rooms)]).toEqual([door('door:2'), lamp('lamp:1')]);
  });

  test('takes later phases along, which were not begun: their files are what runs', () => {
    const [old, fresh] = ['clock:1', 'clock:2'].map((image, index) => {
      const base = index === 0 ? before : after;
      return workspace({...Object.fromEntries(base.files), [extras]: clock(image), '.env': dotenv([front, rooms, extras])});
    });
    if (!old || !fresh) throw new Error('two states');
    const way = found('second', fresh, {first: earlier(3, fresh), second: earlier(2, old), third: earlier(1, old)});
    expect([way.phases, way.files.get(extras)]).toEqual([['second', 'third'], clock('clock:1')]);
  });

  test('leaves a later phase that never came up selected, for the next run', () => {
    const fresh = workspace({...Object.fromEntries(after.files), [extras]: clock('clock:2'), '.env': dotenv([front, rooms, extras])});
    const way = found('second', fresh, {first: earlier(2, fresh), second: earlier(1, before)});
    expect([way.overlays, way.files.get(extras)]).toEqual([[front, rooms, extras, own], clock('clock:2')]);
  });

  test('drops an overlay that did not exist, and keeps its file', () => {
    const fresh = workspace({
      ...Object.fromEntries(after.files),
      [extras]: overlay(['heater', 'second', 'heater:1']),
      '.env': dotenv([front, rooms, extras]),
    });
    const way = found('second', fresh, {first: earlier(2, fresh), second: earlier(1, before)});
    expect([way.overlays, way.files.has(extras)]).toEqual([[front, rooms, own], false]);
  });

  test('is the same again from where it led: a roll back that was cut off can be looked for anew', () => {
    const records = {first: earlier(2, after), second: earlier(1, before)};
    const way = found('second', after, records);
    expect(found('second', way, records)).toEqual(way);
  });
});

describe('what both sides share', () => {
  test('an overlay with services of both takes the phase before along', () => {
    const both = (image: string) =>
      workspace({[front]: overlay(['door', 'first', image], ['lamp', 'second', image]), '.env': dotenv([front])});
    const way = found('second', both('x:2'), {first: earlier(2, both('x:1')), second: earlier(1, both('x:1'))});
    expect([way.phases, way.wider]).toEqual([['first', 'second'], `${front} holds services of both`]);
    expect(way.files.get(front)).toBe(overlay(['door', 'first', 'x:1'], ['lamp', 'second', 'x:1']));
  });

  test('each takes its own variables from .env', () => {
    const state = (n: number) =>
      workspace({
        [front]: door('$DOOR'),
        [rooms]: lamp('$LAMP'),
        '.env': dotenv([front, rooms], {DOOR: `door:${n}`, LAMP: `lamp:${n}`}),
      });
    const way = found('second', state(2), {first: earlier(2, state(2)), second: earlier(1, state(1))});
    expect(way.files.get('.env')).toBe(dotenv([front, rooms], {DOOR: 'door:2', LAMP: 'lamp:1'}));
  });

  test('a variable that both use and that changed takes the phase before along', () => {
    const state = (n: number) => workspace({[front]: door('$TAG'), [rooms]: lamp('$TAG'), '.env': dotenv([front, rooms], {TAG: `x:${n}`})});
    const way = found('second', state(2), {first: earlier(1, state(1)), second: earlier(1, state(1))});
    expect([way.phases, way.wider]).toEqual([['first', 'second'], 'both need TAG, which changed']);
    expect(way.files.get('.env')).toBe(dotenv([front, rooms], {TAG: 'x:1'}));
  });

  test('a configuration file that was removed since comes back with what reads its folder, and one that came since does not stay', () => {
    const state = (file: string) =>
      workspace({
        ...{[front]: door('door:1'), [rooms]: lamp('lamp:1', 'volumes: [./config/lamp:/c:ro]')},
        ...{[`config/lamp/${file}`]: file, '.env': dotenv([front, rooms])},
      });
    const way = found('second', state('new.conf'), {first: earlier(2, state('new.conf')), second: earlier(1, state('old.conf'))});
    expect([...way.files.keys()].filter(path => path.startsWith('config/'))).toEqual(['config/lamp/old.conf']);
  });

  test('a configuration file goes with the services that mount it', () => {
    const state = (n: number) =>
      workspace({
        ...{[front]: door('door:1', 'volumes: [./config/door:/c]'), [rooms]: lamp('lamp:1', 'volumes: [./config/lamp/a.conf:/c:ro]')},
        ...{'config/door/a.conf': `door ${n}`, 'config/lamp/a.conf': `lamp ${n}`, '.env': dotenv([front, rooms])},
      });
    const way = found('second', state(2), {first: earlier(2, state(2)), second: earlier(1, state(1))});
    expect([way.files.get('config/door/a.conf'), way.files.get('config/lamp/a.conf')]).toEqual(['door 2', 'lamp 1']);
  });

  test('one image that both run in different builds takes the phase before along', () => {
    const state = (digest: string) => workspace(Object.fromEntries(before.files), {lock: [locked('x:1', digest, 'door', 'lamp')]});
    const way = found('second', state('sha256:b'), {first: earlier(1, state('sha256:a')), second: earlier(1, state('sha256:a'))});
    expect([way.phases, way.wider, way.lock]).toEqual([
      ['first', 'second'],
      'both run x:1, whose build changed',
      [locked('x:1', 'sha256:a', 'door', 'lamp')],
    ]);
  });

  test('where even everything together clashes there is no way, and it is said why', () => {
    const state = (n: number) => workspace({[front]: door('$TAG'), [rooms]: lamp('$TAG'), '.env': dotenv([front, rooms], {TAG: `x:${n}`})});
    expect(find('second', state(2), {second: earlier(1, state(1))})).toEqual({clash: 'both need TAG, which changed'});
  });
});

test('the lock names for each service the build that it goes back to, or the one it has', () => {
  const now = workspace(Object.fromEntries(after.files), {
    lock: [locked('door:2', 'sha256:d2', 'door'), locked('lamp:2', 'sha256:l2', 'lamp')],
  });
  const then = workspace(Object.fromEntries(before.files), {
    lock: [locked('door:1', 'sha256:d1', 'door'), locked('lamp:1', 'sha256:l1', 'lamp')],
  });
  expect(found('second', now, {first: earlier(2, now), second: earlier(1, then)}).lock).toEqual([
    locked('door:2', 'sha256:d2', 'door'),
    locked('lamp:1', 'sha256:l1', 'lamp'),
  ]);
});

test('the answers are those of each side, so that the next run wants what runs', () => {
  const now = workspace(Object.fromEntries(after.files), {
    answers: answers(['door', 'lamp'], {door: {colour: 'red'}, lamp: {power: '60'}, platform: {domain: 'new.example'}}),
  });
  const then = workspace(Object.fromEntries(before.files), {
    answers: answers(['door', 'lamp'], {door: {colour: 'blue'}, lamp: {power: '40'}, platform: {domain: 'old.example'}}),
  });
  const {settings} = found('second', now, {first: earlier(2, now), second: earlier(1, then)}).answers;
  expect(settings).toEqual({door: {colour: 'red'}, lamp: {power: '40'}, platform: {domain: 'new.example'}});
  const all = found('first', now, {first: earlier(1, then), second: earlier(1, then)}).answers;
  expect(all).toEqual(then.answers);
});
