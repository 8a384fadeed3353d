import {expect, test} from 'vitest';
import {originName} from '../../source/plan/origin.ts';
import {checks} from '../../source/preflight/checks.ts';
import {findingOrigin} from '../../source/preflight/origins.ts';

const offer = {component: 'platform', input: 'dbnet_subnet'};

test.each<[id: string, what: string, offers: readonly (typeof offer)[] | undefined, name: string | undefined]>([
  ['D36', 'a subnet with a free one', [offer], 'platform.dbnet_subnet'],
  ['D36', 'two subnets', [offer, {...offer, input: 'stornet_subnet'}], 'platform.dbnet_subnet'],
  ['D36', 'a subnet without', [], undefined],
  ['D49', 'a port with a free one', [{component: 'edge', input: 'https_port'}], 'edge.https_port'],
  ['D38', 'names that are taken', undefined, 'environment'],
  ['D42', 'too little memory', undefined, 'tier'],
  ['D59', 'too few servers', undefined, 'tier'],
  ['D50', 'a firewall', undefined, undefined],
])('%s, %s, leads to the answer that mends it', (id, _, offers, name) => {
  const origin = findingOrigin({id, ...(offers && {offers})});
  expect(origin && originName(origin)).toBe(name);
});

test('only checks that there are have an answer', () => {
  const ids = Array.from({length: 99}, (_, index) => `D${String(index).padStart(2, '0')}`);
  const known = new Set(checks.map(({id}) => id));
  expect(ids.filter(id => findingOrigin({id}) && !known.has(id))).toEqual([]);
});
