import {expect, test} from 'vitest';
import {decodeContainerEvent} from '../../source/engine/container-event.ts';
import {recordedLines, stores} from './recordings.ts';

test.each(stores)('%s: the life of three services, as lines', store => {
  const lines = recordedLines(`${store}-events.ndjson`)
    .flatMap(line => decodeContainerEvent(line) ?? [])
    .filter(({action}) => !action.startsWith('exec_'))
    .map(({service, action, health = '', exitCode = ''}) => `${service} ${action} ${health}${exitCode}`.trim());
  expect([...lines].sort()).toEqual([
    ...['hog create', 'hog die 137', 'hog oom', 'hog start', 'job create', 'job die 3', 'job start'],
    ...['sick create', 'sick health_status unhealthy', 'sick start'],
  ]);
});

const event = {
  Type: 'container',
  Action: 'health_status: healthy',
  Actor: {ID: 'c1', Attributes: {'com.docker.compose.service': 'db', name: 'p-db-1'}},
  timeNano: 0,
};
const line = (changes: object) => JSON.stringify({...event, ...changes}).replace(/"timeNano":\d+/, '"timeNano":1795475446332611700');

test('time and cursor keep what a number cannot hold', () => {
  expect(decodeContainerEvent(line({}))).toEqual({
    ...{action: 'health_status', containerId: 'c1', service: 'db', health: 'healthy', exitCode: undefined},
    attributes: new Map(Object.entries(event.Actor.Attributes)),
    at: 1795475446332,
    cursor: '1795475446.332611700',
  });
});

test.each([
  ['no JSON', '{"Action":'],
  ['an object of another kind', '{"Action":"pull","timeNano":1795475446332611700}'],
  ['no service of compose', line({Actor: {ID: 'c1', Attributes: {}}})],
  ['a run of compose', line({Actor: {ID: 'c1', Attributes: {'com.docker.compose.service': 'db', 'com.docker.compose.oneoff': 'True'}}})],
  ['no time', JSON.stringify(event)],
])('%s is no event', (_name, text) => {
  expect(decodeContainerEvent(text)).toBeUndefined();
});

test('attributes of other types are left out, text is made printable', () => {
  const attributes = {'com.docker.compose.service': 'd\u001b[1mb', __proto__: null, number: 3, 'a\u0007': 'x'};
  expect(decodeContainerEvent(line({Action: 'die', Actor: {ID: 'c1', Attributes: {...attributes, exitCode: 'none'}}}))).toMatchObject({
    ...{action: 'die', service: 'db', exitCode: undefined},
  });
});
