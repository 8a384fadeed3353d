/**
 * Files that are either old or new, never half: temporary file in the same folder, fsync, rename, fsync of the folder.
 *
 * A kill leaves at most a temporary file behind, which `isLeftover` recognises.
 */
import {randomBytes} from 'node:crypto';
import {link, lstat, open, rename, unlink} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {ExitCode, UserError} from '../errors.ts';
import {hasCode} from './fs-problem.ts';

const leftover = /^\.infra-wizard-[0-9a-f]{12}\.tmp$/;
const temporaryName = () => `.infra-wizard-${randomBytes(6).toString('hex')}.tmp`;

/** True for the name of a temporary file that a killed run left behind. */
export const isLeftover = (name: string): boolean => leftover.test(name);

/** Content that lies beside its place, safely on disk. */
export interface StagedFile {
  readonly path: string;
  readonly temporary: string;
}

/** Makes the entries of a folder last through a power cut. */
export const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Writes the content beside `path`. The file is 0600 until all of it is there. */
export const stageFile = async (path: string, content: string | Uint8Array, mode: number): Promise<StagedFile> => {
  const temporary = join(dirname(path), temporaryName());
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.chmod(mode);
    await handle.sync();
    await handle.close();
  } catch (error) {
    await handle.close().catch(() => undefined);
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  return {path, temporary};
};

export const discardFile = ({temporary}: StagedFile): Promise<void> => unlink(temporary).catch(() => undefined);

/** A rename would replace a link and a write would follow it: neither is what the operator who made the link meant. */
const refuseOddities = async (path: string) => {
  const stats = await lstat(path).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (!stats || stats.isFile()) return;
  throw new UserError(`${path} is not an ordinary file`, {
    why: stats.isSymbolicLink() ? 'It is a symbolic link, which is never followed.' : 'Only ordinary files are replaced.',
    next: [`Move ${path} away, then run this again.`],
    exitCode: ExitCode.refused,
  });
};

/** Puts staged content in its place, over what was there. */
export const commitFile = async ({path, temporary}: StagedFile): Promise<void> => {
  await refuseOddities(path);
  await rename(temporary, path);
  await syncFolder(dirname(path));
};

/** Replaces or creates a file. Errors are those of the system calls; UserError for anything but an ordinary file in its place. */
export const writeFileAtomic = async (path: string, content: string | Uint8Array, mode: number): Promise<void> => {
  const staged = await stageFile(path, content, mode);
  try {
    await commitFile(staged);
  } catch (error) {
    await discardFile(staged);
    throw error;
  }
};

/** Creates a file whole, or throws EEXIST: what is there is never replaced. */
export const createFileAtomic = async (path: string, content: string | Uint8Array, mode: number): Promise<void> => {
  const staged = await stageFile(path, content, mode);
  try {
    // link(2) is the rename that refuses to replace.
    await link(staged.temporary, path);
  } finally {
    await discardFile(staged);
  }
  await syncFolder(dirname(path));
};
