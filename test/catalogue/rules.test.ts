import {beforeAll, describe, expect, test} from 'vitest';
import type {Catalog} from '../../source/catalog/catalog.ts';
import {flawless} from './rule.ts';
import {exceptions, rules} from './rules.ts';
import {stackRules} from './rules-stack.ts';
import {mergedOverlays, renderStack, stacks, subjectsOf, theCatalog} from './support.ts';
import {brokenRules, complaints} from './support-rules.ts';

describe('the rules', () => {
  test('find nothing wrong with a service without fault', () => {
    expect(complaints({name: 'app', service: flawless})).toEqual([]);
  });

  test.each(rules.flatMap(rule => rule.violations.map(change => ({rule, change, text: JSON.stringify(change)}))))(
    '$rule.id ($rule.title) is broken by $text',
    ({rule, change}) => {
      expect(rule.check({name: 'app', service: {...flawless, ...change}})).toEqual(expect.any(String));
    },
  );

  test.each(rules.flatMap(rule => (rule.lookAlikes ?? []).map(change => ({rule, change, text: JSON.stringify(change)}))))(
    '$rule.id ($rule.title) accepts $text',
    ({rule, change}) => {
      expect(rule.check({name: 'app', service: {...flawless, ...change}})).toBeUndefined();
    },
  );

  test.each(stackRules.flatMap(rule => rule.violations.map(compose => ({rule, compose, text: JSON.stringify(compose)}))))(
    '$rule.id ($rule.title) is broken by $text',
    ({rule, compose}) => {
      expect(rule.check(compose)).toEqual([expect.any(String)]);
    },
  );
});

describe.each(Object.entries(stacks))('the services with %s', (_, settings) => {
  let catalog: Catalog;
  beforeAll(async () => {
    catalog = await theCatalog();
  });

  test('keep every rule', () => {
    const compose = mergedOverlays(renderStack(catalog, settings));
    expect(brokenRules(compose)).toEqual([]);
  });

  test('do not take more memory than the smallest tier has, with a quarter left for applications', () => {
    const minimal = catalog.platform.tiers.find(({id}) => id === 'minimal');
    const units: Readonly<Record<string, number>> = {M: 2 ** 20, G: 2 ** 30};
    const memory = subjectsOf(mergedOverlays(renderStack(catalog, settings))).map(({service}) => {
      const text = String((service as {deploy: {resources: {limits: {memory: string}}}}).deploy.resources.limits.memory);
      return Number.parseInt(text, 10) * (units[text.at(-1) ?? ''] ?? Number.NaN);
    });
    expect(memory.reduce((sum, bytes) => sum + bytes)).toBeLessThan((minimal?.memory ?? 0) * 0.75);
  });
});

test('every exception is still needed', async () => {
  const catalog = await theCatalog();
  const fragments = [...catalog.components.values()].flatMap(component => [
    ...component.variants.map(({fragment}) => fragment),
    ...component.fragments.values(),
    ...component.wiring.map(({fragment}) => fragment),
  ]);
  // What only adds to a service has no image.
  const services = fragments.flatMap(({document}) => subjectsOf(document.toJS())).filter(({service}) => service.image !== undefined);
  const unneeded = Object.entries(exceptions).flatMap(([name, excused]) =>
    Object.keys(excused).filter(
      id => !services.some(subject => subject.name === name && rules.some(rule => rule.id === id && rule.check(subject) !== undefined)),
    ),
  );
  expect(unneeded).toEqual([]);
});
