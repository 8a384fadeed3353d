import {describe, expect, test} from 'vitest';
import {type DeployedInput, deployedOf, nextPhase} from '../../source/plan/deployed.ts';
import {container} from '../helpers/observed.ts';
import {selected, smallCatalog} from '../helpers/small-catalogue.ts';

const catalog = smallCatalog();
const {answers} = selected(catalog, {components: {lamp: 'standalone'}});
const door = container('door', {component: 'door'});
const lamp = container('lamp', {component: 'lamp'});
const battery = container('battery', {component: 'battery', volumes: ['b', 'a']});

const found = (containers: DeployedInput['containers']) =>
  deployedOf({catalog, answers, project: 'house-dev', containers, writtenAt: 1, rolledOutAt: 2});
const phases = (containers: DeployedInput['containers']) =>
  found(containers).phases.map(({id, deployed, of, complete}) => `${id} ${deployed}/${of}${complete ? ' complete' : ''}`);

describe('a phase', () => {
  test.each<[string, DeployedInput['containers'], readonly string[]]>([
    ['with everything', [door, lamp, battery], ['first 1/1 complete', 'second 2/2 complete']],
    ['with a part', [door, lamp], ['first 1/1 complete', 'second 1/2']],
    ['with nothing', [door], ['first 1/1 complete', 'second 0/2']],
    ['that is sick', [container('door', {component: 'door', health: 'unhealthy'})], ['first 1/1', 'second 0/2']],
    ['that still starts', [container('door', {component: 'door', health: 'starting'})], ['first 1/1', 'second 0/2']],
    ['that stopped', [container('door', {component: 'door', state: 'exited', exitCode: 137})], ['first 1/1', 'second 0/2']],
    [
      'with a job that ended well',
      [door, container('dust', {component: 'door', state: 'exited', exitCode: 0})],
      ['first 1/1 complete', 'second 0/2'],
    ],
    [
      'with what was left out since',
      [door, lamp, battery, container('gone', {component: 'gone'})],
      ['first 1/1 complete', 'second 2/2 complete', 'third 1/1 complete'],
    ],
  ])('%s', (_, containers, expected) => {
    expect(phases(containers)).toEqual(expected);
  });

  test("of the operator's own services there is none", () => {
    expect(found([container('shed')]).components).toEqual([]);
  });
});

test('a component knows where its data is', () => {
  expect(found([battery]).components).toEqual([{id: 'battery', title: 'Battery', phase: 'second', right: true, volumes: ['a', 'b']}]);
});

test('the next phase is the first that has nothing', () => {
  expect([[], [door], [door, lamp], [lamp]].map(containers => nextPhase(catalog, found(containers)))).toEqual([
    undefined,
    'second',
    'third',
    'first',
  ]);
});
