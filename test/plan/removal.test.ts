import {describe, expect, test} from 'vitest';
import {formatPlan} from '../../source/plan/format.ts';
import {makePlan, type PlanInput} from '../../source/plan/make-plan.ts';
import type {ObservedContainer} from '../../source/plan/observed.ts';
import {phaseTitles} from '../../source/plan/removal.ts';
import {render} from '../../source/plan/render.ts';
import {mergeRendered, readNetworkNames, readServices} from '../../source/plan/services.ts';
import {container, engineWith} from '../helpers/observed.ts';
import {selected, smallCatalog} from '../helpers/small-catalogue.ts';

const catalog = smallCatalog();
/** The door alone: lamp and battery were there before. */
const selection = selected(catalog, {components: {}});
const model = mergeRendered(render(catalog, selection), selection.values);
const services = readServices(model, 'third');
const door = container('door', {image: 'door:1.2', component: 'door', health: 'healthy', publishedPorts: [80]});
const lamp = container('lamp', {component: 'lamp', dependsOn: ['battery']});
const battery = container('battery', {component: 'battery', volumes: ['house-dev_battery-data']});

const plan = (left: readonly ObservedContainer[], more: Partial<PlanInput> = {}) =>
  makePlan({
    ...{catalog, selection, services, networks: readNetworkNames(model, 'house-dev'), remove: true},
    observed: {engine: engineWith([door, ...left], ['door:1.2']), files: [], lock: [], hashes: new Map()},
    ...more,
  });

const text = (left: readonly ObservedContainer[], more: Partial<PlanInput> = {}) => `\n${formatPlan(plan(left, more)).join('\n')}\n`;

describe('a service that is not selected any more', () => {
  test('is left alone unless its removal is asked for, and the plan says how to ask', () => {
    expect(text([battery], {remove: false})).toBe(`
Files
Phase 1 of 1: Ground floor
  keep      door     runs as its overlay says
  leave     battery  runs, but is not selected; nothing is removed unasked, --remove asks for it
Nothing to do: everything is as selected.
`);
    expect(plan([battery], {remove: false})).toMatchObject({removal: {services: [], networks: []}, changes: false});
  });

  test('is removed after the rest, dependents first, and its data is named', () => {
    expect(text([battery, lamp])).toBe(`
Files
Phase 1 of 1: Ground floor
  keep      door     runs as its overlay says
  remove    lamp     Lamp is not selected any more; has no data of its own
  remove    battery  Battery is not selected any more; keeps the volume house-dev_battery-data; docker volume rm house-dev_battery-data deletes it
2 to remove.
`);
    expect(plan([battery, lamp]).changes).toBe(true);
  });

  test('is left alone when only others were asked about', () => {
    expect(text([battery, lamp], {remove: ['lamp']})).toBe(`
Files
Phase 1 of 1: Ground floor
  keep      door     runs as its overlay says
  leave     battery  runs, but is not selected; nothing is removed unasked, --remove asks for it
  remove    lamp     Lamp is not selected any more; has no data of its own
1 to remove.
`);
  });

  test('of an instance that no answer names any more is called as it was', () => {
    const [lampOnce] = [...catalog.components.values()].filter(({id}) => id === 'lamp');
    const many = {...catalog, components: new Map(catalog.components)};
    if (lampOnce) many.components.set('lamp', {...lampOnce, repeatable: true});
    const desk = container('lamp-desk', {component: 'lamp.desk'});
    expect(text([desk], {catalog: many})).toContain('remove    lamp-desk  Lamp desk is not selected any more;');
  });

  test('goes first when its port is needed, together with what needs it', () => {
    const hatch = container('hatch', {component: 'hatch', publishedPorts: [80]});
    const knocker = container('knocker', {component: 'knocker', dependsOn: ['hatch']});
    const handle = container('handle', {component: 'handle', dependsOn: ['knocker']});
    const {removal, phases} = plan([hatch, battery, handle, knocker]);
    expect(removal.services.map(({service, first}) => [service, first])).toEqual([
      ['handle', true],
      ['knocker', true],
      ['hatch', true],
      ['battery', false],
    ]);
    expect(phases[0]?.steps.map(({id}) => id)).toEqual(['remove/handle', 'remove/knocker', 'remove/hatch', 'keep/door', 'remove/battery']);
  });

  test('of a component that is still selected goes first: the new one answers to the same name', () => {
    const old = container('door-left', {component: 'door', volumes: ['house-dev_door-data']});
    expect(plan([old]).removal.services).toEqual([
      {service: 'door-left', component: 'door', volumes: ['house-dev_door-data'], first: true},
    ]);
    expect(text([old])).toContain('no longer part of Door; keeps the volume house-dev_door-data;');
  });

  test('with several containers is one step that names the data of all', () => {
    const replicas = ['a', 'b'].map(id => container('battery', {id, component: 'battery', volumes: [`data-${id}`]}));
    expect(plan(replicas).removal.services).toEqual([
      {service: 'battery', component: 'battery', volumes: ['data-a', 'data-b'], first: false},
    ]);
  });

  test('in a circle of dependencies is removed once', () => {
    const one = container('one', {component: 'lamp', dependsOn: ['two']});
    const two = container('two', {component: 'lamp', dependsOn: ['one']});
    expect(plan([one, two]).removal.services.map(({service}) => service)).toEqual(['two', 'one']);
  });
});

test("a container without our label is the operator's own, and stays", () => {
  const own = container('shed', {component: undefined});
  expect(text([own])).toContain('  leave     shed  not set up by infra-wizard; left alone\nNothing to do');
  expect(plan([own]).removal.services).toEqual([]);
});

describe('networks', () => {
  const withNetworks = (networks: readonly (readonly [string, string | undefined])[], more: Partial<PlanInput> = {}) => {
    const engine = {...engineWith([door], ['door:1.2']), networks: networks.map(([name, project]) => ({name, project, subnets: []}))};
    return plan([], {observed: {engine, files: [], lock: [], hashes: new Map()}, ...more}).removal.networks;
  };

  test('that the wizard made and nothing selected uses are removed', () => {
    expect(withNetworks([['house-dev_cellar', 'house-dev']])).toEqual(['house-dev_cellar']);
  });

  test.each([
    ['in use', ['house-dev_hall', 'house-dev']],
    ['of another project', ['house-dev_cellar', 'other']],
    ['that nobody put a label on', ['house-dev_cellar', undefined]],
    ["of the operator's own overlay", ['house-dev_garden', 'house-dev']],
    ['of another environment', ['house-prod_cellar', 'house-prod']],
  ] as const)('%s stay', (_, network) => {
    expect(withNetworks([network])).toEqual([]);
  });

  test('stay unless removal was asked for', () => {
    expect(withNetworks([['house-dev_cellar', 'house-dev']], {remove: false})).toEqual([]);
  });
});

test('what is removed has a title beside those of the phases', () => {
  expect([...phaseTitles(plan([]))]).toEqual([
    ['first', 'Ground floor'],
    ['removal', 'Removal'],
  ]);
});

test('files of what is not selected any more are named: those that stay are no change, those that go are', () => {
  const engine = engineWith([door], ['door:1.2']);
  const stays = {engine, files: [], leftFiles: [{path: 'config/lamp/', why: 'compose does not read it'}], lock: [], hashes: new Map()};
  expect(text([], {observed: stays})).toBe(`
Files
  leave     config/lamp/  of what is not selected any more; compose does not read it
Phase 1 of 1: Ground floor
  keep      door  runs as its overlay says
Nothing to do: everything is as selected.
`);
  const goes = {...stays, files: [{path: 'config/door/bell/lamp.sh', state: 'unneeded' as const}]};
  expect(text([], {observed: goes})).toBe(`
Files
  remove    config/door/bell/lamp.sh  nothing that is selected writes it any more
  leave     config/lamp/              of what is not selected any more; compose does not read it
Phase 1 of 1: Ground floor
  keep      door  runs as its overlay says
1 to remove.
`);
  expect(plan([], {observed: goes})).toMatchObject({changes: true, removal: {services: []}});
});
