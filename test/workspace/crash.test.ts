import {execFile} from 'node:child_process';
import {cpSync, existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import type {Secret} from '../../source/catalog/catalog.ts';
import {ownBorder} from '../../source/plan/own-variables.ts';
import {filesAt, filesNow} from '../../source/workspace/earlier-files.ts';
import {ensureSecrets} from '../../source/workspace/secrets.ts';
import {decideFiles, formerFiles, observeFiles, writeFiles} from '../../source/workspace/workspace.ts';
import {collect, file, temporaryFolder, treeOf} from './folders.ts';
import {buildProgram} from './programs.ts';

interface Ended {
  readonly signal: NodeJS.Signals | undefined;
  readonly changes: number;
  /** Names of the calls that changed the file system. */
  readonly order: string;
}

/** Runs the program; kills it so many milliseconds after it began, if it still runs. */
const run = (program: string, directory: string, job: object, killAfter?: number): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [program, directory, JSON.stringify(job)], (error, stdout, stderr) => {
      const order = stdout.replace('ready\n', '');
      if (error && error.signal !== 'SIGKILL') reject(new Error(stderr || error.message));
      else resolve({signal: error?.signal, changes: order.split(' ').length, order});
    });
    if (killAfter !== undefined) child.stdout?.once('data', () => setTimeout(() => child.kill('SIGKILL'), killAfter));
  });

/** Several at a time, since most of a killed run is the start of a process. */
const atEach = async (changes: number, check: (killAt: number) => Promise<void>) => {
  const points = Array.from({length: changes}, (_, index) => index + 1).values();
  const work = async () => {
    for (const killAt of points) await check(killAt);
  };
  await Promise.all([work(), work(), work()]);
};

/** Makes copies of a workspace, by name. */
const copiesOf = (start: string) => (name: string | number) => {
  const directory = join(temporaryFolder(), String(name));
  cpSync(start, directory, {recursive: true});
  return directory;
};

/** What was written before and is ours is removed, as the next run of a killed one does. */
const write = async (directory: string, files: readonly ReturnType<typeof file>[]) => {
  const paths = files.map(({path}) => path);
  const ours = (await formerFiles(directory, paths)).filter(({asWritten}) => asWritten);
  const unneeded = ours.map(({path}) => ({path, state: 'unneeded' as const}));
  return collect(writeFiles(directory, files, [...(await observeFiles(directory, files)), ...unneeded]));
};

const gone = 'config/a/gone';
const before = [
  ...[file('.env', 'A=1\n', {mode: 0o600}), file('11.yml', 'old: 1\n'), file('config/a/b', 'old\n')],
  file(gone, 'old and gone\n'),
];
const after = [file('.env', 'A=2\n', {mode: 0o600}), file('11.yml', 'new: 2\n'), file('config/a/b', 'old\n'), file('config/c/d', 'new\n')];
const newTree = Object.fromEntries(after.map(({path, content}) => [path, content]));
const leftovers = (directory: string) => Object.keys(treeOf(directory, {own: true})).filter(path => path.endsWith('.tmp'));

/** Every file is old, new or, if it was not there, missing. Temporary files are nobody's. */
const expectWhole = (directory: string) => {
  for (const [path, content] of Object.entries(treeOf(directory))) {
    if (path.includes('.infra-wizard-')) continue;
    const allowed = [...before, ...after].filter(known => known.path === path).map(known => known.content);
    expect(allowed, path).toContain(content);
  }
};

const expectFinished = async (directory: string) => {
  await write(directory, after);
  expect(treeOf(directory)).toEqual(newTree);
  expect(leftovers(directory)).toEqual([]);
  expect((await observeFiles(directory, before)).map(({state}) => state)).toEqual(['outdated', 'outdated', 'same', 'new']);
  expect((await filesAt(directory, 1))?.get(gone)?.content).toBe('old and gone\n');
  expect([...(await filesNow(directory)).keys()]).toEqual(Object.keys(newTree));
};

test('a run that is killed at any change leaves whole files, and the next run finishes', async () => {
  const program = buildProgram('killed-run');
  const start = join(temporaryFolder(), 'infra');
  await write(start, before);
  const place = copiesOf(start);
  const {changes} = await run(program, place('all'), {files: after, unneeded: [gone]});
  expect(changes).toBeGreaterThan(30);
  await atEach(changes, async killAt => {
    const directory = place(killAt);
    expect(await run(program, directory, {files: after, unneeded: [gone], killAt})).toMatchObject({signal: 'SIGKILL'});
    expectWhole(directory);
    await expectFinished(directory);
  });
}, 120_000);

test('content is on disk before it gets its name, and the name before the next one', async () => {
  const directory = join(temporaryFolder(), 'infra');
  await write(directory, before);
  const {order} = await run(buildProgram('killed-run'), directory, {files: after, unneeded: [gone]});
  const whole = order.match(/open write chmod sync/g)?.length ?? 0;
  const named = order.match(/rename open sync/g)?.length ?? 0;
  expect({whole, named}).toEqual({whole: order.match(/write/g)?.length, named: order.match(/rename/g)?.length});
  expect(named).toBeGreaterThanOrEqual(6);
});

test('a disk that reports an error at any change: whole files, nothing beside them, the reason, and the next run finishes', async () => {
  const program = buildProgram('killed-run');
  const start = join(temporaryFolder(), 'infra');
  await write(start, before);
  const place = copiesOf(start);
  const {changes} = await run(program, place('all'), {files: after, unneeded: [gone]});
  await atEach(changes, async killAt => {
    const directory = place(killAt);
    const {order} = await run(program, directory, {files: after, unneeded: [gone], killAt, failWith: 'EIO'});
    expectWhole(directory);
    // Some calls only tidy up: without them the run goes on.
    if (order.startsWith('{')) {
      expect(JSON.parse(order)).toMatchObject({exitCode: 3, why: 'The disk reported an input/output error. (EIO)'});
    }
    await expectFinished(directory);
  });
}, 120_000);

test('a run that is killed at any time leaves whole files, and the next run finishes', async () => {
  const program = buildProgram('killed-run');
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const directory = join(temporaryFolder(), 'infra');
    await write(directory, before);
    await run(program, directory, {files: after, unneeded: [gone]}, attempt / 2);
    expectWhole(directory);
    await expectFinished(directory);
  }
}, 120_000);

test('what a killed run wrote is still ours when the answers change before the next run', async () => {
  const program = buildProgram('killed-run');
  const start = join(temporaryFolder(), 'infra');
  await write(start, before);
  const {changes} = await run(program, start, {files: before});
  const others = after.map(known => ({...known, content: `${known.content}# other answers\n`}));
  for (let killAt = changes + 1; killAt < 200; killAt += 7) {
    const directory = join(temporaryFolder(), 'infra');
    await write(directory, before);
    const {signal} = await run(program, directory, {files: after, unneeded: [gone], killAt});
    await write(directory, others);
    expect(treeOf(directory)).toEqual(Object.fromEntries(others.map(({path, content}) => [path, content])));
    if (signal === undefined) break;
  }
}, 120_000);

test('secrets of a run that is killed at any change are whole, and the next run completes them without changing any', async () => {
  const program = buildProgram('killed-run');
  const secrets: readonly Secret[] = [
    {kind: 'random', id: 'password', length: 32},
    {kind: 'authority', id: 'ca', title: 'CA'},
    {kind: 'certificate', id: 'web', authority: 'ca', hosts: ['example.test']},
  ];
  const {changes} = await run(program, join(temporaryFolder(), 'infra'), {secrets});
  expect(changes).toBeGreaterThan(20);
  await atEach(changes, async killAt => {
    const directory = join(temporaryFolder(), 'infra');
    expect(await run(program, directory, {secrets, killAt})).toMatchObject({signal: 'SIGKILL'});
    const left = Object.entries(existsSync(directory) ? treeOf(directory) : {}).filter(
      ([path]) => path.startsWith('secrets/') && !path.endsWith('.tmp'),
    );
    await ensureSecrets(directory, secrets);
    expect(treeOf(directory)).toMatchObject(Object.fromEntries(left));
    expect(readdirSync(join(directory, 'secrets')).toSorted()).toEqual(['ca.crt', 'ca.key', 'password', 'web.crt', 'web.key']);
  });
}, 120_000);

/** As an operator's answers make them: variables with a place for his own, an overlay, and one that is his. */
const platform = (version: number) => {
  const overlay = `services:\n  lamp:\n    image: lamp:${version}\n`;
  return [
    file('.env', `IMAGE=lamp:${version}\nONLY${version}=1\n\n${ownBorder}\n`, {mode: 0o600}),
    file('11-docker-compose.Infra.dev.yml', overlay, {model: parse(overlay)}),
    file('90-docker-compose.Infra.dev.local.yml', 'services: {}\n', {once: true}),
  ];
};

const writeDecided = async (directory: string, files: readonly ReturnType<typeof file>[]) => {
  const decided = await decideFiles(directory, {files}, await observeFiles(directory, files), {});
  return collect(writeFiles(directory, decided.files, decided.observed));
};

/** Copies of a platform of the first answers. */
const platformPlaces = async () => {
  const start = join(temporaryFolder(), 'infra');
  await writeDecided(start, platform(1));
  return copiesOf(start);
};

test('what killed runs wrote is ours however many there were, each with other answers', async () => {
  const program = buildProgram('killed-run');
  const place = await platformPlaces();
  const {changes, order} = await run(program, place('all'), {files: platform(2)});
  // What is replaced was kept and that was noted: three names. The next one is that of the first new file.
  const [, , , replacing = 0] = order.split(' ').flatMap((name, index) => (name === 'rename' ? index + 1 : []));
  await atEach(changes, async killAt => {
    const directory = place(killAt);
    expect(await run(program, directory, {files: platform(2), killAt})).toMatchObject({signal: 'SIGKILL'});
    expect(await run(program, directory, {files: platform(3), killAt: replacing})).toMatchObject({signal: 'SIGKILL'});
    await writeDecided(directory, platform(4));
    expect(treeOf(directory)).toEqual(Object.fromEntries(platform(4).map(({path, content}) => [path, content])));
  });
}, 120_000);

test('after a killed run was finished by the same answers, what the operator changes is told apart from what is ours', async () => {
  const program = buildProgram('killed-run');
  const place = await platformPlaces();
  const {changes} = await run(program, place('all'), {files: platform(2)});
  await atEach(changes, async killAt => {
    const directory = place(killAt);
    await run(program, directory, {files: platform(2), killAt});
    await writeDecided(directory, platform(2));
    const dotenv = join(directory, '.env');
    writeFileSync(dotenv, readFileSync(dotenv, 'utf8').replace('IMAGE', 'MINE=1\nIMAGE'));
    await writeDecided(directory, platform(3));
    expect(readFileSync(dotenv, 'utf8')).toBe(`${platform(3)[0]?.content}MINE=1\n`);
  });
}, 120_000);
