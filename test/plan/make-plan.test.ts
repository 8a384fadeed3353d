import {describe, expect, test} from 'vitest';
import type {KnownVolume} from '../../source/plan/data.ts';
import {formatPlan} from '../../source/plan/format.ts';
import type {ImageLock} from '../../source/plan/image-lock.ts';
import {makePlan, type PlanInput} from '../../source/plan/make-plan.ts';
import type {ServiceModel} from '../../source/plan/model.ts';
import type {ObservedContainer, ObservedEngine, ObservedFile} from '../../source/plan/observed.ts';
import {inDependencyOrder} from '../../source/plan/order.ts';
import {render} from '../../source/plan/render.ts';
import {mergeRendered, readServices} from '../../source/plan/services.ts';
import {container, engineWith, service} from '../helpers/observed.ts';
import {selected, smallCatalog} from '../helpers/small-catalogue.ts';

const catalog = smallCatalog();
const selection = selected(catalog, {components: {lamp: 'standalone'}});
const services = readServices(mergeRendered(render(catalog, selection), selection.values), 'third');
const job = service('dust', {component: 'door', phase: 'first', image: 'door:1.2', isJob: true});

/** All of it runs as it should. */
const running: readonly ObservedContainer[] = [
  container('door', {image: 'door:1.2', health: 'healthy'}),
  container('lamp', {image: 'lamp:2.0'}),
  container('battery', {image: 'battery:3.1', health: 'healthy'}),
];
const images = ['door:1.2', 'lamp:2.0', 'battery:3.1'];

interface World {
  readonly engine?: ObservedEngine | undefined;
  readonly files?: readonly ObservedFile[];
  readonly lock?: ImageLock;
  readonly hashes?: ReadonlyMap<string, string>;
  readonly services?: readonly ServiceModel[];
  readonly data?: readonly KnownVolume[];
  readonly more?: Partial<PlanInput>;
}

const plan = ({
  engine = engineWith(running, images),
  files = [],
  lock = [],
  hashes = new Map(),
  services: given = services,
  data = [],
  more = {},
}: World) => makePlan({catalog, selection, services: given, observed: {engine, files, lock, hashes, data}, ...more});

const text = (world: World) => `\n${formatPlan(plan(world)).join('\n')}\n`;

/** The containers above, some of them otherwise. */
const but = (changes: Readonly<Record<string, Partial<ObservedContainer>>>) =>
  engineWith(
    running.map(one => ({...one, ...changes[one.service]})),
    images,
  );

test('nothing is there: everything is pulled and created, dependencies first', () => {
  const files: readonly ObservedFile[] = [
    {path: '11-docker-compose.Infra.dev.yml', state: 'new'},
    {path: '.env', state: 'new'},
  ];
  expect(text({engine: engineWith([], []), files})).toBe(`
Files
  write     11-docker-compose.Infra.dev.yml  not there yet
  write     .env                             not there yet
Phase 1 of 2: Ground floor
  pull      door:1.2  not on this host
  create    door      not there yet; part of every platform
Phase 2 of 2: Rooms
  pull      battery:3.1  not on this host
  pull      lamp:2.0     not on this host
  create    battery      not there yet; required by Lamp
  create    lamp         not there yet; picked
2 to write, 3 to pull, 3 to create.
`);
});

test('without an engine the plan is the same', () => {
  const without = makePlan({catalog, selection, services, observed: {engine: undefined, files: [], lock: [], hashes: new Map()}});
  expect(without).toEqual(plan({engine: engineWith([], [])}));
});

test('everything is right', () => {
  expect(text({files: [{path: '.env', state: 'same'}]})).toBe(`
Files
  keep      1 file  as it should be
Phase 1 of 2: Ground floor
  keep      door  runs as its overlay says
Phase 2 of 2: Rooms
  keep      battery  runs as its overlay says
  keep      lamp     runs as its overlay says
Nothing to do: everything is as selected.
`);
});

test('a step knows what it waits for', () => {
  expect(plan({engine: engineWith([], [])}).phases[1]?.steps.map(({id, dependsOn}) => [id, dependsOn])).toEqual([
    ['pull/battery:3.1', []],
    ['pull/lamp:2.0', []],
    ['create/battery', ['pull/battery:3.1']],
    ['create/lamp', ['pull/lamp:2.0', 'battery']],
  ]);
});

const doorLine = (world: World) =>
  formatPlan(plan(world))
    .filter(line => / (door|dust) /.test(line))
    .at(-1);

describe('a service that is there', () => {
  test.each<[string, Partial<ObservedContainer>, string]>([
    ['from another image', {image: 'door:1.1'}, '  recreate  door  image changes from door:1.1 to door:1.2'],
    ['from what its image meant before', {imageId: 'sha256:old'}, '  recreate  door  door:1.2 means another image now'],
    ['stopped', {state: 'exited', exitCode: 0, health: undefined}, '  start     door  stopped with code 0'],
    ['killed', {state: 'exited', exitCode: 137, health: undefined}, '  start     door  stopped with code 137'],
    ['unhealthy', {health: 'unhealthy'}, '  start     door  runs, but is unhealthy'],
    ['still starting', {health: 'starting'}, '  keep      door  runs as its overlay says'],
    ['paused', {state: 'paused'}, '  start     door  is paused'],
    ['restarting', {state: 'restarting', health: undefined}, '  start     door  is restarting'],
    ['created only', {state: 'created', health: undefined}, '  start     door  is created'],
    ['dead', {state: 'dead', health: undefined}, '  start     door  is dead'],
  ])('%s', (_, change, line) => {
    expect(doorLine({engine: but({door: change})})).toBe(line);
  });

  test('with fewer or more replicas than are wanted', () => {
    const withReplicas = (replicas: number) => {
      const changed = services.map(service => (service.name === 'door' ? {...service, replicas} : service));
      return doorLine({services: changed});
    };
    expect(withReplicas(1)).toBe('  keep      door  runs as its overlay says');
    expect(withReplicas(2)).toBe('  start     door  replicas: 1 there, 2 wanted');
    expect(withReplicas(0)).toBe('  start     door  replicas: 1 there, 0 wanted');
  });

  test('with other settings than its overlay now has', () => {
    const hashes = new Map([
      ['door', 'new'],
      ['lamp', 'hash-lamp'],
      ['battery', 'hash-battery'],
    ]);
    expect(text({hashes})).toBe(`
Files
Phase 1 of 2: Ground floor
  recreate  door  its settings changed
Phase 2 of 2: Rooms
  keep      battery  runs as its overlay says
  keep      lamp     runs as its overlay says
1 to recreate.
`);
  });

  test('without a hash, which compose did not make', () => {
    expect(doorLine({engine: but({door: {configHash: undefined}}), hashes: new Map([['door', 'hash-door']])})).toBe(
      '  recreate  door  its settings changed',
    );
  });

  test('unhealthy in a way nobody checks', () => {
    expect(formatPlan(plan({engine: but({lamp: {health: 'unhealthy'}})})).at(-1)).toBe('Nothing to do: everything is as selected.');
  });
});

describe('a job', () => {
  test.each<[string, Partial<ObservedContainer>, string]>([
    ['that is finished', {state: 'exited', exitCode: 0}, '  keep      dust  runs as its overlay says'],
    ['that failed', {state: 'exited', exitCode: 3}, '  start     dust  ended with code 3'],
    ['that is at work', {state: 'running'}, '  start     dust  is running'],
    ['of another image', {state: 'exited', exitCode: 0, image: 'door:1.1'}, '  recreate  dust  image changes from door:1.1 to door:1.2'],
  ])('%s', (_, change, line) => {
    const engine = engineWith([...running, container('dust', {image: 'door:1.2', ...change})], images);
    expect(doorLine({engine, services: [...services, job]})).toBe(line);
  });

  const finished = container('dust', {image: 'door:1.2', state: 'exited', exitCode: 0, startedAt: 10, finishedAt: 100});
  const line = (given: ServiceModel, {made = 50, without = ''}: {readonly made?: number; readonly without?: string} = {}) => {
    const there = running.map(one => (one.service === 'battery' ? {...one, volumes: ['house-dev_battery-data']} : one));
    const containers = [...there.filter(one => one.service !== without), finished];
    const engine = {...engineWith(containers, images), volumes: new Map([['house-dev_battery-data', made]])};
    const lines = formatPlan(plan({engine, services: [...services, given]}));
    return lines
      .find(text => text.includes(' dust '))
      ?.trim()
      .replace(/ +/g, ' ');
  };
  const again = 'start dust has to prepare battery again, which is newer than its last run';

  /** The lamp needs the battery, which keeps data. */
  test.each<[string, ServiceModel]>([
    ['depends on what needs a service with data', {...job, dependsOn: [{service: 'lamp', condition: 'started'}]}],
    ['belongs to a component that requires one with data', {...job, component: 'lamp'}],
  ])('that is finished and %s runs again when that data was lost', (_, given) => {
    expect(line(given)).toBe('keep dust runs as its overlay says');
    expect(line(given, {made: 200})).toBe(again);
    expect(line(given, {without: 'battery'})).toBe(again);
  });

  test('that is finished has nothing to do with the data of others', () => {
    expect(line(job, {made: 200})).toBe('keep dust runs as its overlay says');
    expect(line({...job, component: undefined}, {without: 'battery'})).toBe('keep dust runs as its overlay says');
  });
});

test('what runs and is not selected is left alone, and is no change', () => {
  const engine = engineWith([...running, container('candle', {image: 'candle:1.0'})], images);
  expect(text({engine})).toBe(`
Files
Phase 1 of 2: Ground floor
  keep      door  runs as its overlay says
Phase 2 of 2: Rooms
  keep      battery  runs as its overlay says
  keep      lamp     runs as its overlay says
  leave     candle   not set up by infra-wizard; left alone
Nothing to do: everything is as selected.
`);
});

test("a service of the operator's own overlay comes last, unless something earlier needs it", () => {
  const shed = service('shed', {component: undefined, phase: 'third', image: 'shed:1'});
  const engine = engineWith(running, images);
  expect(text({engine, services: [...services, shed]})).toBe(`
Files
Phase 1 of 3: Ground floor
  keep      door  runs as its overlay says
Phase 2 of 3: Rooms
  keep      battery  runs as its overlay says
  keep      lamp     runs as its overlay says
Phase 3 of 3: Extras
  pull      shed:1  not on this host
  create    shed    not there yet; in your own overlay
1 to pull, 1 to create.
`);
  const needing = services.map(one =>
    one.name === 'door' ? {...one, dependsOn: [{service: 'shed', condition: 'started' as const}]} : one,
  );
  expect(plan({engine, services: [...needing, shed]}).phases.map(({id, services: members}) => [id, members.map(({name}) => name)])).toEqual(
    [
      ['first', ['shed', 'door']],
      ['second', ['battery', 'lamp']],
    ],
  );
});

test('an image that two phases need is pulled in the first', () => {
  const twin = service('twin', {component: 'lamp', phase: 'second', image: 'door:1.2'});
  const pulls = plan({engine: engineWith([], []), services: [...services, twin]}).phases.map(({steps}) =>
    steps.filter(({op}) => op === 'pull').map(({resource}) => resource),
  );
  expect(pulls).toEqual([['door:1.2'], ['battery:3.1', 'lamp:2.0']]);
});

test('files that the operator changed', () => {
  const files: readonly ObservedFile[] = [
    {path: 'a.yml', state: 'edited'},
    {path: 'b.yml', state: 'conflict'},
    {path: 'c.yml', state: 'outdated'},
  ];
  expect(formatPlan(plan({files})).slice(0, 4)).toEqual([
    'Files',
    '  keep      a.yml  edited by you, nothing new to write',
    '  write     b.yml  edited by you, and what would be written changed too',
    '  write     c.yml  differs from what was selected',
  ]);
  expect(plan({files: files.slice(0, 1)}).changes).toBe(false);
});

test('files that are right are counted', () => {
  const files: readonly ObservedFile[] = [
    {path: 'a.yml', state: 'same'},
    {path: 'b.yml', state: 'new'},
    {path: 'c.yml', state: 'same'},
  ];
  expect(formatPlan(plan({files})).slice(0, 4)).toEqual([
    'Files',
    '  write     b.yml    not there yet',
    '  keep      2 files  as they should be',
    'Phase 1 of 2: Ground floor',
  ]);
});

test('until a phase, and no further', () => {
  expect(text({engine: engineWith([], []), more: {until: 'first'}})).toBe(`
Files
Phase 1 of 1: Ground floor
  pull      door:1.2  not on this host
  create    door      not there yet; part of every platform
1 to pull, 1 to create.
`);
});

test('who can not do without a service', () => {
  expect(plan({}).phases.flatMap(phase => phase.services.map(({name, neededBy}) => [name, neededBy]))).toEqual([
    ['door', ['the platform']],
    ['battery', ['lamp', 'Lamp']],
    ['lamp', []],
  ]);
});

test('the strategy decides whether phases wait for each other', () => {
  const all = selected(catalog, {strategy: 'all-in-one'});
  expect([plan({}).allAtOnce, plan({more: {selection: all}}).allAtOnce, plan({}).project]).toEqual([false, true, 'house-dev']);
});

test('a circle of dependencies is cut, so that compose can refuse it in its own words', () => {
  const circle = ['a', 'b', 'c'].map((name, index, names) =>
    service(name, {dependsOn: [{service: names[(index + 1) % 3] ?? '', condition: 'healthy'}]}),
  );
  expect(inDependencyOrder(circle).map(({name}) => name)).toEqual(['c', 'b', 'a']);
  expect(inDependencyOrder([service('self', {dependsOn: [{service: 'self', condition: 'started'}]})]).map(({name}) => name)).toEqual([
    'self',
  ]);
  expect(plan({services: circle, engine: engineWith([], [])}).phases.flatMap(phase => phase.services.map(({name}) => name))).toEqual([
    'c',
    'b',
    'a',
  ]);
});

test('a dependency outside the model is no reason to wait or to fail', () => {
  const lonely = service('lonely', {phase: 'first', dependsOn: [{service: 'elsewhere', condition: 'healthy'}]});
  expect(plan({services: [lonely]}).phases[0]?.services.map(({name}) => name)).toEqual(['lonely']);
});

test('the plan says what the engine says without what a terminal would obey', () => {
  const engine = engineWith(
    [...running.slice(1), container('door', {image: 'door\u001b[2J:1.1'}), container('bad\u001b]0;x\u0007name')],
    images,
  );
  expect(formatPlan(plan({engine})).join('\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
});

describe('the lock file', () => {
  const digest = (figure: string) => `sha256:${figure.repeat(64)}`;
  const lock: ImageLock = [{reference: 'lamp:2.0', services: ['lamp'], digests: new Map([['linux/amd64', digest('a')]])}];
  const withLamp = (containers: readonly ObservedContainer[], digests: readonly string[]): ObservedEngine => {
    const engine = engineWith(containers, images);
    return {...engine, images: new Map([...engine.images, ['lamp:2.0', {id: 'sha256:lamp:2.0', digests}]])};
  };
  const stepsOf = (engine: ObservedEngine, of = 'lamp') =>
    plan({engine, lock})
      .phases.flatMap(({steps}) => steps)
      .filter(({resource}) => resource.startsWith(of))
      .map(({op, cause, digest: build}) => [op, cause, build]);

  test('a missing image is pulled as the build it names', () => {
    expect(
      stepsOf(
        engineWith(
          [],
          images.filter(image => image !== 'lamp:2.0'),
        ),
      )[0],
    ).toEqual(['pull', 'not on this host; infra.lock.yml names sha256:aaaaaaaaaaaa', digest('a')]);
  });

  test('another build on this host is replaced, with the container that runs it', () => {
    expect(stepsOf(withLamp(running, [digest('b')]))).toEqual([
      ['pull', 'another build is on this host; infra.lock.yml names sha256:aaaaaaaaaaaa', digest('a')],
      ['recreate', 'infra.lock.yml names another build of lamp:2.0', undefined],
    ]);
  });

  test.each([
    ['the very build', [digest('a')]],
    ['the build, which another registry name shares', [digest('b'), digest('a')]],
    ['an image that was built here', []],
  ])('%s stays', (_, digests) => {
    expect(stepsOf(withLamp(running, digests)).map(([op]) => op)).toEqual(['keep']);
  });
});

describe('data', () => {
  const volumes = [{name: 'house-dev_charge', services: ['battery'], components: ['battery']}];
  const data = [{name: 'house-dev_charge', madeAt: 1, seenAt: 2}];
  const withoutBattery = engineWith(
    running.filter(({service: name}) => name !== 'battery'),
    images,
  );
  const battery = (engine: ObservedEngine) => {
    const {phases} = plan({engine, data, more: {volumes}});
    const steps = phases.flatMap(phase => phase.steps).filter(({resource}) => resource === 'battery');
    const [found] = phases.flatMap(phase => phase.services).filter(({name}) => name === 'battery');
    return [...steps.map(({op, cause}) => `${op}: ${cause}`), found?.data];
  };

  test('that is there is looked for again before its service starts', () => {
    expect(battery({...withoutBattery, volumes: new Map([['house-dev_charge', 1]])})).toEqual([
      'create: not there yet; required by Lamp',
      ['house-dev_charge'],
    ]);
  });

  test('that is gone is said where its service is made', () => {
    expect(battery(withoutBattery)).toEqual([
      'create: not there yet; required by Lamp; starts empty, because house-dev_charge with its data is gone',
      undefined,
    ]);
  });
});
