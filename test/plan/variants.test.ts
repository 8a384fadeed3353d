import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {loadCatalog} from '../../source/catalog/load.ts';
import type {Answers} from '../../source/plan/answers.ts';
import type {ObservedContainer} from '../../source/plan/observed.ts';
import {render} from '../../source/plan/render.ts';
import {defaultAnswers, select} from '../../source/plan/select.ts';
import {mergeRendered, readServices} from '../../source/plan/services.ts';
import {replacedVariants} from '../../source/plan/variants.ts';
import {container, engineWith} from '../helpers/observed.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const loaded = await loadCatalog(root);
if (!loaded.ok) throw new Error('the catalogue does not load');
const catalog = loaded.value;

const worldOf = (components: Answers['components']) => {
  const answers = {...defaultAnswers(catalog), components};
  const selection = select(catalog, answers);
  if (!selection.ok) throw new Error(JSON.stringify(selection.problems));
  const services = readServices(mergeRendered(render(catalog, selection.value), selection.value.values), 'observability');
  return {selection: selection.value, services};
};

/** What runs once these were rolled out. */
const running = (components: Answers['components']): readonly ObservedContainer[] =>
  worldOf(components).services.map(({name, component}) => container(name, {component}));

const found = (before: Answers['components'], after: Answers['components']) =>
  replacedVariants({
    catalog,
    ...worldOf(after),
    observed: {engine: engineWith(running(before), []), files: [], lock: [], hashes: new Map()},
  }).map(
    ({component, deployed, selected, containers}) =>
      `${component.id} ${deployed.id} -> ${selected.id}: ${containers.map(({service}) => service).join(' ')}`,
  );

describe('a component that runs in another variant', () => {
  const clustered = [...catalog.components.values()].filter(({variants, repeatable}) => variants.length > 1 && !repeatable);

  test.each(clustered.map(({id, variants}) => [id, variants] as const))('%s is found in every direction', (id, variants) => {
    for (const before of variants) {
      for (const after of variants) {
        const changes = found({[id]: before.id}, {[id]: after.id}).filter(line => line.startsWith(`${id} `));
        expect(changes.length, `${before.id} to ${after.id}`).toBe(before === after ? 0 : 1);
      }
    }
  });

  test('is told by the services that only that variant has', () => {
    expect(found({redis: 'standalone'}, {redis: 'cluster'})).toEqual(['redis standalone -> cluster: redis']);
    expect(found({redis: 'cluster'}, {redis: 'standalone'})).toEqual([
      'redis cluster -> standalone: redis-1 redis-2 redis-3 redis-4 redis-5 redis-6 redis-cluster-setup',
    ]);
  });

  test('is told by the database that only that variant needs', () => {
    expect(found({keycloak: 'standalone'}, {keycloak: 'cluster'})).toEqual(['keycloak standalone -> cluster: keycloak-postgres']);
  });
});

test('what else is left over is no other variant', () => {
  const both = {redis: 'standalone', prometheus: 'standalone'};
  expect(found(both, {redis: 'standalone'})).toEqual([]);
  expect(found({redis: 'standalone'}, {})).toEqual([]);
  expect(found({keycloak: 'standalone', postgres: 'cluster'}, {keycloak: 'standalone'})).toEqual([]);
});
