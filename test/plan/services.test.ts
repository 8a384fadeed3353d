import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import type {ServiceModel} from '../../source/plan/model.ts';
import {render} from '../../source/plan/render.ts';
import {mergeRendered, parseDuration, parseSize, readNetworks, readServices, readVolumes} from '../../source/plan/services.ts';
import {selected, smallCatalog} from '../helpers/small-catalogue.ts';

const one = (yaml: string): ServiceModel | undefined => readServices({services: {a: parse(yaml)}}, 'last')[0];

test.each([
  ['30s', 30],
  ['1m30s', 90],
  ['2h', 7200],
  ['500ms', 0.5],
  ['1.5s', 1.5],
  ['1m0.5s', 60.5],
  ['2s250us', 2.00025],
  ['0s', 0],
  ['', undefined],
  ['soon', undefined],
  [undefined, undefined],
])('the duration %j is %j seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each([
  ['64M', 64 * 2 ** 20],
  ['64m', 64 * 2 ** 20],
  ['512MB', 512 * 2 ** 20],
  ['512MiB', 512 * 2 ** 20],
  ['1.5g', 1.5 * 2 ** 30],
  ['2T', 2 * 2 ** 40],
  ['10k', 10_240],
  ['100b', 100],
  ['67108864', 67_108_864],
  [67_108_864, 67_108_864],
  ['', undefined],
  ['much', undefined],
  ['-1', undefined],
  [undefined, undefined],
])('the size %j is %j bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

test('a service of a profile is not part of the plan: somebody asks for it when it is needed', () => {
  const services = {server: {image: 'a:1'}, recover: {image: 'a:1', profiles: ['recover']}, other: {image: 'b:1', profiles: []}};
  expect(readServices({services}, 'last').map(({name}) => name)).toEqual(['server', 'other']);
});

describe('ports that are published', () => {
  test('short forms', () => {
    expect(one('ports: ["80:8080", "127.0.0.1:53:53/udp", "[::1]:443:443/tcp", 8080:80]')?.ports).toEqual([
      {address: undefined, port: 80, protocol: 'tcp'},
      {address: '127.0.0.1', port: 53, protocol: 'udp'},
      {address: '::1', port: 443, protocol: 'tcp'},
      {address: undefined, port: 8080, protocol: 'tcp'},
    ]);
  });

  test('without a port of the host: the engine chooses one', () => {
    expect(one('ports: [8080, "53/udp", "127.0.0.1::9090", {target: 70}, {target: 71, published: "71"}, "80:80"]')?.unfixedPorts).toEqual([
      {address: undefined, port: 8080, protocol: 'tcp'},
      {address: undefined, port: 53, protocol: 'udp'},
      {address: '127.0.0.1', port: 9090, protocol: 'tcp'},
      {address: undefined, port: 70, protocol: 'tcp'},
    ]);
    expect(one('ports: ["80:80"]')).not.toHaveProperty('unfixedPorts');
  });

  test('a service in the network of the host is known as one', () => {
    expect(one('network_mode: host')?.hostNetwork).toBe(true);
    expect([one('network_mode: none')?.hostNetwork, one('image: a')?.hostNetwork]).toEqual([undefined, undefined]);
  });

  test('long forms, as compose resolves the short ones', () => {
    const ports =
      '[{mode: ingress, target: 80, published: "8080", protocol: tcp}, {target: 53, published: 53, host_ip: "::1", protocol: udp}]';
    expect(one(`ports: ${ports}`)?.ports).toEqual([
      {address: undefined, port: 8080, protocol: 'tcp'},
      {address: '::1', port: 53, protocol: 'udp'},
    ]);
  });

  test('a port that the engine chooses is of no interest', () => {
    expect(one('ports: [80, "127.0.0.1::80", {target: 80}, {target: 80, published: ""}, {target: 80, published: "0"}]')?.ports).toEqual([]);
  });
});

describe('dependencies', () => {
  test('short and long form', () => {
    expect(one('depends_on: [b, c]')?.dependsOn).toEqual([
      {service: 'b', condition: 'started'},
      {service: 'c', condition: 'started'},
    ]);
    const long =
      '{b: {condition: service_healthy, required: true}, c: {condition: service_completed_successfully}, d: {condition: service_started}, e: null}';
    expect(one(`depends_on: ${long}`)?.dependsOn).toEqual([
      {service: 'b', condition: 'healthy'},
      {service: 'c', condition: 'completed'},
      {service: 'd', condition: 'started'},
      {service: 'e', condition: 'started'},
    ]);
  });
});

describe('how long a service may take', () => {
  test.each([
    [
      'its start period, all retries and half a minute',
      'healthcheck: {test: [CMD, x], interval: 10s, timeout: 5s, retries: 3, start_period: 1m}',
      60 + 3 * 15 + 30,
    ],
    ["the engine's defaults where it says nothing", 'healthcheck: {test: [CMD, x]}', 3 * 60 + 30],
    ['one minute without a health check', 'image: a:1', 60],
    ['one minute with one that is switched off', 'healthcheck: {disable: true, interval: 1h}', 60],
    ['one minute with one that is none', 'healthcheck: {test: [NONE], interval: 1h}', 60],
    ['ten minutes for a job', 'restart: "no"', 600],
    ['ten minutes for a job, whatever it would check', 'restart: "no"\nhealthcheck: {test: [CMD, x], interval: 1s}', 600],
    ['no fraction of a second', 'healthcheck: {test: x, interval: 1500ms, timeout: 1s, retries: 1}', 33],
  ])('%s', (_, yaml, seconds) => {
    expect(one(yaml)?.limitSeconds).toBe(seconds);
  });
});

test('a service with everything', () => {
  expect(
    one(`image: a:1
labels: {infra-wizard.component: door, infra-wizard.phase: first}
healthcheck: {test: knock}
mem_limit: 128m
deploy: {resources: {limits: {memory: "67108864"}}}`),
  ).toEqual({
    name: 'a',
    component: 'door',
    phase: 'first',
    image: 'a:1',
    replicas: 1,
    dependsOn: [],
    hasHealthCheck: true,
    healthCheck: {retries: 3, startPeriod: 0, interval: 30},
    isJob: false,
    limitSeconds: 210,
    memoryLimit: 67_108_864,
    ports: [],
  });
});

test('labels may be a list, and a service without ours belongs to the last phase', () => {
  const listed = one('labels: ["infra-wizard.component=door", "infra-wizard.phase=first", "a=b=c", bare]');
  expect([listed?.component, listed?.phase]).toEqual(['door', 'first']);
  expect(one('mem_limit: 1g')).toEqual({
    name: 'a',
    component: undefined,
    phase: 'last',
    image: '',
    replicas: 1,
    dependsOn: [],
    hasHealthCheck: false,
    isJob: false,
    limitSeconds: 60,
    memoryLimit: 2 ** 30,
    ports: [],
  });
});

test.each([undefined, null, 'text', [], {}, {services: null}, {services: []}])('a model like %j has no services', model => {
  expect([readServices(model, 'last'), readNetworks(model, 'p'), readVolumes(model, 'p')]).toEqual([[], [], []]);
});

test('networks with a fixed subnet, under the name the engine knows them by', () => {
  const model = parse(`networks:
  hall: {name: house-dev_hall, ipam: {config: [{subnet: 172.30.0.0/24}]}}
  cellar: {ipam: {config: [{subnet: 172.31.10.0/24}]}}
  own: {driver: bridge}
  none:
`);
  expect(readNetworks(model, 'house-dev')).toEqual([
    {id: 'hall', name: 'house-dev_hall', subnet: '172.30.0.0/24'},
    {id: 'cellar', name: 'house-dev_cellar', subnet: '172.31.10.0/24'},
  ]);
});

test('volumes, with the services that keep data in them and their components', () => {
  const model = parse(`services:
  a: {labels: {infra-wizard.component: door}, volumes: ["data:/data", "./config/x:/x:ro"]}
  b: {labels: ["infra-wizard.component=door"], volumes: [{type: volume, source: data, target: /data}]}
  c: {volumes: [{type: volume, source: named, target: /c}]}
volumes:
  data:
  named: {name: elsewhere}
`);
  expect(readVolumes(model, 'house-dev')).toEqual([
    {name: 'house-dev_data', services: ['a', 'b'], components: ['door']},
    {name: 'elsewhere', services: ['c'], components: []},
  ]);
});

test('without compose, the overlays as written lead to the same services, with their variables filled in', () => {
  const selection = selected(smallCatalog(), {
    components: {lamp: 'standalone'},
    settings: {door: {http_port: '8080'}, platform: {hall_subnet: '10.0.0.0/24'}},
  });
  const model = mergeRendered(render(smallCatalog(), selection), selection.values);
  expect(readServices(model, 'third')).toEqual([
    {
      name: 'door',
      component: 'door',
      phase: 'first',
      image: 'door:1.2',
      replicas: 1,
      dependsOn: [],
      hasHealthCheck: true,
      healthCheck: {retries: 3, startPeriod: 30, interval: 10},
      isJob: false,
      limitSeconds: 105,
      memoryLimit: undefined,
      ports: [{address: undefined, port: 8080, protocol: 'tcp'}],
    },
    {
      name: 'lamp',
      component: 'lamp',
      phase: 'second',
      image: 'lamp:2.0',
      replicas: 1,
      dependsOn: [{service: 'battery', condition: 'healthy'}],
      hasHealthCheck: false,
      isJob: false,
      limitSeconds: 60,
      memoryLimit: 64 * 2 ** 20,
      ports: [],
    },
    {
      name: 'battery',
      component: 'battery',
      phase: 'second',
      image: 'battery:3.1',
      replicas: 1,
      dependsOn: [],
      hasHealthCheck: true,
      healthCheck: {retries: 2, startPeriod: 10, interval: 5},
      isJob: false,
      limitSeconds: 54,
      memoryLimit: undefined,
      ports: [],
    },
  ]);
  expect(readNetworks(model, 'house-dev')).toEqual([
    {id: 'hall', name: 'house-dev_hall', subnet: '10.0.0.0/24'},
    {id: 'cellar', name: 'house-dev_cellar', subnet: '172.31.10.0/24'},
  ]);
  expect(readVolumes(model, 'house-dev')).toEqual([{name: 'house-dev_charge', services: ['battery'], components: ['battery']}]);
});

test.each([
  ['image: a:1', 1],
  ['deploy: {replicas: 3}', 3],
  ['deploy: {replicas: "2"}', 2],
  ['deploy: {replicas: 0}', 0],
  ['scale: 4', 4],
])('replicas of %s', (text, replicas) => {
  expect(one(text)?.replicas).toBe(replicas);
});
