import {readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {ImageLock} from '../../source/plan/image-lock.ts';
import {imageLockFile, imageLockText, loadImageLock, parseImageLock, saveImageLock} from '../../source/workspace/image-lock.ts';
import {temporaryFolder} from './folders.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const lock: ImageLock = [
  {
    reference: 'quay.io/house/door:1.2',
    services: ['door', 'gate'],
    digests: new Map([
      ['linux/arm64', digest],
      ['linux/amd64', digest],
    ]),
  },
];

test('it is plain YAML that says what it is, sorted, and reads back as it was', () => {
  const text = imageLockText(lock);
  expect(text).toBe(`# What was really pulled: image -> digest, per platform. Keep it with the overlays, under version control.
# Whoever rolls out from here gets these builds, whatever the tags mean by then. To move to newer ones: infra-wizard update
version: 1
images:
  quay.io/house/door:1.2:
    services:
      - door
      - gate
    digests:
      linux/amd64: ${digest}
      linux/arm64: ${digest}
`);
  expect(imageLockText(parseImageLock(text, imageLockFile))).toBe(text);
});

test('it is written only where it says something new', async () => {
  const folder = temporaryFolder();
  const path = join(folder, imageLockFile);
  expect(await saveImageLock(folder, [])).toBe(false);
  expect(await loadImageLock(folder)).toEqual([]);
  expect(await saveImageLock(folder, lock)).toBe(true);
  const {ino, mode} = await stat(path);
  expect(mode & 0o777).toBe(0o644);
  expect(await saveImageLock(folder, lock)).toBe(false);
  expect((await stat(path)).ino).toBe(ino);
  expect(await loadImageLock(folder)).toEqual(lock);
});

test.each([
  ['a later version', 'version: 2\nimages: {}\n', /infra\.lock\.yml:1: version is a version that this infra-wizard does not know/],
  ['no digest', 'version: 1\nimages:\n  door:1:\n    services: []\n    digests: {linux/amd64: sha256:12}\n', /:5: .* is no digest/],
  ['no platform', `version: 1\nimages:\n  door:1:\n    services: []\n    digests: {amiga: ${digest}}\n`, /is no platform/],
  ['more than it may hold', 'version: 1\nimages: {}\npassword: word\n', /infra\.lock\.yml/],
  ['an alias', 'version: &v 1\nimages: {}\n', /anchors are not allowed/],
])('one with %s is refused with its place, and left as it is', async (_, text, why) => {
  const folder = temporaryFolder();
  const path = join(folder, imageLockFile);
  await writeFile(path, text);
  const error = await loadImageLock(folder).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({message: `${path} can not be used.`, exitCode: 2, why: expect.stringMatching(why)});
  expect(await readFile(path, 'utf8')).toBe(text);
});
