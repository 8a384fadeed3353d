import {chmod, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import {beforeEach, expect, onTestFinished, test, vi} from 'vitest';
import {composeDown, composeProbe, composeUp, resolveModel} from '../../source/engine/compose.ts';
import {collect} from '../helpers/collect.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'compose-'));
  onTestFinished(() => rm(directory, {recursive: true, force: true}));
  // Node takes --env-file for itself wherever it stands, and ends when there is none.
  await writeFile(join(directory, '.env'), '');
});

/** A program of this name that stands in for the real one, and says how it was called. */
const program = async (name: string, script: string) => {
  const text = `#!/usr/bin/env node\nconst fs = require('fs'), argv = process.argv.slice(2);\nfs.appendFileSync(${JSON.stringify(join(directory, 'calls'))}, argv.join(' ') + '\\n');\n${script}\n`;
  await writeFile(join(directory, name), text);
  await chmod(join(directory, name), 0o755);
};
const env = () => ({PATH: [directory, dirname(process.execPath)].join(delimiter), DOCKER_HOST: 'unix:///x.sock'});
/** Nothing but the stand-ins. */
const bare = () => ({PATH: directory});
const calls = () => readFile(join(directory, 'calls'), 'utf8');
const project = () => ({project: 'p', directory, files: [join(directory, 'a.yml')], envFile: join(directory, '.env')});
const general = () => `--project-name p --project-directory ${directory} --env-file ${directory}/.env`;

test.each([
  ['2.40.3-3', {kind: 'ready', version: '2.40.3'}],
  ['v5.5.0', {kind: 'ready', version: '5.5.0'}],
])('compose %s is found', async (version, expected) => {
  await program('docker', `console.log('${version}')`);
  expect(await composeProbe({env: env()})).toEqual(expected);
});

test('a docker CLI without the plugin', async () => {
  await program('docker', `console.error("docker: unknown command: docker compose"); process.exit(1)`);
  expect(await composeProbe({env: env()})).toEqual({kind: 'no-plugin'});
});

test('only the first compose', async () => {
  await program('docker-compose', `console.log('1.29.2')`);
  expect(await composeProbe({env: env()})).toEqual({kind: 'v1-only', version: '1.29.2'});
});

test('nothing at all', async () => {
  expect(await composeProbe({env: bare()})).toEqual({kind: 'no-cli'});
});

test('a model is resolved, and the resolved model hashed', async () => {
  await program(
    'docker',
    `argv.includes('--hash') ? process.stdin.on('data', data => console.log('db ' + data.length)) : process.stdout.write('{"name":"p"}')`,
  );
  expect(await resolveModel(project(), {env: env()})).toEqual({model: {name: 'p'}, hashes: new Map([['db', '12']])});
  expect(await calls()).toBe(
    [`compose ${general()} --file ${directory}/a.yml config --format json`, `compose ${general()} --file - config --hash *`, ''].join('\n'),
  );
});

test('files that compose does not accept are an ExternalError with its words', async () => {
  await program('docker', `console.error('services.db additional property imge is not allowed'); process.exit(15)`);
  await expect(resolveModel(project(), {env: env()})).rejects.toMatchObject({
    ...{name: 'ExternalError', code: 15, lastLines: ['services.db additional property imge is not allowed']},
  });
});

test('up says what compose says, and the engine is the one of the environment', async () => {
  await program(
    'docker',
    `console.error(JSON.stringify({id: 'Container p-db-1', status: 'Started'})); console.error(process.env.DOCKER_HOST)`,
  );
  expect(await collect(composeUp(['db', 'web'], project(), {env: env()}))).toEqual([
    {id: 'Container p-db-1', word: 'Started', message: '', error: false, warning: false},
    {id: undefined, word: '', message: 'unix:///x.sock', error: false, warning: false},
  ]);
  expect(await calls()).toBe(
    `compose --progress json ${general()} --file ${directory}/a.yml up --detach --no-deps --pull never -- db web\n`,
  );
});

test('a failed up throws with the last words, made readable', async () => {
  await program(
    'docker',
    `console.error(JSON.stringify({id: 'Container p-db-1', status: 'Starting'})); console.error(JSON.stringify({error: true, message: 'port is already allocated'})); process.exitCode = 1`,
  );
  const words: string[] = [];
  const failing = (async () => {
    for await (const {word, message} of composeUp(['db'], project(), {env: env()})) words.push(word || message);
  })();
  await expect(failing).rejects.toMatchObject({
    name: 'ExternalError',
    code: 1,
    lastLines: ['Container p-db-1 Starting', 'port is already allocated'],
  });
  expect(words).toEqual(['Starting', 'port is already allocated']);
});

test('an abort asks compose to stop, once, and waits until it has', async () => {
  const stops = join(directory, 'stops');
  await program(
    'docker',
    `process.on('SIGINT', () => { fs.appendFileSync(${JSON.stringify(stops)}, 'SIGINT '); setTimeout(() => { fs.appendFileSync(${JSON.stringify(stops)}, 'done'); process.exit(130) }, 100) }); console.error('{"id":"a","status":"Creating"}'); setInterval(() => {}, 1000)`,
  );
  const stopping = new AbortController();
  const running = (async () => {
    for await (const _line of composeUp(['db'], project(), {env: env(), signal: stopping.signal})) stopping.abort(new Error('enough'));
  })();
  await expect(running).rejects.toThrow('enough');
  await vi.waitFor(async () => expect(await readFile(stops, 'utf8')).toBe('SIGINT done'));
});

test('down removes the data only when told to', async () => {
  await program('docker', '');
  await collect(composeDown({volumes: true}, project(), {env: env()}));
  expect(await calls()).toMatch(/ down --volumes\n$/);
});
