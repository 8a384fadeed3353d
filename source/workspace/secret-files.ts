/** The files of `secrets/`: the folder keeps others out, so that a container's user can read its bind mount. */
import {chmod, lstat, mkdir, readdir, readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {ExitCode, UserError} from '../errors.ts';
import {createFileAtomic, syncFolder, writeFileAtomic} from './atomic.ts';
import {insideFolder} from './folder.ts';
import {explained, hasCode} from './fs-problem.ts';
import {removeLeftovers} from './leftovers.ts';
import {secretsFolder} from './paths.ts';

/** Compose mounts `file:` secrets with the host's owner and mode, so one that only root may read breaks every other user's image. */
const fileMode = 0o444;
const folderMode = 0o700;
const longest = 64 * 1024;

export interface SecretFiles {
  /** Undefined when it is not there. UserError when it is anything but a readable, non-empty file that only its owner may change. */
  read(name: string): Promise<string | undefined>;
  /** Throws when it is there already. */
  create(name: string, content: string): Promise<void>;
  replace(name: string, content: string): Promise<void>;
  /** The folder was open to others and was closed. */
  readonly tightened: boolean;
}

const refuse = (path: string, why: string, next: string) =>
  new UserError(`The secret ${path} cannot be used`, {why, next: [next], exitCode: ExitCode.refused});

const statsOf = (path: string) =>
  lstat(path).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  });

const prepare = async (folder: string): Promise<{tightened: boolean; owner: number}> => {
  const stats = await statsOf(folder);
  if (!stats) {
    await mkdir(folder, {mode: folderMode});
    await syncFolder(dirname(folder));
    return {tightened: false, owner: (await lstat(folder)).uid};
  }
  if (!stats.isDirectory()) throw refuse(folder, 'It is not a folder.', `Move ${folder} away, then run this again.`);
  const tightened = (stats.mode & 0o777) !== folderMode;
  if (tightened) await chmod(folder, folderMode);
  return {tightened, owner: stats.uid};
};

const readChecked = async (path: string, owner: number): Promise<string | undefined> => {
  const stats = await statsOf(path);
  if (!stats) return undefined;
  const again = 'Put the right one back, or move it away to have a new one generated; what already uses the old one will refuse the new.';
  if (!stats.isFile()) throw refuse(path, stats.isSymbolicLink() ? 'It is a symbolic link.' : 'It is not an ordinary file.', again);
  if (stats.size === 0) throw refuse(path, 'It is empty.', again);
  if (stats.size > longest) throw refuse(path, `It is larger than ${longest} bytes.`, again);
  if ((stats.mode & 0o022) !== 0) throw refuse(path, 'Others may change it.', `Close it: chmod 0444 ${path}`);
  if (![owner, 0, process.geteuid?.()].includes(stats.uid)) {
    throw refuse(path, `It belongs to another user (${stats.uid}) than its folder.`, `Take it over: sudo chown ${owner} ${path}`);
  }
  const content = await readFile(path, 'utf8');
  if (content.trim() === '') throw refuse(path, 'It holds nothing but blanks.', again);
  return content;
};

/** One file of `secrets/`, without changing anything: undefined when it is not there. UserError as `SecretFiles.read`. */
export const readSecretFile = async (root: string, name: string): Promise<string | undefined> => {
  const path = await insideFolder(root, `${secretsFolder}/${name}`);
  return explained(`The secret ${path} cannot be read`, async () => {
    const folder = await statsOf(dirname(path));
    return folder && readChecked(path, folder.uid);
  });
};

/** Names of what lies in `secrets/`. */
export const listSecretFiles = async (root: string): Promise<readonly string[]> => {
  const folder = join(root, secretsFolder);
  return explained(`The folder ${folder} cannot be read`, () =>
    readdir(folder).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return [];
      throw error;
    }),
  );
};

/** Creates the folder where it is missing and closes it to others. UserError (exit 3) when it is not a folder. */
export const openSecretFiles = async (root: string): Promise<SecretFiles> => {
  const folder = join(root, secretsFolder);
  const {tightened, owner} = await explained(`The folder ${folder} cannot be written`, async () => {
    const prepared = await prepare(folder);
    await removeLeftovers([folder]);
    return prepared;
  });
  const pathOf = (name: string) => insideFolder(root, `${secretsFolder}/${name}`);
  const writing = async (name: string, write: (path: string) => Promise<void>) => {
    const path = await pathOf(name);
    await explained(`The secret ${path} cannot be written`, () => write(path));
  };
  return {
    tightened,
    read: async name => {
      const path = await pathOf(name);
      return explained(`The secret ${path} cannot be read`, () => readChecked(path, owner));
    },
    create: (name, content) => writing(name, path => createFileAtomic(path, content, fileMode)),
    replace: (name, content) => writing(name, path => writeFileAtomic(path, content, fileMode)),
  };
};
