import fc from 'fast-check';
import {expect, test} from 'vitest';
import {formatSubnet, overlaps, parseSubnet, proposeFree} from '../../source/plan/subnets.ts';

const subnet = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255), fc.integer({min: 8, max: 32}))
  .map(([a, b, c, d, prefix]) => `${a}.${b}.${c}.${d}/${prefix}`);

test('subnets are parsed, with their host bits ignored, and written again', () => {
  expect(parseSubnet('172.30.0.0/24')).toEqual({first: 2_887_647_232, last: 2_887_647_487});
  expect(
    ['172.30.0.7/24', '10.255.1.2/8', '255.255.255.255/32', '0.0.0.0/0'].map(text =>
      formatSubnet(parseSubnet(text) ?? {first: 0, last: 0}),
    ),
  ).toEqual(['172.30.0.0/24', '10.0.0.0/8', '255.255.255.255/32', '0.0.0.0/0']);
});

test('what is no IPv4 subnet is none', () => {
  for (const text of [
    '',
    '172.30.0.0',
    '172.30.0.0/33',
    '256.0.0.0/8',
    '1.2.3/8',
    'fd00::/64',
    '1.2.3.4/8/8',
    '1.2.3.4/+8',
    '1.2.3.4/ 8',
    '١.2.3.4/8',
  ]) {
    expect(parseSubnet(text), text).toBeUndefined();
  }
});

test('overlap is found in both directions', () => {
  expect(overlaps('172.30.0.0/24', '172.30.0.128/25')).toBe(true);
  expect(overlaps('172.30.0.0/24', '172.16.0.0/12')).toBe(true);
  expect(overlaps('172.30.0.0/24', '172.30.1.0/24')).toBe(false);
  expect(overlaps('172.30.0.0/24', 'fd00::/64')).toBe(false);
  fc.assert(fc.property(subnet, subnet, (one, other) => overlaps(one, other) === overlaps(other, one)));
  fc.assert(fc.property(subnet, one => overlaps(one, one)));
});

test('the next free subnet of the same size is proposed', () => {
  expect(proposeFree('172.30.0.0/24', [])).toBe('172.30.0.0/24');
  expect(proposeFree('172.30.0.0/24', ['172.30.0.0/16'])).toBe('172.31.0.0/24');
  expect(proposeFree('172.31.255.0/24', ['172.31.255.0/24'])).toBe('172.16.0.0/24');
  expect(proposeFree('172.30.0.0/24', ['172.16.0.0/12'])).toBe('10.0.0.0/24');
  expect(proposeFree('172.30.0.0/24', ['172.16.0.0/12', '10.0.0.0/8'])).toBe('192.168.0.0/24');
  expect(proposeFree('172.30.0.0/24', ['172.16.0.0/12', '10.0.0.0/8', '192.168.0.0/16'])).toBeUndefined();
  expect(proposeFree('nonsense', [])).toBeUndefined();
});

test('a proposal is private, of the wanted size and overlaps nothing', () => {
  fc.assert(
    fc.property(fc.integer({min: 16, max: 28}), fc.array(subnet, {maxLength: 12}), (prefix, used) => {
      const proposed = proposeFree(`172.31.10.0/${prefix}`, used);
      if (proposed === undefined) return;
      expect(proposed.endsWith(`/${prefix}`)).toBe(true);
      expect(used.filter(taken => overlaps(taken, proposed))).toEqual([]);
      expect(['172.16.0.0/12', '10.0.0.0/8', '192.168.0.0/16'].some(pool => overlaps(pool, proposed))).toBe(true);
    }),
  );
});
