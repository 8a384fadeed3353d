import {describe, expect, test} from 'vitest';
import type {Catalog} from '../../source/catalog/catalog.ts';
import {type Consequences, consequencesOf, memoryOf} from '../../source/plan/consequences.ts';
import {makePlan} from '../../source/plan/make-plan.ts';
import type {ServiceModel} from '../../source/plan/model.ts';
import {fileOrigin, originName, portOrigin} from '../../source/plan/origin.ts';
import {applicableInputs} from '../../source/plan/select.ts';
import {engineWith, service} from '../helpers/observed.ts';
import {selected, smallCatalog} from '../helpers/small-catalogue.ts';

const mebibyte = 2 ** 20;
const sized = {'compose/images.yaml': 'door:1:\n  source: A list of sizes\n  size: 48MB\nlamp:1: A list without sizes\n'};
const catalog = smallCatalog(sized);
const selection = selected(catalog, {components: {lamp: 'standalone'}});

const consequences = (services: readonly ServiceModel[], images: readonly string[] = [], more: {rootless?: boolean} = {}): Consequences => {
  const observed = {engine: engineWith([], images), files: [], lock: [], hashes: new Map()};
  const plan = makePlan({catalog, selection, services, observed});
  return consequencesOf({catalog, selection, plan, hostMemory: 1024 * mebibyte, rootless: more.rootless ?? false});
};

const door = service('door', {
  component: 'door',
  phase: 'first',
  image: 'door:1',
  ports: [{address: undefined, port: 80, protocol: 'tcp'}],
});
const lamp = service('lamp', {component: 'lamp', phase: 'second', image: 'lamp:1', memoryLimit: 64 * mebibyte});
const own = service('own', {
  phase: 'third',
  image: 'own:1',
  ports: [{address: '127.0.0.1', port: 9000, protocol: 'tcp'}],
  unfixedPorts: [{address: undefined, port: 70, protocol: 'udp'}],
  hostNetwork: true,
});

describe('what a plan leads to', () => {
  test('names each port with the setting that it comes from, or its component', () => {
    const other = {...door, name: 'bell', ports: [{address: undefined, port: 443, protocol: 'tcp' as const}]};
    expect(consequences([door, other, own]).ports).toEqual([
      {address: undefined, port: 80, protocol: 'tcp', service: 'door', origin: {kind: 'setting', component: 'door', input: 'http_port'}},
      {address: undefined, port: 443, protocol: 'tcp', service: 'bell', origin: {kind: 'component', component: 'door'}},
      {address: '127.0.0.1', port: 9000, protocol: 'tcp', service: 'own'},
      {address: undefined, port: 70, protocol: 'udp', service: 'own', unfixed: true},
    ]);
  });

  test('names the services that share the network of the host', () => {
    expect(consequences([door]).hostNetwork).toEqual([]);
    expect(consequences([{...door, hostNetwork: true}, own]).hostNetwork).toEqual([
      {service: 'door', origin: {kind: 'component', component: 'door'}},
      {service: 'own'},
    ]);
  });

  test('an engine without root rights opens ports as any program does', () => {
    expect([consequences([door]).aroundFirewall, consequences([door], [], {rootless: true}).aroundFirewall]).toEqual([true, false]);
  });

  test('counts only images that are not here, each once, with its size where one is known', () => {
    const second = {...lamp, name: 'lamp-two'};
    expect(consequences([door, lamp, second]).download).toEqual([
      {image: 'door:1', size: 48e6, origin: {kind: 'component', component: 'door'}},
      {image: 'lamp:1', size: undefined, origin: {kind: 'component', component: 'lamp'}},
    ]);
    expect(consequences([door, lamp], ['door:1', 'lamp:1']).download).toEqual([]);
  });

  test('an address leads to the setting that holds its host name', () => {
    expect(consequences([door]).links).toEqual([
      {
        title: 'Door bell',
        url: 'https://door.house.localhost/bell',
        login: 'admin, password in secrets/door_password',
        origin: {kind: 'setting', component: 'door', input: 'host'},
      },
    ]);
  });

  test('a notice leads to the choice that it is about', () => {
    expect(consequences([door]).notices).toEqual([
      {text: 'Visitors have to know the chain.', origin: {kind: 'setting', component: 'door', input: 'lock'}},
    ]);
  });

  test('tells the answers of the first form', () => {
    expect(consequences([door]).basics.map(({title, value, origin}) => `${title}: ${value} (${originName(origin)})`)).toEqual([
      'Tier: Small (tier)',
      'Environment: Development (environment)',
      'Rollout: Phase by phase (strategy)',
      'Domain: house.localhost (platform.domain)',
      'Lock: Chain (door.lock)',
    ]);
  });
});

test('memory is the sum of the limits of what keeps running, the largest first', () => {
  const services = [
    lamp,
    service('big', {memoryLimit: 100 * mebibyte, replicas: 3}),
    service('job', {memoryLimit: 500 * mebibyte, isJob: true}),
    service('off', {memoryLimit: 500 * mebibyte, replicas: 0}),
    service('free'),
  ];
  expect(memoryOf(services, 512 * mebibyte)).toEqual({
    limit: 364 * mebibyte,
    unlimited: 1,
    host: 512 * mebibyte,
    services: [
      {service: 'big', limit: 300 * mebibyte},
      {service: 'lamp', limit: 64 * mebibyte, origin: {kind: 'component', component: 'lamp'}},
    ],
  });
});

describe('origins', () => {
  test.each([
    ['.env', undefined, {kind: 'settings'}],
    ['config/door/door.conf', 'door', {kind: 'component', component: 'door'}],
    ['.gitignore', undefined, undefined],
  ])('%s of %s', (path, component, origin) => {
    expect(fileOrigin(path, component)).toEqual(origin);
  });

  test('another port that was answered is found at its setting', () => {
    const answered: Catalog = catalog;
    const {answers} = selected(answered, {settings: {door: {http_port: '8080'}}});
    const inputs = applicableInputs(answered, answers);
    expect(portOrigin(inputs, {component: 'door'}, {port: 8080})).toEqual({kind: 'setting', component: 'door', input: 'http_port'});
    expect(portOrigin(inputs, {component: 'door'}, {port: 80})).toEqual({kind: 'component', component: 'door'});
    expect(portOrigin(inputs, {component: undefined}, {port: 80})).toBeUndefined();
  });
});
