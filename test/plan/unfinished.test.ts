import {expect, test} from 'vitest';
import type {Input, InputType} from '../../source/catalog/catalog.ts';
import {checkInput} from '../../source/plan/inputs.ts';
import {isUnfinished} from '../../source/plan/unfinished.ts';

const input = (type: InputType, more: Partial<Input> = {}): Input => ({
  id: 'it',
  title: 'It',
  help: '',
  type,
  env: 'IT',
  early: false,
  choices: [],
  ...more,
});

/** Each is typed from its first to its last character: no beginning may be scolded. */
test.each([
  ['email', 'operations@mail.example.com'],
  ['image', 'ghcr.io/example/shop:1.4.2'],
  ['image', 'registry.example:5000/team/shop:1'],
  ['size', '512M'],
  ['host', 'my-app.example.com'],
  ['domain', 'my-infra.example.com'],
  ['port', '8443'],
  ['subnet', '172.30.0.0/24'],
  ['subnet', '192.168.7.0/28'],
] as const)('nobody who types the %s %s is scolded on the way', (type, value) => {
  const scolded = Array.from(value, (_, end) => value.slice(0, end + 1)).filter(
    typed => checkInput(input(type), typed) !== undefined && !isUnfinished(input(type), typed),
  );
  expect([scolded, checkInput(input(type), value)]).toEqual([[], undefined]);
});

test.each([
  ['email', 'a b'],
  ['email', 'a@b@c'],
  ['image', 'Shop'],
  ['size', 'x'],
  ['host', 'a..b'],
  ['host', '-'],
  ['port', '99999'],
  ['port', '12a'],
  ['subnet', '300'],
  ['name', 'A'],
  ['text', '"'],
] as const)('%s %j is wrong at once', (type, value) => {
  expect(isUnfinished(input(type), value)).toBe(false);
});

test('a number below the least may still grow into the range', () => {
  const port = input('number', {min: 1024, max: 65_535});
  expect([isUnfinished(port, '8'), isUnfinished(port, '9000'), isUnfinished(port, '70000')]).toEqual([true, false, false]);
});
