import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parse} from 'dotenv';
import fc from 'fast-check';
import {expect, onTestFinished, test} from 'vitest';
import {quoteDotenv, renderDotenv} from '../../source/plan/dotenv.ts';
import {findCompose} from '../catalogue/compose.ts';
import {selected, smallCatalog} from '../helpers/small-catalogue.ts';

test('the whole file', () => {
  const settings = {platform: {domain: 'example.com'}, door: {key_email: 'ops@example.com'}, lamp: {colour: 'warm white #2'}};
  const selection = selected(smallCatalog(), {components: {lamp: 'standalone'}, settings});
  expect(renderDotenv(selection, ['11-a.yml', '90-b.yml'])).toBe(`\
# Written by infra-wizard. With this, plain \`docker compose\` in this folder means the whole platform. Holds no secret.
COMPOSE_PROJECT_NAME=house-dev
COMPOSE_PATH_SEPARATOR=:
COMPOSE_FILE=11-a.yml:90-b.yml

ENVIRONMENT=dev
DOMAIN=example.com
HALL_SUBNET=172.30.0.0/24
CELLAR_SUBNET=172.31.10.0/24
HTTP_PORT=80
LOCK=key
URL_SCHEME=https
URL=https://example.com
KEY_EMAIL=ops@example.com
DOOR_HOST=door.example.com
LAMP_COLOUR='warm white #2'

# Your own variables belong below this line: what stands there stays as it is.
`);
});

test.each([
  ['plain', 'plain'],
  ['', ''],
  ['a=b,c:d@e%f', 'a=b,c:d@e%f'],
  ['two words', "'two words'"],
  [`$HOME \${X}`, `'$HOME \${X}'`],
  ['say "a"', `'say "a"'`],
  ['a\\b', "'a\\b'"],
  ['#a', "'#a'"],
  ["it's", '"it\'s"'],
  ['it\'s $X \\ "', '"it\'s \\$X \\\\ \\""'],
  ["it's\ntwo", '"it\'s\\ntwo"'],
  ['ends with \\', '"ends with \\\\"'],
])('%j is written %s', (value, written) => {
  expect(quoteDotenv(value)).toBe(written);
});

/** Carriage returns are nobody's friend: dotenv makes line feeds of them, and no input accepts them. */
const anyText = fc.string({unit: fc.constantFrom(...`ab1 '"\`$\\{}#=\n\t!~é日,:;[]*&%@-_.`), maxLength: 16});

test('dotenv reads back what was written, where it knows a way to write it', () => {
  fc.assert(
    fc.property(anyText, value => {
      fc.pre(!value.includes("'") && !value.endsWith('\\'));
      expect(parse(`X=1\nV=${quoteDotenv(value)}\nY=2\n`)).toEqual({X: '1', V: value, Y: '2'});
    }),
    {numRuns: 3000},
  );
});

test('compose reads back what was written', async context => {
  const compose = await findCompose();
  if ('reason' in compose) return context.skip(compose.reason);
  const folder = await mkdtemp(join(tmpdir(), 'dotenv-'));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  const values = [
    ...fc.sample(anyText, 400),
    "it's",
    "'",
    "''",
    'a\\',
    "a'\\",
    '\\',
    "\\'",
    `a'$$b \${X} \\n`,
    '"',
    '#',
    ' a ',
    'a #b',
    '\n',
    "\n'",
  ];
  const lines = (write: (value: string, index: number) => string) => values.map(write).join('\n');
  await writeFile(join(folder, '.env'), `${lines((value, index) => `V${index}=${quoteDotenv(value)}`)}\n`);
  const environment = lines((_, index) => `      V${index}: "\${V${index}}"`);
  await writeFile(join(folder, 'compose.yml'), `services:\n  a:\n    image: a:1\n    environment:\n${environment}\n`);
  const {stdout} = await compose(['-p', 'test', 'config', '--format', 'json'], folder);
  const model = JSON.parse(stdout) as {services: {a: {environment: Record<string, string>}}};
  // config doubles every $, so that its output can be read again.
  expect(values.map((_, index) => model.services.a.environment[`V${index}`]?.replaceAll('$$', '$'))).toEqual(values);
}, 300_000);
