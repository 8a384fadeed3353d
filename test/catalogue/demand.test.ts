/** What the wizard says while one picks has to be what preflight says of the files that are written. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Answers} from '../../source/plan/answers.ts';
import {memoryOf} from '../../source/plan/budget.ts';
import {demandReader} from '../../source/plan/demand.ts';
import {render} from '../../source/plan/render.ts';
import {defaultAnswers, draft, select} from '../../source/plan/select.ts';
import {mergeRendered, readServices} from '../../source/plan/services.ts';
import {theCatalog} from './support.ts';

const catalog = await theCatalog();
const read = demandReader();

const rendered = (answers: Answers) => {
  const result = select(catalog, answers);
  if (!result.ok) return undefined;
  return readServices(mergeRendered(render(catalog, result.value), result.value.values), '').filter(({isJob}) => !isJob);
};

/** Preflight adds up so (check D48). */
const memoryLimit = (services: NonNullable<ReturnType<typeof rendered>>) =>
  services.reduce((sum, {memoryLimit: limit = 0, replicas}) => sum + limit * replicas, 0);

const variants = [...catalog.components.values()]
  .filter(({repeatable}) => !repeatable)
  .map(({id, variants: all}) => [id, all.map(one => one.id)] as const);

const picks = fc
  .subarray(variants as (typeof variants)[number][])
  .chain(chosen => fc.tuple(...chosen.map(([id, ids]) => fc.constantFrom(...ids).map(variant => [id, variant] as const))))
  .map(pairs => Object.fromEntries(pairs));

const settings = fc.record({
  'webapp.shop': fc.record({
    database: fc.constantFrom('none', 'postgres', 'mariadb'),
    cache: fc.constantFrom('none', 'redis'),
    memory: fc.constantFrom('256M', '2G'),
    replicas: fc.constantFrom('1', '3'),
    image: fc.constant('registry.example/shop:1.0'),
  }),
});

const answers = fc.record({picks, settings, app: fc.boolean()}).map(
  ({picks: components, settings: values, app}): Answers => ({
    ...defaultAnswers(catalog),
    components: {...components, ...(app && {'webapp.shop': 'standalone'})},
    settings: app ? values : {},
  }),
);

test('memory and ports of any selection are those of its overlays', () => {
  let possible = 0;
  fc.assert(
    fc.property(answers, chosen => {
      const services = rendered(chosen);
      if (!services) return;
      possible += 1;
      const demand = read(draft(catalog, chosen));
      expect(memoryOf(demand)).toBe(memoryLimit(services));
      expect(demand.map(({service}) => service).sort()).toEqual(services.map(({name}) => name).sort());
      expect(demand.flatMap(({ports}) => ports)).toEqual(expect.arrayContaining(services.flatMap(({ports}) => ports)));
    }),
    {numRuns: 40},
  );
  expect(possible).toBeGreaterThan(10);
});

test.each(catalog.platform.tiers.filter(({hosts}) => hosts === 1))('$title fits the host it asks for', ({id, cpus, memory}) => {
  const demand = read(draft(catalog, defaultAnswers(catalog, id)));
  expect(memoryOf(demand)).toBeLessThanOrEqual(memory * 0.9);
  expect(Math.max(...demand.map(service => service.cpus))).toBeLessThanOrEqual(cpus);
});
