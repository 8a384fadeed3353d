import {describe, expect, test} from 'vitest';
import type {ServiceModel} from '../../source/plan/model.ts';
import type {ObservedContainer} from '../../source/plan/observed.ts';
import {planRollBack, type RollBackInput} from '../../source/plan/roll-back.ts';
import {planRemoval} from '../../source/plan/roll-back-removal.ts';
import {rollBackLines} from '../../source/plan/roll-back-text.ts';
import {container, engineWith, service} from '../helpers/observed.ts';

const at = Date.parse('2026-11-19T10:00:00Z');
const lamp = (more: Partial<ServiceModel> = {}) => service('lamp', {phase: 'second', component: 'lamp', ...more});
const runs = (more: Partial<ObservedContainer> = {}) => container('lamp', {component: 'lamp', ...more});

const input = (
  services: readonly ServiceModel[],
  containers: readonly ObservedContainer[],
  more: Partial<RollBackInput> = {},
): RollBackInput => ({
  project: 'house-dev',
  phases: [
    {id: 'first', title: 'Ground floor'},
    {id: 'second', title: 'Rooms'},
  ],
  back: ['second'],
  at,
  wider: undefined,
  files: [],
  services,
  hashes: new Map(services.map(({name}) => [name, `hash-${name}`])),
  lock: [],
  engine: engineWith(containers, [...services.map(({image}) => image), ...containers.map(({image}) => image)]),
  present: ['lamp', 'heater'],
  begun: false,
  ...more,
});

/** Of one that has files to write, besides. */
const steps = (services: readonly ServiceModel[], containers: readonly ObservedContainer[], more: Partial<RollBackInput> = {}) => {
  const found = planRollBack(input(services, containers, {files: ['.env'], ...more}));
  if (found.kind === 'not') return [`not: ${found.why}`];
  return found.plan.phases.flatMap(phase => phase.steps.map(({op, resource, cause}) => `${op} ${resource}: ${cause}`));
};

describe('a service of a phase that goes back', () => {
  test.each<[string, Partial<ServiceModel>, Partial<ObservedContainer> | undefined, string]>([
    ['runs another image', {}, {image: 'lamp:2'}, 'recreate lamp: goes back from lamp:2 to lamp:1'],
    ['has other settings', {}, {configHash: 'other'}, 'recreate lamp: its settings go back to those of 2026-11-19 10:00 UTC'],
    ['is what it was', {}, {}, 'keep lamp: runs as it did before'],
    ['is gone', {}, undefined, 'create lamp: was there and is not any more'],
    ['has stopped', {}, {state: 'exited', exitCode: 1}, 'start lamp: did not change, and does not run as it should'],
    ['is unhealthy', {hasHealthCheck: true}, {health: 'unhealthy'}, 'start lamp: did not change, and does not run as it should'],
    ['is still starting', {hasHealthCheck: true}, {health: 'starting'}, 'keep lamp: runs as it did before'],
    ['is a job that ended well', {isJob: true}, {state: 'exited', exitCode: 0}, 'keep lamp: runs as it did before'],
    ['runs another build', {}, {imageId: 'sha256:other'}, 'recreate lamp: runs another build of lamp:1'],
  ])('that %s', (_, model, there, expected) => {
    expect(steps([lamp(model)], there === undefined ? [] : [runs(there)])).toEqual([expected]);
  });

  test('whose name means another build than the lock file names is pulled by digest', () => {
    const lock = [{reference: 'lamp:1', services: ['lamp'], digests: new Map([['linux/amd64', `sha256:${'a'.repeat(64)}`]])}];
    expect(steps([lamp()], [runs()], {lock})).toEqual([
      'pull lamp:1: not on this host; infra.lock.yml names sha256:aaaaaaaaaaaa',
      'recreate lamp: goes back to the build sha256:aaaaaaaaaaaa of lamp:1',
    ]);
  });

  test('that was not there before is removed first, and its data kept', () => {
    const heater = container('heater', {component: 'heater', volumes: ['heater-data']});
    const found = planRollBack(input([lamp()], [runs(), heater]));
    expect(rollBackLines(found)).toEqual([
      'Rolling back does this; volumes, secrets and your own overlay stay as they are:',
      'Phase: Rooms',
      '  remove    heater  was not there before; keeps heater-data',
      '  keep      lamp    runs as it did before',
    ]);
    expect(found.kind === 'back' && found.plan.removal.services).toEqual([
      {service: 'heater', component: 'heater', volumes: ['heater-data'], first: true},
    ]);
  });

  test('can not be left out of it', () => {
    const found = planRollBack(input([lamp()], []));
    expect(found.kind === 'back' && found.plan.phases[0]?.services.map(({neededBy}) => neededBy)).toEqual([['the roll back']]);
  });
});

test('services of other phases, and what is not ours, are not touched', () => {
  const door = service('door', {phase: 'first', component: 'door'});
  expect(steps([door, lamp()], [container('door', {image: 'door:2', component: 'door'}), runs(), container('heater')])).toEqual([
    'keep lamp: runs as it did before',
  ]);
});

describe('data that a newer major version may have changed', () => {
  const moved = (from: string, to: string, volumes: readonly string[] = ['data']) =>
    steps([lamp({image: to})], [runs({image: from, volumes})])[0];

  test.each([
    ['lamp:18.1', 'lamp:17.4'],
    ['registry.example:5000/lamp:v2.0', 'registry.example:5000/lamp:v1.9'],
    ['lamp:18-alpine', 'lamp:17.11@sha256:abc'],
  ])('%s does not go back to %s', (from, to) => {
    expect(moved(from, to)).toBe(`not: lamp ran ${from}, which may have changed what is in data; ${to} may not read it.`);
  });

  test.each<[string, string, (readonly string[])?]>([
    ['lamp:17.5', 'lamp:17.4'],
    ['lamp:17.4', 'lamp:18.1'],
    ['lamp:18.1', 'lamp:17.4', []],
    ['lamp:18.1', 'torch:17.4'],
    ['lamp:latest', 'lamp:17.4'],
  ])('%s goes back to %s', (from, to, volumes) => {
    expect(moved(from, to, volumes)).toBe(`recreate lamp: goes back from ${from} to ${to}`);
  });
});

describe('a phase that is what it last came up from', () => {
  test.each<[string, Partial<ObservedContainer>]>([
    ['runs', {}],
    ['does not run', {state: 'exited', exitCode: 1}],
  ])('has nothing to go back to, also where it %s', (_, there) => {
    expect(rollBackLines(planRollBack(input([lamp()], [runs(there)])))).toEqual([
      'No roll back: It is what it last came up from. What changed lies elsewhere: in your own overlay, in a secret, in its data, or on this host.',
      'Mend that, then try again.',
    ]);
  });

  test('loses a file that it would read and did not have, which is a way back by itself', () => {
    const found = planRollBack(input([lamp()], [runs()], {unneeded: ['config/lamp/parts/new.conf']}));
    expect(rollBackLines(found)).toEqual([
      'Rolling back does this; volumes, secrets and your own overlay stay as they are:',
      '  remove    config/lamp/parts/new.conf  was not there on 2026-11-19 10:00 UTC',
      'Phase: Rooms',
      '  keep      lamp  runs as it did before',
    ]);
  });

  test('is brought to its end where that was begun already', () => {
    expect(planRollBack(input([lamp()], [runs()], {begun: true})).kind).toBe('back');
  });
});

describe('a phase that never came up', () => {
  const request = {project: 'house-dev', phase: 'second', created: ['lamp', 'heater']};

  test('loses what this rollout started of it, dependents first', () => {
    const heater = container('heater', {component: 'heater', dependsOn: ['lamp']});
    expect(
      rollBackLines(planRemoval(request, 'Rooms', [runs({volumes: ['lamp-data']}), heater, container('door', {component: 'door'})], false)),
    ).toEqual([
      'This phase never came up before. What this rollout started of it can be removed; volumes and files stay:',
      'Phase: Rooms',
      '  remove    heater  was started by this rollout; has no data of its own',
      '  remove    lamp    was started by this rollout; keeps lamp-data',
    ]);
  });

  test('is done where all of it is gone already', () => {
    expect(planRemoval(request, 'Rooms', [], true)).toMatchObject({kind: 'remove', plan: {removal: {services: []}}});
  });

  test('of which nothing was started has nothing to remove', () => {
    expect(rollBackLines(planRemoval(request, 'Rooms', [], false))).toEqual([
      'No roll back: It never came up before, and this rollout created nothing of it.',
      'Mend what is said, then run the same command again.',
    ]);
  });
});
