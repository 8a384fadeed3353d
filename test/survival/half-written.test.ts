import {cpSync, readFileSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {ExternalError, UserError} from '../../source/errors.ts';
import {loadImageLock, saveImageLock} from '../../source/workspace/image-lock.ts';
import {acquireLock, lockedBy} from '../../source/workspace/lock.ts';
import {observeFiles, writeFiles} from '../../source/workspace/workspace.ts';
import {collect, file, temporaryFolder, treeOf} from '../workspace/folders.ts';

const files = [file('.env', 'A=1\nB=2\n', {mode: 0o600}), file('11.yml', 'services:\n  door: {}\n'), file('config/a', 'first\nsecond\n')];

const written = async () => {
  const directory = join(temporaryFolder(), 'infra');
  await collect(writeFiles(directory, files, await observeFiles(directory, files)));
  return directory;
};

/** The error of a refusal; anything else is a bug. */
const refusal = async (work: () => Promise<unknown>): Promise<UserError | undefined> => {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof UserError && !(error instanceof ExternalError)) return error;
    throw error;
  }
};

test('a generated file that was cut at any byte is never taken for ours: it stays, and the diff says what is missing', async () => {
  const start = await written();
  for (const {path, content} of files) {
    for (let length = content.length - 1; length >= 0; length -= 1) {
      const directory = join(temporaryFolder(), 'infra');
      cpSync(start, directory, {recursive: true});
      truncateSync(join(directory, path), length);
      const changed = files.map(one => ({...one, content: `${one.content}# new\n`}));
      const error = await refusal(async () => collect(writeFiles(directory, changed, await observeFiles(directory, changed))));
      expect(error, `${path} cut to ${length}`).toMatchObject({exitCode: 3});
      expect(treeOf(directory)).toEqual({...treeOf(start), [path]: content.slice(0, length)});
    }
  }
});

test("the newest record, cut at any byte, makes no file the wizard's to overwrite, and crashes nothing", async () => {
  const start = await written();
  const manifest = '.infra-wizard/generations/1/manifest.json';
  const whole = readFileSync(join(start, manifest), 'utf8');
  const changed = files.map(one => ({...one, content: `${one.content}# new\n`}));
  for (let length = whole.length - 2; length >= 0; length -= 3) {
    const directory = join(temporaryFolder(), 'infra');
    cpSync(start, directory, {recursive: true});
    truncateSync(join(directory, manifest), length);
    const error = await refusal(async () => collect(writeFiles(directory, changed, await observeFiles(directory, changed))));
    expect(error, `cut to ${length}`).toMatchObject({exitCode: 3});
    expect(treeOf(directory)).toEqual(treeOf(start));
  }
});

test('the lock file of images, cut at any byte, is read or refused, and stays as it is', async () => {
  const directory = await written();
  const digest = `sha256:${'a'.repeat(64)}`;
  await saveImageLock(directory, [{reference: 'door:1', services: ['door'], digests: new Map([['linux/amd64', digest]])}]);
  const path = join(directory, 'infra.lock.yml');
  const whole = readFileSync(path, 'utf8');
  for (let length = whole.length - 1; length >= 0; length -= 1) {
    truncateSync(path, length);
    const error = await refusal(() => loadImageLock(directory));
    if (error) expect(error.next.length, `cut to ${length}`).toBeGreaterThan(0);
    expect(readFileSync(path, 'utf8')).toBe(whole.slice(0, length));
  }
});

test('what a dead run left of its lock, cut at any byte, holds nobody up', async () => {
  const directory = await written();
  const held = await acquireLock(directory, {project: 'a', command: 'up'});
  const information = join(directory, '.infra-wizard', 'lock.json');
  const whole = readFileSync(information);
  await held.release();
  for (let length = whole.length; length >= 0; length -= 9) {
    writeFileSync(information, whole.subarray(0, length));
    expect(await lockedBy(directory)).toBeUndefined();
    await (await acquireLock(directory, {project: 'a', command: 'up'})).release();
  }
});
