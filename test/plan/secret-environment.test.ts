import {describe, expect, test} from 'vitest';
import {commandWithoutSecrets, secretTexts, variablesOf, withoutSecrets} from '../../source/plan/secret-environment.ts';

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

test.each([
  ['redis-server --requirepass x1y2 --port 6379', 'redis-server --requirepass (hidden) --port 6379'],
  ['tool --db-password x1 --verbose', 'tool --db-password (hidden) --verbose'],
  ['tool --token --verbose', 'tool --token --verbose'],
  ['tool --key /run/secrets/key --secret $SECRET', 'tool --key /run/secrets/key --secret $SECRET'],
  ['tool --password=x1 --user=me', 'tool --password=(hidden) --user=me'],
  ['tool --password-file=/run/secrets/x', 'tool --password-file=/run/secrets/x'],
  ['java -Dlogin.password=x1 -jar a.jar', 'java -Dlogin.password=(hidden) -jar a.jar'],
  ['worker postgres://shop:x1@db:5432/shop', 'worker postgres://shop:(hidden)@db:5432/shop'],
  ['worker postgres://shop:$PW@db:5432/shop', 'worker postgres://shop:$PW@db:5432/shop'],
  ['healthcheck --pass correct-horse', 'healthcheck --pass (hidden)'],
])('of a command line passwords are hidden, and nothing else: %s', (command, expected) => {
  expect(commandWithoutSecrets(command.split(' '), ['correct-horse']).join(' ')).toBe(expected);
});

test('a command of one word for a shell keeps all but what is written in it as a password', () => {
  const shown = (word: string) => commandWithoutSecrets(['CMD-SHELL', word], [])[1];
  expect(shown('PGPASSWORD=$(cat /run/secrets/db) psql -c "select 1"')).toBe('PGPASSWORD=$(cat /run/secrets/db) psql -c "select 1"');
  expect(shown("PGPASSWORD='x1' psql || exit 1")).toBe("PGPASSWORD='(hidden)' psql || exit 1");
  expect(shown('curl -H "Authorization: Bearer x1" http://127.0.0.1/')).toBe('curl -H "Authorization: Bearer (hidden)" http://127.0.0.1/');
});
