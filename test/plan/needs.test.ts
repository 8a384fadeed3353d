import {expect, test} from 'vitest';
import {needsOf, withNeeds} from '../../source/plan/needs.ts';
import {dependentsFirst} from '../../source/plan/removal.ts';
import {container} from '../helpers/observed.ts';

const overlay = [
  {name: 'battery', dependsOn: []},
  {name: 'lamp', dependsOn: [{service: 'battery', condition: 'healthy' as const}]},
  {name: 'lamp', dependsOn: [{service: 'switch', condition: 'started' as const}]},
];

test('what the overlays say is added to what compose noted, each once', () => {
  const needs = needsOf(overlay);
  expect([...needs]).toEqual([
    ['battery', []],
    ['lamp', ['battery', 'switch']],
  ]);
  const found = withNeeds([container('lamp', {dependsOn: ['switch', 'fuse']}), container('stray', {dependsOn: ['lamp']})], needs);
  expect(found.map(({dependsOn}) => dependsOn)).toEqual([['switch', 'fuse', 'battery'], ['lamp']]);
});

test('services on which compose noted nothing, since they were started one by one, still go after what needs them', () => {
  const containers = [container('battery'), container('lamp')];
  expect(dependentsFirst(containers).map(({service}) => service)).toEqual(['battery', 'lamp']);
  expect(dependentsFirst(withNeeds(containers, needsOf(overlay))).map(({service}) => service)).toEqual(['lamp', 'battery']);
});
