import {describe, expect, test} from 'vitest';
import {secretTexts, variablesOf, withoutSecrets} from '../../source/plan/secret-environment.ts';

const hidden = (entry: string, secrets: readonly string[] = []) => variablesOf([entry], secrets)[0]?.value === undefined;

describe('a variable is hidden', () => {
  test.each([
    'MYSQL_ROOT_PASSWORD=x1',
    'PGPASSWORD=x1',
    'DB_PASS=x1',
    'DB_PWD=x1',
    'githubToken=x1',
    'GITHUB_PAT=x1',
    'API_KEY=x1',
    'apiKey=x1',
    'AWS_SECRET_ACCESS_KEY=x1',
    'OAUTH2_PROXY_COOKIE_SECRET=x1',
    'SESSION_COOKIE=x1',
    'BASIC_AUTH=user:x1',
    'PRIVATE=x1',
    'CREDENTIALS=x1',
    'UNLOCK_PIN=1234',
    'DATABASE_URL=postgres://shop:x1@db:5432/shop',
    'REDIS=redis://:x1@cache:6379/0',
    'SENTRY_DSN=https://abc@sentry.example/1',
    'JAVA_OPTS=-Xmx1g -Dlogin.password=x1',
    'CONFIG={"token": "x1"}',
    'HEADER=Authorization: Bearer x1',
    'CERT=-----BEGIN PRIVATE KEY-----',
    'PROXY_FILE=http://user:x1@proxy/',
  ])('%s', entry => {
    expect(hidden(entry)).toBe(true);
  });
});

describe('a variable is shown', () => {
  test.each([
    'PATH=/usr/local/bin:/usr/bin',
    'MYSQL_ROOT_PASSWORD_FILE=/run/secrets/root',
    'PWD=/srv',
    'KEYMAP=de',
    'MONKEY=business',
    'AUTHOR=somebody',
    'TOKEN_REQUIRED=true',
    'API_KEY=',
    'URL=https://shop.example:8443/path@2x.png',
    'COMPASS=north',
  ])('%s', entry => {
    expect(hidden(entry)).toBe(false);
  });
});

test('whatever its name, a value with the content of a secret file is hidden', () => {
  const secrets = secretTexts(['correct-horse\n', 'line one\nline two']);
  expect(hidden('GREETING=say correct-horse to it', secrets)).toBe(true);
  expect(hidden('GREETING=line two', secrets)).toBe(true);
  expect(hidden('GREETING=say hello', secrets)).toBe(false);
});

test('nothing of a secret stays in a text, also where one secret is a part of another', () => {
  const secrets = secretTexts(['abcdef', 'abcdefgh', 'short']);
  expect(secrets).toEqual(['abcdefgh', 'abcdef']);
  expect(withoutSecrets('with abcdefgh and abcdef and short', secrets)).toBe('with (hidden) and (hidden) and short');
});

test('variables are sorted by name, values keep their equal signs, and what has no value is empty', () => {
  expect(variablesOf(['ZONE=a=b', 'LANG', 'A='], [])).toEqual([
    {name: 'A', value: ''},
    {name: 'LANG', value: ''},
    {name: 'ZONE', value: 'a=b'},
  ]);
});
