/** Rows of the status: which there are, in which order, and what differs from the overlays. */
import {expect, test} from 'vitest';
import {type Expected, type RowsInput, rowName, rowsOf} from '../../source/commands/status-rows.ts';
import {containerOf} from '../../source/engine/container-record.ts';
import type {ContainerDetails} from '../../source/engine/engine.ts';
import {engineWith, service} from '../helpers/observed.ts';

const phases = [
  {id: 'core', title: 'Core'},
  {id: 'data', title: 'Data'},
  {id: 'watch', title: 'Watch'},
];

const container = (name: string, phase: string | undefined, more: Partial<ContainerDetails> = {}, number = '1'): ContainerDetails => ({
  ...containerOf({Id: `${name}-${number}`, State: {Status: 'running'}, Config: {}, HostConfig: {}}),
  ...{service: name, image: `${name}:1`, imageId: `sha256:${name}:1`, configHash: `hash-${name}`},
  labels: new Map([['com.docker.compose.container-number', number], ...(phase ? [['infra-wizard.phase', phase] as const] : [])]),
  ...more,
});

const services = [
  service('gateway', {phase: 'core'}),
  service('db', {phase: 'data'}),
  service('cache', {phase: 'data'}),
  service('graphs', {phase: 'watch'}),
  service('idle', {phase: 'core', replicas: 0}),
];
const expected: Expected = {
  services,
  facts: {
    hashes: new Map(services.map(({name}) => [name, `hash-${name}`])),
    lock: [],
    engine: engineWith(
      [],
      services.map(({image}) => image),
    ),
  },
};

const rows = (containers: readonly ContainerDetails[], more: Partial<RowsInput> = {}) =>
  rowsOf({containers, expected, used: () => undefined, unhealthySince: () => undefined, urls: new Map(), phases, ...more});
const brief = (containers: readonly ContainerDetails[], more: Partial<RowsInput> = {}) =>
  rows(containers, more).services.map(({name, state, drift}) => `${name} ${state}${drift ? `: ${drift.cause}` : ''}`);

test('come in the order of the phases, and by name with numbers in their order', () => {
  const replicas = ['2', '10', '1'].map(number => container('db', 'data', {}, number));
  expect(brief([container('cache', 'data'), ...replicas, container('gateway', 'core')])).toEqual([
    'gateway running',
    'cache running',
    'db 1 running',
    'db 2 running',
    'db 10 running',
  ]);
});

test('one that compose makes to take the place of another has no row before that is gone', () => {
  const old = container('db', 'data', {id: 'old', state: 'exited', exitCode: 0});
  const next = container('db', 'data', {id: 'new', state: 'created'});
  const others = [container('gateway', 'core'), container('cache', 'data')];
  const rowsOfDb = (...found: readonly ContainerDetails[]) =>
    rows([...others, ...found]).services.flatMap(({service: of, name, containerId}) => (of === 'db' ? [`${name}: ${containerId}`] : []));
  expect(rowsOfDb(next, {...old, state: 'running'})).toEqual(['db: old']);
  expect(rowsOfDb(old, next)).toEqual(['db: old']);
  expect(rowsOfDb(next)).toEqual(['db: new']);
  expect(rowsOfDb(old, container('db', 'data', {id: 'second', state: 'created'}, '2'))).toEqual(['db 1: old', 'db 2: second']);
});

test('what should run and has no container is missing, in phases that are rolled out', () => {
  const {services: found, ahead} = rows([container('gateway', 'core'), container('db', 'data')]);
  expect(found.map(({name, state}) => `${name} ${state}`)).toEqual(['gateway running', 'cache missing', 'db running']);
  expect(ahead).toEqual([{id: 'watch', title: 'Watch'}]);
  expect(found[1]).toMatchObject({containerId: '', phase: 'data', image: 'cache:1', drift: {kind: 'missing'}});
});

test('a phase before one that is there is no phase to come: all of it is missing', () => {
  expect(brief([container('graphs', 'watch'), container('db', 'data')])).toEqual([
    'gateway missing: it has no container',
    'cache missing: it has no container',
    'db running',
    'graphs running',
  ]);
});

test('before anything is rolled out nothing is missing', () => {
  expect(rows([])).toEqual({services: [], ahead: phases});
});

test.each<readonly [string, Partial<ContainerDetails>]>([
  ['gateway running: its settings changed', {configHash: 'other'}],
  ['gateway running: image changes from gateway:0 to gateway:1', {image: 'gateway:0'}],
  ['gateway running: gateway:1 means another image now', {imageId: 'sha256:older'}],
  ['gateway running', {}],
])('%s', (said, more) => {
  expect(brief([container('gateway', 'core', more)])).toEqual([said]);
});

test('a container that no overlay knows is a stray, and rolls no phase out', () => {
  const found = rows([container('visitor', 'watch')]);
  expect(found.services.map(({name, drift}) => [name, drift?.kind])).toEqual([['visitor', 'stray']]);
  expect(found.ahead?.map(({id}) => id)).toEqual(['core', 'data', 'watch']);
});

test('without knowing what should run nothing is missing, strange or different', () => {
  expect(brief([container('visitor', undefined), container('gateway', 'core', {configHash: 'other'})], {expected: undefined})).toEqual([
    'gateway running',
    'visitor running',
  ]);
});

test('figures are those of what runs: one that ended has none, and says since when', () => {
  const history = {cpu: [1], memory: [2]};
  const used = () => ({cpuPercent: 1, memory: 2, memoryLimit: undefined, rates: undefined, history});
  const ended = container('db', 'data', {state: 'exited', exitCode: 1, finishedAt: 5000});
  const found = rows([container('gateway', 'core', {health: 'unhealthy', cpuLimit: 50}), ended], {
    used,
    unhealthySince: () => 7000,
  }).services;
  expect(found.find(({name}) => name === 'gateway')).toMatchObject({cpu: 1, memory: 2, history, cpuLimit: 50, illSince: 7000});
  expect(found.find(({name}) => name === 'db')).toMatchObject({cpu: undefined, history: undefined, illSince: 5000});
});

test('a row is named by its service, and by its number too where there are several', () => {
  const [one, two] = [container('db', 'data'), container('db', 'data', {}, '2')];
  expect([rowName(one, [one]), rowName(two, [one, two])]).toEqual(['db', 'db 2']);
});
