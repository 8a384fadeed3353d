/** Files that nothing selected writes any more, on a real disk: what is still ours of them, and how it goes. */
import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, describe, expect, test} from 'vitest';
import type {ObservedFile} from '../../source/plan/observed.ts';
import {filesAt, filesNow} from '../../source/workspace/earlier-files.ts';
import {lastGeneration, lastGenerationNumber} from '../../source/workspace/generations.ts';
import {formerFiles, observeFiles, writeFiles} from '../../source/workspace/workspace.ts';
import {collect, file, temporaryFolder, thrownBy, treeOf} from './folders.ts';

const rule = 'config/watch/rules/lamp.yaml';
const other = 'config/watch/rules/door.yaml';
const before = [file('11.yml', 'services: {}\n'), file(other, 'door\n'), file(rule, 'lamp\n', {mode: 0o755})];
const after = before.slice(0, 2);

let directory: string;
const at = (path: string) => join(directory, path);
const former = () =>
  formerFiles(
    directory,
    after.map(({path}) => path),
  );
const shown = async (files = after): Promise<readonly ObservedFile[]> => [
  ...(await observeFiles(directory, files)),
  {path: rule, state: 'unneeded'},
];
const write = async (files = after) => collect(writeFiles(directory, files, await shown(files)));
const recorded = async () => (await lastGeneration(directory))?.manifest.files.map(({path}) => path);
const removed = `file/${rule} done Removed: nothing that is selected writes it any more; its content is kept`;

beforeEach(async () => {
  directory = join(temporaryFolder(), 'infra');
  await collect(writeFiles(directory, before, await observeFiles(directory, before)));
});

describe('what was written and is not wanted any more', () => {
  test('is found as long as it is there', async () => {
    expect(await former()).toEqual([{path: rule, asWritten: true}]);
    rmSync(at(rule));
    expect(await former()).toEqual([]);
    expect(await formerFiles(join(directory, 'nowhere'), [])).toEqual([]);
  });

  test('is not ours any more when it was edited, or something else has its name', async () => {
    writeFileSync(at(rule), 'mine\n');
    expect(await former()).toEqual([{path: rule, asWritten: false}]);
    rmSync(at(rule));
    symlinkSync(at(other), at(rule));
    expect(await former()).toEqual([{path: rule, asWritten: false}]);
    rmSync(at(rule));
    mkdirSync(at(rule));
    expect(await former()).toEqual([{path: rule, asWritten: false}]);
  });

  test.each([['inside of the workspace', 'elsewhere'] as const, ['out of it', '../elsewhere'] as const])(
    'is not ours where its folder has become a link that leads %s',
    async (_, target) => {
      renameSync(at('config/watch/rules'), at(target));
      symlinkSync(at(target), at('config/watch/rules'));
      expect(await former()).toEqual([{path: rule, asWritten: false}]);
      expect(existsSync(at(`${target}/lamp.yaml`))).toBe(true);
    },
  );
});

describe('what the plan says is removed', () => {
  test('goes with the write, and its content stays in the record', async () => {
    writeFileSync(at('config/watch/rules/mine.yaml'), 'mine\n');
    expect(await write()).toEqual([
      'file/11.yml skipped Unchanged: is right already',
      `file/${other} skipped Unchanged: is right already`,
      removed,
    ]);
    expect(treeOf(directory)).toEqual({'11.yml': 'services: {}\n', [other]: 'door\n', 'config/watch/rules/mine.yaml': 'mine\n'});
    expect(treeOf(at('.infra-wizard/generations/2/files'))).toEqual({[rule]: 'lamp\n'});
    expect([await former(), await recorded()]).toEqual([[], ['11.yml', other]]);
  });

  test('goes with others that are written, and nothing is done twice', async () => {
    const next = [file('11.yml', 'services: {door: {}}\n'), file(other, 'door\n')];
    expect(await write(next)).toContain(removed);
    expect(treeOf(directory)).toEqual({'11.yml': 'services: {door: {}}\n', [other]: 'door\n'});
    expect(await write(next)).not.toContain(removed);
    expect(await lastGenerationNumber(directory)).toBe(2);
  });

  test('leaves its folder, which containers may mount', async () => {
    const files = before.slice(0, 1);
    const observed = [...(await observeFiles(directory, files)), ...[rule, other].map(path => ({path, state: 'unneeded' as const}))];
    await collect(writeFiles(directory, files, observed));
    expect(statSync(at('config/watch/rules')).isDirectory()).toBe(true);
    expect(treeOf(directory)).toEqual({'11.yml': 'services: {}\n'});
  });

  test('stays when it was edited since it was shown, and nothing at all is changed', async () => {
    const observed = await shown([file('11.yml', 'services: {door: {}}\n')]);
    writeFileSync(at(rule), 'mine\n');
    const files = [file('11.yml', 'services: {door: {}}\n')];
    expect(await thrownBy(() => collect(writeFiles(directory, files, observed)))).toMatchObject({
      message: `Nothing was written: ${rule} changed since the plan was made`,
      exitCode: 3,
    });
    expect(treeOf(directory)).toEqual({'11.yml': 'services: {}\n', [other]: 'door\n', [rule]: 'mine\n'});
    expect(await lastGenerationNumber(directory)).toBe(1);
  });

  test('is nothing else: what was not shown stays, and what is gone by then is no error', async () => {
    await collect(writeFiles(directory, after, await observeFiles(directory, after)));
    expect(existsSync(at(rule))).toBe(true);
    const observed = await shown();
    rmSync(at(rule));
    expect(await collect(writeFiles(directory, after, observed))).toHaveLength(2);
    expect(await recorded()).toEqual(['11.yml', other]);
  });

  test('is a file that was never there before, when somebody puts one in its place later', async () => {
    await write();
    writeFileSync(at(rule), 'mine\n');
    expect(await former()).toEqual([]);
    expect(await observeFiles(directory, before)).toContainEqual(expect.objectContaining({path: rule, state: 'conflict'}));
  });

  test('is known as it was before, and not among the files of now, until it is written again', async () => {
    await write();
    const was = async (number: number) => (await filesAt(directory, number))?.get(rule);
    expect([await was(1), await was(2), (await filesNow(directory)).has(rule)]).toEqual([
      {content: 'lamp\n', mode: 0o755},
      undefined,
      false,
    ]);
    const again = before.map(one => (one.path === rule ? {...one, content: 'lamp, again\n'} : one));
    expect(await collect(writeFiles(directory, again, await observeFiles(directory, again)))).toContain(
      `file/${rule} done Written: was not there`,
    );
    expect([await was(1), await was(2), readFileSync(at(rule), 'utf8')]).toEqual([
      {content: 'lamp\n', mode: 0o755},
      undefined,
      'lamp, again\n',
    ]);
  });
});
