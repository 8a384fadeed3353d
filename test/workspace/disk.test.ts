import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {acquireLock} from '../../source/workspace/lock.ts';
import {ensureSecrets} from '../../source/workspace/secrets.ts';
import {observeFiles, writeFiles} from '../../source/workspace/workspace.ts';
import {collect, file, remount, smallDisk, temporaryFolder, thrownBy, treeOf} from './folders.ts';

const noDisk = 'needs the right to mount a small disk';

const write = async (directory: string, files: readonly ReturnType<typeof file>[]) =>
  collect(writeFiles(directory, files, await observeFiles(directory, files)));

const old = [file('a', 'old a\n'), file('config/b', 'old b\n')];
const large = [file('a', 'new a\n'), file('config/b', 'x'.repeat(300_000)), file('new/folder/c', 'y'.repeat(300_000))];
const small = [file('a', 'new a\n'), file('config/b', 'new b\n'), file('new/folder/c', 'new c\n')];

test('a full disk changes nothing, says so, and the next run goes on when there is room', async ({skip}) => {
  const disk = smallDisk('size=512k');
  if (disk === undefined) return skip(noDisk);
  const directory = join(disk, 'infra');
  await write(directory, old);
  const before = treeOf(disk, {own: true});
  expect(await thrownBy(() => write(directory, large))).toMatchObject({
    message: `The files of ${directory} cannot be written; nothing was changed`,
    why: 'The disk, its inodes or your quota are used up. (ENOSPC)',
    next: ['Free some space (`df -h` and `df -i` show what is used), then run this again.'],
    exitCode: 3,
  });
  expect(treeOf(disk, {own: true})).toEqual(before);
  await write(directory, small);
  expect(treeOf(directory)).toEqual({a: 'new a\n', 'config/b': 'new b\n', 'new/folder/c': 'new c\n'});
});

test('a disk without inodes left changes nothing', async ({skip}) => {
  const disk = smallDisk('size=4m,nr_inodes=16');
  if (disk === undefined) return skip(noDisk);
  const directory = join(disk, 'infra');
  await write(directory, old);
  const before = treeOf(disk, {own: true});
  const many = Array.from({length: 20}, (_, index) => file(`many/${index}`, 'x\n'));
  expect(await thrownBy(() => write(directory, [...small, ...many]))).toMatchObject({exitCode: 3});
  expect(treeOf(disk, {own: true})).toEqual(before);
});

test('a disk that fills up while previous content is kept changes nothing', async ({skip}) => {
  const disk = smallDisk('size=512k');
  if (disk === undefined) return skip(noDisk);
  const directory = join(disk, 'infra');
  await write(directory, [file('a', 'x'.repeat(180_000))]);
  const before = treeOf(disk, {own: true});
  expect(await thrownBy(() => write(directory, [file('a', 'y'.repeat(220_000))]))).toMatchObject({exitCode: 3});
  expect(treeOf(disk, {own: true})).toEqual(before);
});

test('a read-only disk is refused by files, secrets and lock, each saying what to do', async ({skip}) => {
  const disk = smallDisk('size=512k');
  if (disk === undefined) return skip(noDisk);
  const directory = join(disk, 'infra');
  await write(directory, old);
  remount(disk, 'ro');
  const next = ['Choose a folder on another disk with --dir, or mount it writable.'];
  expect(await thrownBy(() => write(directory, small))).toMatchObject({next, exitCode: 3});
  expect(await thrownBy(() => ensureSecrets(directory, [{kind: 'random', id: 'x', length: 8}]))).toMatchObject({next, exitCode: 3});
  expect(await thrownBy(() => acquireLock(directory, {project: 'p', command: 'up'}))).toMatchObject({next, exitCode: 3});
  expect(await thrownBy(() => acquireLock(join(disk, 'other'), {project: 'p', command: 'up'}))).toMatchObject({next, exitCode: 3});
  remount(disk, 'rw');
  await write(directory, small);
  await (await acquireLock(directory, {project: 'p', command: 'up'})).release();
});

test('a file in the place of a folder is named', async () => {
  const directory = temporaryFolder();
  mkdirSync(join(directory, 'x'));
  writeFileSync(join(directory, 'config'), 'a file\n');
  expect(await thrownBy(() => write(directory, old))).toMatchObject({exitCode: 3, next: [expect.stringContaining('Move')]});
  expect(treeOf(directory)).toEqual({config: 'a file\n'});
});
