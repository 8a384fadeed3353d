import {describe, expect, test} from 'vitest';
import {checkSecret, isUnfinishedSecret, matchSecrets} from '../../source/plan/secrets.ts';
import {secretiveCatalogue as catalogue, twoSites} from '../ui/secretive.ts';

const free = {length: 24};
const exact = {length: 32, exact: true};

test.each([
  [free, 'Abcdefghijkl', true],
  [free, `A${'b'.repeat(63)}`, true],
  [free, 'a-_.9aaaaaaa', true],
  [free, 'Abcdefghijk', false],
  [free, `A${'b'.repeat(64)}`, false],
  [free, '1bcdefghijkl', false],
  [free, '-bcdefghijkl', false],
  [free, 'Abcdef ghijkl', false],
  [free, 'Abcdef\nghijkl', false],
  [free, "Abcdef'ghijkl", false],
  [free, 'Abcdef$ghijkl', false],
  [free, 'Abcdéfghijkl', false],
  [free, '', false],
  [exact, 'A'.repeat(32), true],
  [exact, 'A'.repeat(31), false],
  [exact, 'A'.repeat(33), false],
] as const)('a secret of %j can be %j: %s', (secret, value, fits) => {
  expect(checkSecret(secret, value) === undefined).toBe(fits);
});

test('a beginning of a secret is not wrong yet, unless it can never become right', () => {
  expect([isUnfinishedSecret(free, 'Abc'), isUnfinishedSecret(free, 'A bc'), isUnfinishedSecret(free, 'Abcdefghijkl')]).toEqual([
    true,
    false,
    false,
  ]);
  expect([isUnfinishedSecret(exact, 'A'.repeat(31)), isUnfinishedSecret(exact, 'A'.repeat(33))]).toEqual([true, false]);
});

describe('secrets that flags name', () => {
  const flag = '--secret-file';
  const match = (component: string, id: string, value = 'Correct-Horse.42') =>
    matchSecrets(catalogue, twoSites, [{flag, component, id, value}]);

  test.each([
    ['gateway', 'gateway_password', 'gateway_password'],
    ['gateway', 'password', 'gateway_password'],
    ['site.blog', 'db_password', 'site_blog_db_password'],
  ])('%s.%s is found', (component, id, found) => {
    expect([...match(component, id).secrets]).toEqual([[found, 'Correct-Horse.42']]);
  });

  test('an unknown one is refused with the nearest, one that is made of another too', () => {
    expect(match('gateway', 'gateway_pasword').problems).toEqual([
      {where: flag, what: 'There is no secret "gateway.gateway_pasword".', next: 'Did you mean "gateway.gateway_password"?'},
    ]);
    expect(match('gateway', 'gateway_users').problems[0]?.what).toBe('There is no secret "gateway.gateway_users".');
    expect(match('metrics', 'password').secrets.size).toBe(0);
  });

  test('one that can not be used is refused without being said', () => {
    const {problems, secrets} = match('gateway', 'password', 'too short');
    expect([secrets.size, JSON.stringify(problems)]).toEqual([0, expect.not.stringContaining('too short')]);
    expect(problems).toMatchObject([{what: 'The secret for gateway.password can not be used.'}]);
  });
});
