import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {UserError} from '../../source/errors.ts';
import type {RenderedFile} from '../../source/plan/rendered.ts';
import {observeFiles, writeFiles} from '../../source/workspace/workspace.ts';
import {collect, file, modeOf, temporaryFolder, thrownBy, treeOf} from './folders.ts';

const write = async (directory: string, files: readonly RenderedFile[]) =>
  collect(writeFiles(directory, files, await observeFiles(directory, files)));

const first = [
  file('.env', 'A=1\n', {mode: 0o600}),
  file('11.yml', 'services: {}\n'),
  file('config/web/run.sh', '#!/bin/sh\n', {mode: 0o755}),
];
const second = [file('.env', 'A=2\n', {mode: 0o600}), file('11.yml', 'services:\n  web: {}\n'), first[2] ?? file('', '')];

test('a new workspace gets every file with its mode', async () => {
  const directory = join(temporaryFolder(), 'deep', 'infra');
  expect(await write(directory, first)).toEqual([
    'file/.env done Written: was not there',
    'file/11.yml done Written: was not there',
    'file/config/web/run.sh done Written: was not there',
  ]);
  expect(treeOf(directory)).toEqual({'.env': 'A=1\n', '11.yml': 'services: {}\n', 'config/web/run.sh': '#!/bin/sh\n'});
  expect(['.env', '11.yml', 'config/web/run.sh', '.infra-wizard'].map(path => modeOf(join(directory, path)))).toEqual([
    '600',
    '644',
    '755',
    '700',
  ]);
});

test('observing a workspace that is not there creates nothing', async () => {
  const directory = join(temporaryFolder(), 'infra');
  expect(await observeFiles(directory, first)).toEqual(first.map(({path}) => ({path, state: 'new'})));
  expect(existsSync(directory)).toBe(false);
});

test('a second run writes nothing and makes no generation', async () => {
  const directory = join(temporaryFolder(), 'infra');
  await write(directory, first);
  const before = {tree: treeOf(directory, {own: true}), time: statSync(join(directory, '11.yml')).mtimeMs};
  expect(await write(directory, first)).toEqual(first.map(({path}) => `file/${path} skipped Unchanged: is right already`));
  expect({tree: treeOf(directory, {own: true}), time: statSync(join(directory, '11.yml')).mtimeMs}).toEqual(before);
});

test('what is outdated is replaced and its previous content is kept', async () => {
  const directory = join(temporaryFolder(), 'infra');
  await write(directory, first);
  expect(await observeFiles(directory, second)).toEqual([
    {path: '.env', state: 'outdated'},
    {
      path: '11.yml',
      state: 'outdated',
      diff: '--- 11.yml  on disk\n+++ 11.yml  to be written\n@@ -1,1 +1,2 @@\n-services: {}\n+services:\n+  web: {}\n',
    },
    {path: 'config/web/run.sh', state: 'same'},
  ]);
  await write(directory, second);
  expect(treeOf(directory)).toEqual({'.env': 'A=2\n', '11.yml': 'services:\n  web: {}\n', 'config/web/run.sh': '#!/bin/sh\n'});
  const kept = join(directory, '.infra-wizard', 'generations', '2');
  expect(treeOf(join(kept, 'files'))).toEqual({'.env': 'A=1\n', '11.yml': 'services: {}\n'});
  expect(modeOf(join(kept, 'files', '.env'))).toBe('600');
  const manifest = JSON.parse(readFileSync(join(kept, 'manifest.json'), 'utf8'));
  expect(manifest).toMatchObject({
    version: 1,
    finished: true,
    kept: [
      {path: '.env', mode: 0o600},
      {path: '11.yml', mode: 0o644},
    ],
  });
});

test("an operator's edit is left alone while what we would write stays the same", async () => {
  const directory = join(temporaryFolder(), 'infra');
  await write(directory, first);
  writeFileSync(join(directory, '11.yml'), 'services: {mine: {}}\n');
  expect(await write(directory, [second[0] ?? file('', ''), ...first.slice(1)])).toEqual([
    'file/.env done Written: what it should be changed; the previous content is kept',
    'file/11.yml skipped Kept: changed by hand; left alone',
    'file/config/web/run.sh skipped Unchanged: is right already',
  ]);
  expect(readFileSync(join(directory, '11.yml'), 'utf8')).toBe('services: {mine: {}}\n');
  expect((await observeFiles(directory, first))[1]).toMatchObject({state: 'edited'});
});

test('a conflict refuses everything, shows the difference and says what to do', async () => {
  const directory = join(temporaryFolder(), 'infra');
  await write(directory, first);
  writeFileSync(join(directory, '11.yml'), 'services: {mine: {}}\n');
  const before = treeOf(directory, {own: true});
  const error = await thrownBy(() => write(directory, second));
  expect(error).toMatchObject({
    message: 'Nothing was written: 11.yml was changed by hand',
    why: [
      'What would be written there changed too, and your changes are never overwritten. The difference:',
      '--- 11.yml  on disk',
      '+++ 11.yml  to be written',
      '@@ -1,1 +1,2 @@',
      '-services: {mine: {}}',
      '+services:',
      '+  web: {}',
      '',
    ].join('\n'),
    next: [
      'Put what you want to keep into the overlay 90-….local.yml, which is merged last and never touched.',
      'Or run this again with --edited keep, which moves your changes there where that is possible.',
      `Or take what would be written: --edited take. Your copy stays in ${join(directory, '.infra-wizard', 'generations')}.`,
    ],
    exitCode: 3,
  });
  expect(treeOf(directory, {own: true})).toEqual(before);
});

test('moving the edited file away, as it was said, resolves the conflict', async () => {
  const directory = join(temporaryFolder(), 'infra');
  await write(directory, first);
  rmSync(join(directory, '11.yml'));
  await write(directory, second);
  expect(readFileSync(join(directory, '11.yml'), 'utf8')).toBe('services:\n  web: {}\n');
});

test('a file that was there before us is a conflict and not ours to replace', async () => {
  const directory = temporaryFolder();
  writeFileSync(join(directory, '11.yml'), 'mine\n');
  expect((await observeFiles(directory, first)).map(({state}) => state)).toEqual(['new', 'conflict', 'new']);
  await expect(write(directory, first)).rejects.toThrow(UserError);
  expect(treeOf(directory)).toEqual({'11.yml': 'mine\n'});
});

test('files that may hold secrets are never shown', async () => {
  const directory = temporaryFolder();
  mkdirSync(join(directory, 'secrets'));
  writeFileSync(join(directory, '.env'), 'PASSWORD=canary-one\n');
  writeFileSync(join(directory, 'secrets', 'list'), 'canary-two\n');
  const files = [file('.env', 'A=1\n', {mode: 0o600}), file('secrets/list', 'x\n')];
  expect(await observeFiles(directory, files)).toEqual([
    {path: '.env', state: 'conflict'},
    {path: 'secrets/list', state: 'conflict'},
  ]);
  const error = await thrownBy(() => write(directory, files));
  expect(JSON.stringify(error)).not.toContain('canary');
});

test('a diff cannot carry control sequences to a terminal', async () => {
  const directory = temporaryFolder();
  writeFileSync(join(directory, '11.yml'), 'a: "\u001b]0;title\u0007\u202e"\n');
  const [observed] = await observeFiles(directory, [file('11.yml', 'b\n')]);
  expect(observed?.diff).toBe('--- 11.yml  on disk\n+++ 11.yml  to be written\n@@ -1,1 +1,1 @@\n-a: ""\n+b\n');
});

test('what is created once is never touched again, whatever it became', async () => {
  const directory = temporaryFolder();
  const own = [file('90-local.yml', '# yours\n', {once: true})];
  expect(await write(directory, own)).toEqual(['file/90-local.yml done Written: was not there']);
  writeFileSync(join(directory, '90-local.yml'), 'mine\n');
  expect(await write(directory, [file('90-local.yml', '# other\n', {once: true})])).toEqual([
    'file/90-local.yml skipped Unchanged: is right already',
  ]);
  expect(treeOf(directory)).toEqual({'90-local.yml': 'mine\n'});
});

test('a mode that others changed is put back', async () => {
  const directory = temporaryFolder();
  await write(directory, first);
  chmodSync(join(directory, '.env'), 0o644);
  await write(directory, first);
  expect(modeOf(join(directory, '.env'))).toBe('600');
});

test('a file that changed after the plan was shown stops the write', async () => {
  const directory = temporaryFolder();
  await write(directory, first);
  const shown = await observeFiles(directory, first);
  rmSync(join(directory, '11.yml'));
  const error = await thrownBy(() => collect(writeFiles(directory, first, shown)));
  expect(error).toMatchObject({message: 'Nothing was written: 11.yml changed since the plan was made', exitCode: 3});
  expect(existsSync(join(directory, '11.yml'))).toBe(false);
});

test('only the last ten generations stay', async () => {
  const directory = temporaryFolder();
  for (let version = 1; version <= 13; version += 1) await write(directory, [file('a', `${version}\n`)]);
  const generations = readdirSync(join(directory, '.infra-wizard', 'generations')).map(Number);
  expect(generations.toSorted((one, other) => one - other)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  expect(readFileSync(join(directory, '.infra-wizard', 'generations', '13', 'files', 'a'), 'utf8')).toBe('12\n');
});

test('a component that comes back finds its file still known as ours', async () => {
  const directory = temporaryFolder();
  await write(directory, [file('a', '1\n'), file('b', '1\n')]);
  await write(directory, [file('b', '2\n')]);
  expect((await observeFiles(directory, [file('a', '2\n')]))[0]).toMatchObject({state: 'outdated'});
});

test('a damaged record makes edits out of files and never overwrites them', async () => {
  const directory = temporaryFolder();
  await write(directory, first);
  writeFileSync(join(directory, '.infra-wizard', 'generations', '1', 'manifest.json'), '{"version":1,"fi');
  expect((await observeFiles(directory, second)).map(({state}) => state)).toEqual(['conflict', 'conflict', 'same']);
});

test('a workspace that is a file or a link is refused with what to do', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'real'));
  symlinkSync(join(folder, 'real'), join(folder, 'link'));
  expect(await thrownBy(() => write(join(folder, 'file'), first))).toMatchObject({
    message: `${folder}/file is not a folder`,
    next: ['Move it away or choose another folder with --dir.'],
    exitCode: 3,
  });
  expect(await thrownBy(() => write(join(folder, 'link'), first))).toMatchObject({
    message: `${folder}/link is a symbolic link`,
    why: `It leads to ${folder}/real.`,
    exitCode: 3,
  });
  expect(await thrownBy(() => write(join(folder, 'file', 'infra'), first))).toMatchObject({exitCode: 3});
  expect(readdirSync(join(folder, 'real'))).toEqual([]);
});

test('a link inside of the workspace cannot lead a write out of it', async () => {
  const folder = temporaryFolder();
  const directory = join(folder, 'infra');
  mkdirSync(directory);
  mkdirSync(join(folder, 'outside'));
  symlinkSync(join(folder, 'outside'), join(directory, 'config'));
  expect(await thrownBy(() => write(directory, first))).toMatchObject({
    message: 'config/web/run.sh would be written outside of the workspace',
    why: `A symbolic link on its way leads to ${folder}/outside.`,
    exitCode: 3,
  });
  expect(treeOf(folder)).toEqual({});
});

test.each(['link', 'folder'])('a %s in the place of a file is refused and stays', async kind => {
  const folder = temporaryFolder();
  const directory = join(folder, 'infra');
  mkdirSync(directory);
  writeFileSync(join(folder, 'target'), 'precious\n');
  if (kind === 'link') symlinkSync(join(folder, 'target'), join(directory, '11.yml'));
  else mkdirSync(join(directory, '11.yml'));
  expect(await thrownBy(() => write(directory, first))).toMatchObject({
    message: '11.yml in the workspace is not an ordinary file',
    next: [`Move ${directory}/11.yml away, then run this again.`],
    exitCode: 3,
  });
  expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('precious\n');
});

test('paths that lead out of the workspace are refused before anything is written', async () => {
  const directory = join(temporaryFolder(), 'infra');
  mkdirSync(directory);
  await expect(write(directory, [file('ok', '1'), file('../out', '1')])).rejects.toMatchObject({exitCode: 3});
  expect(treeOf(directory)).toEqual({});
});
