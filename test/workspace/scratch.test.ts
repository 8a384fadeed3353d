import {existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished, test, vi} from 'vitest';
import {UserError} from '../../source/errors.ts';
import {inScratchFolder} from '../../source/workspace/scratch.ts';
import {temporaryFolder, thrownBy} from './folders.ts';

const inTemporary = (folder: string) => {
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
};

const old = (path: string, minutes: number) => utimesSync(path, new Date(), new Date(Date.now() - minutes * 60_000));

test('the folder is there while the work is done, and gone however it ends', async () => {
  const parent = temporaryFolder();
  inTemporary(parent);
  const used = await inScratchFolder(async folder => {
    writeFileSync(join(folder, 'a'), 'b');
    return folder;
  });
  const failing = inScratchFolder(async () => {
    throw new Error('it failed');
  });
  await expect(failing).rejects.toThrow('it failed');
  expect([existsSync(used), readdirSync(parent)]).toEqual([false, []]);
});

test('what a killed run left is removed when nobody can still use it, and nothing else is', async () => {
  const parent = temporaryFolder();
  inTemporary(parent);
  const [target, killed, recent, other] = ['target', 'infra-wizard-scratch-killed', 'infra-wizard-scratch-recent', 'infra-wizard-other'];
  for (const name of [target, killed, recent, other]) {
    mkdirSync(join(parent, name));
    writeFileSync(join(parent, name, 'file'), 'content');
    old(join(parent, name), name === recent ? 2 : 60);
  }
  symlinkSync(join(parent, target), join(parent, 'infra-wizard-scratch-link'));
  await inScratchFolder(async () => undefined);
  expect(readdirSync(parent).sort()).toEqual([other, 'infra-wizard-scratch-link', recent, target]);
  expect(existsSync(join(parent, target, 'file'))).toBe(true);
});

test('a temporary folder that can not be written to is named, with what to do', async () => {
  const missing = join(temporaryFolder(), 'missing');
  inTemporary(missing);
  const error = await thrownBy(() => inScratchFolder(async () => undefined));
  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({message: `Nothing can be written to the temporary folder ${missing}`, exitCode: 3});
});
