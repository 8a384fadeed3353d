import {describe, expect, test} from 'vitest';
import type {Plan, PlannedPhase, PlannedService} from '../../source/plan/plan.ts';
import {neededImages} from '../../source/rollout/pull-order.ts';
import {service} from '../helpers/observed.ts';

type Condition = PlannedService['dependsOn'][number]['condition'];

/** A service of an image of its name that may take so many seconds. */
const taking = (name: string, limitSeconds: number, needs: Readonly<Record<string, Condition>> = {}, isJob = false): PlannedService => ({
  ...service(name, {
    image: `${name}:1`,
    limitSeconds,
    isJob,
    dependsOn: Object.entries(needs).map(([needed, condition]) => ({service: needed, condition})),
  }),
  op: 'create',
  neededBy: [],
});

/** All images are pulled but those of `here`; in the order of the services. */
const phase = (id: string, services: readonly PlannedService[], here: readonly string[] = []): PlannedPhase => ({
  id,
  title: id,
  services,
  steps: [...new Set(services.map(({image}) => image))]
    .filter(image => !here.includes(image))
    .map(resource => ({id: `pull/${resource}`, op: 'pull', resource, cause: '', dependsOn: []})),
});

const planOf = (phases: readonly PlannedPhase[], allAtOnce = false): Plan => ({
  ...{project: 'house-dev', files: [], phases, removal: {services: [], networks: []}, allAtOnce, changes: true},
});

const orderOf = (phases: readonly PlannedPhase[], allAtOnce = false) =>
  neededImages(planOf(phases, allAtOnce)).map(({reference}) => reference.replace(':1', ''));

const healthy = (...names: readonly string[]) => Object.fromEntries(names.map(name => [name, 'healthy' as const]));

describe('an image comes before others', () => {
  test.each<[string, readonly PlannedService[], readonly string[]]>([
    ['when its service takes longer', [taking('lamp', 30), taking('oven', 300), taking('clock', 60)], ['oven', 'clock', 'lamp']],
    [
      'when what waits for its service takes longer',
      [taking('clock', 100), taking('wire', 30), taking('lamp', 90, healthy('wire'))],
      ['wire', 'clock', 'lamp'],
    ],
    [
      'when another service depends on its own',
      [taking('pipe', 10), taking('tank', 10, healthy('pipe')), taking('tap', 300, healthy('tank'))],
      ['pipe', 'tank', 'tap'],
    ],
    [
      'not for the start of what only wants it to run',
      [taking('wire', 90), taking('lamp', 40, {wire: 'started'}), taking('clock', 100)],
      ['clock', 'wire', 'lamp'],
    ],
    ['not for being that of a job', [taking('dust', 600, {}, true), taking('oven', 300)], ['oven', 'dust']],
    ['in the order of the plan, where nothing speaks against it', [taking('b', 30), taking('a', 30)], ['b', 'a']],
  ])('%s', (_name, services, order) => expect(orderOf([phase('first', services)])).toEqual(order));
});

test('phases that wait for each other have their images one after the other', () => {
  const phases = [phase('first', [taking('door', 30)]), phase('second', [taking('lamp', 30), taking('oven', 300)])];
  expect(orderOf(phases)).toEqual(['door', 'oven', 'lamp']);
});

test('where no phase waits, the images of the first one come first, and the others in one order', () => {
  const phases = [
    phase('first', [taking('door', 30)]),
    phase('second', [taking('lamp', 60)]),
    phase('third', [taking('oven', 300, healthy('door'))]),
  ];
  expect(orderOf(phases, true)).toEqual(['door', 'oven', 'lamp']);
});

test('an image that several services run from comes as early as the one that needs it most', () => {
  const shared = {...taking('shared', 30), image: 'oven:1'};
  expect(orderOf([phase('first', [shared, taking('lamp', 60), taking('oven', 300)])])).toEqual(['oven', 'lamp']);
});

test('each image with its phase and the build that the lock file names, without those that are here', () => {
  const [first, ...rest] = [phase('first', [taking('door', 30), taking('bell', 60)], ['bell:1']), phase('second', [taking('lamp', 30)])];
  const locked = {...first, steps: first.steps.map(step => ({...step, digest: 'sha256:1'}))};
  expect(neededImages(planOf([locked, ...rest]))).toEqual([
    {reference: 'door:1', parentId: 'phase/first', digest: 'sha256:1'},
    {reference: 'lamp:1', parentId: 'phase/second', digest: undefined},
  ]);
});
