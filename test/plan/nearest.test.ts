import {expect, test} from 'vitest';
import {nearest, unknownName} from '../../source/plan/nearest.ts';

const names = ['ha', 'minimal', 'standard', 'door', 'lamp'];

test.each([
  ['minmal', 'minimal'],
  ['MINIMAL', 'minimal'],
  ['standrad', 'standard'],
  ['dor', 'door'],
  ['lampe', 'lamp'],
  ['h', 'ha'],
  ['hb', 'ha'],
  ['zz', undefined],
  ['', undefined],
  ['keycloak', undefined],
  ['television', undefined],
])('%j may have meant %j', (name, meant) => {
  expect(nearest(name, names)).toBe(meant);
});

test('a name that is like no other is answered with all there are', () => {
  expect(unknownName('tier', 'tier', 'television', names)).toEqual({
    where: 'tier',
    what: 'There is no tier "television".',
    next: 'Known: ha, minimal, standard, door, lamp.',
  });
  expect(unknownName('tier', 'tier', 'x', []).next).toBe('Known: none.');
  expect(unknownName('tier', 'tier', 'dor', names).next).toBe('Did you mean "door"?');
});
