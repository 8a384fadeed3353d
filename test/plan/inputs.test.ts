import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Input, InputType} from '../../source/catalog/catalog.ts';
import {checkInput, domainKind} from '../../source/plan/inputs.ts';

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

const label63 = 'a'.repeat(63);
const host253 = [label63, label63, label63, 'a'.repeat(61)].join('.');

/** What is no name of a host: it ends up in rules, addresses and certificates. */
const noHosts = [
  '',
  '.',
  'a..b',
  '.a',
  'a.',
  '-a',
  'a-',
  'a.-b',
  'a_b',
  'A.example',
  'a b',
  ' a',
  'a ',
  'a\n',
  'a\nb',
  'a\tb',
  'a`b',
  "a'b",
  'a"b',
  'a$b',
  `\${A}`,
  'a\\b',
  'a/b',
  'a:80',
  'a||b',
  'a,b',
  '*.a',
  'https://a',
  'münchen.de',
  'а.example',
  'a\u0000',
  'a\u200b',
  `${label63}a`,
  `${label63}a.example`,
  `${host253}a`,
];

const cases: readonly (readonly [string, Input, readonly string[], readonly string[]])[] = [
  [
    'a text',
    input('text'),
    ['a', 'warm white', 'Ünïcode 日本', '0.0.0.0/0,::/0', '<&>|;#!', 'x'.repeat(200)],
    [
      'x'.repeat(201),
      "it's",
      'say "a"',
      '`a`',
      '$A',
      'a\\b',
      'a\nb',
      'a\rb',
      'a\tb',
      'a\u001b[31m',
      'a\u0000',
      'a\u2028b',
      'a\u202eb',
      'a\u200bb',
      'a\ud800',
    ],
  ],
  [
    'a name',
    input('name'),
    ['a', '0', 'a-b_c', 'platform', 'a'.repeat(63)],
    ['', 'A', '-a', '_a', 'a.b', 'a/b', '..', 'a b', 'a\n', 'é', 'a'.repeat(64)],
  ],
  [
    'a number',
    input('number'),
    ['0', '1', '80', '999999999999'],
    [
      '',
      '-1',
      '+1',
      '-0',
      '1.0',
      '1.5',
      '080',
      '00',
      '1e3',
      '0x1F',
      '1_000',
      ' 1',
      '1 ',
      '1\n',
      '１２',
      'Infinity',
      'NaN',
      '1000000000000',
    ],
  ],
  ['a number of a range', input('number', {min: 3, max: 7}), ['3', '7'], ['2', '8', '03']],
  [
    'a port',
    input('port'),
    ['1', '80', '443', '65535'],
    [
      '',
      '0',
      '080',
      '65536',
      '70000',
      '1e3',
      '0x50',
      '-80',
      '+80',
      '80.0',
      ' 80',
      '80 ',
      '80\n',
      '８０',
      '80-81',
      '80/tcp',
      '127.0.0.1:80',
    ],
  ],
  ['a port of a range', input('port', {min: 1024}), ['1024'], ['1023']],
  ['a host', input('host'), ['a', 'localhost', 'auth.example.com', 'xn--mnchen-3ya.de', 'a-b.c1', '10.0.0.1', label63, host253], noHosts],
  [
    'a domain',
    input('domain'),
    ['a', 'infra.localhost', 'example.com', 'xn--mnchen-3ya.de', '1.example', host253],
    [...noHosts, '10.0.0.1', '127.1'],
  ],
  [
    'an e-mail address',
    input('email'),
    ['ops@example.com', 'a.b+c_d%e-f@sub.example.com', `${'a'.repeat(64)}@example.com`],
    [
      '',
      'ops',
      'ops@',
      '@example.com',
      'ops@localhost',
      'ops@example.com\n',
      'ops @example.com',
      'ops@exa mple.com',
      'ops@example..com',
      'a@b@example.com',
      'Ops <ops@example.com>',
      'ops@EXAMPLE.com',
      'ops"@example.com',
      '`ops`@example.com',
      '$(id)@example.com',
      `${'a'.repeat(65)}@example.com`,
    ],
  ],
  [
    'a subnet',
    input('subnet'),
    ['172.30.0.0/24', '10.0.0.0/16', '10.1.2.240/28', '192.168.255.0/24', '172.16.0.0/16', '172.31.255.240/28', '192.168.1.128/25'],
    [
      '',
      '172.30.0.0',
      '172.30.0.1/24',
      '172.30.0.0/23x',
      '10.0.0.0/15',
      '10.0.0.0/8',
      '10.0.0.0/29',
      '10.0.0.0/32',
      '10.0.0.8/27',
      '172.32.0.0/24',
      '172.15.0.0/24',
      '192.169.0.0/24',
      '8.8.8.0/24',
      '127.0.0.0/24',
      '256.0.0.0/24',
      '10.0.0/24',
      '10.0.0.0.0/24',
      '010.0.0.0/24',
      '10.00.0.0/24',
      '172.030.0.0/24',
      '10.0.0.0/024',
      ' 10.0.0.0/24',
      '10.0.0.0/24\n',
      '１０.0.0.0/24',
      'fd00::/64',
      '10.0.0.0/24,10.0.1.0/24',
    ],
  ],
  [
    'a choice',
    input('choice', {
      choices: ['on', 'off'].map(id => ({id, title: id, summary: id, env: new Map(), requires: [], files: [], secrets: []})),
    }),
    ['on', 'off'],
    ['', 'On', 'onn', '__proto__'],
  ],
];

describe.each(cases)('%s', (_, of, good, bad) => {
  test.each(good)('is %j', value => {
    expect(checkInput(of, value)).toBeUndefined();
  });

  test.each(bad)('is not %j', value => {
    expect(checkInput(of, value)).toEqual(expect.any(String));
  });
});

test('what a value should have been completes the sentence "It must be ..."', () => {
  const said = (type: InputType, more?: Partial<Input>) => checkInput(input(type, more), ' ');
  expect(said('port')).toBe('a whole number from 1 to 65535');
  expect(said('number', {min: 3, max: 7})).toBe('a whole number from 3 to 7');
  expect(said('subnet')).toBe('a private IPv4 network such as 172.30.0.0/24, with a prefix from /16 to /28');
  expect(checkInput(input('subnet'), '172.30.0.1/24')).toBe(
    'the first address of its network: 172.30.0.1/24 has bits set behind the prefix',
  );
});

test('what is accepted as a host never holds a character that a rule, an address or a shell could stumble over', () => {
  const near = fc.string({unit: fc.constantFrom(...'ab0-._`\'"$\\/: \n*|'), maxLength: 12});
  fc.assert(
    fc.property(near, value => {
      for (const type of ['host', 'domain'] as const) {
        if (checkInput(input(type), value) === undefined) expect(value).toMatch(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/);
      }
    }),
    {numRuns: 5000},
  );
});

test('very long values are answered at once', () => {
  const types: readonly InputType[] = ['text', 'name', 'number', 'port', 'host', 'domain', 'email', 'subnet'];
  for (const type of types)
    for (const part of ['a', '1', 'a.', 'a-', '.', '@', 'a@']) expect(checkInput(input(type), part.repeat(200_000))).toBeDefined();
});

test.each([
  [
    'private',
    [
      'localhost',
      'infra.localhost',
      'server',
      'a.local',
      'a.internal',
      'a.lan',
      'a.home.arpa',
      'home.arpa',
      'a.test',
      'a.example',
      'a.home',
      'a.corp',
    ],
  ],
  ['public', ['example.com', 'a.b.example.org', 'local.example.com', 'mylan.de', 'arpa.net', 'xlocal.io', 'a.mylocal']],
] as const)('nobody can, or anybody may, vouch for it: %s', (kind, domains) => {
  expect(domains.map(domain => [domain, domainKind(domain)])).toEqual(domains.map(domain => [domain, kind]));
});
