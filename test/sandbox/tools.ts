import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {cached, cacheRoot} from './cache.ts';
import {Debian, hostSuite} from './debian.ts';
import {engineFiles} from './engine-files.ts';
import {sandboxSupport} from './support.ts';

/** A program of Debian that is not installed, and what it needs to run from where it lies. */
export interface Tool {
  readonly path: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Why this machine can not unpack Debian's programs; an error where SANDBOX=required says that it must. */
export const noTools = async (): Promise<string | undefined> => {
  const support = await sandboxSupport();
  if (support.ok) return undefined;
  if (process.env.SANDBOX === 'required') throw new Error(`SANDBOX=required, but ${support.reason}.`);
  return support.reason;
};

const suiteOfHost = async (): Promise<string> => {
  const suite = await hostSuite();
  if (suite === undefined) throw new Error('This system is not Debian: nothing to unpack its programs from.');
  return suite;
};

/**
 * From a package of the host's own release, with the libraries named; of another release where only that one is new enough and needs no
 * newer libraries. Call it where `noTools` has nothing to say.
 */
export const unpackTool = async (name: string, libraries: readonly string[], release?: string): Promise<Tool> => {
  const suite = release ?? (await suiteOfHost());
  const debian = new Debian(cacheRoot());
  const folder = await cached(debian.root, `tools/${name}-${suite}`, draft =>
    debian.unpack({suite, packages: [name, ...libraries]}, draft),
  );
  // A program that is all in one piece brings no libraries.
  const libraryFolders = await readdir(join(folder, 'usr/lib')).catch(() => []);
  const triplet = libraryFolders.find(entry => entry.endsWith('-linux-gnu')) ?? '';
  return {path: join(folder, 'usr/bin', name), env: {...process.env, LD_LIBRARY_PATH: join(folder, 'usr/lib', triplet)}};
};

/** The sandbox's compose, which needs no engine for `config`. */
export const composePlugin = async (): Promise<string> => (await engineFiles(new Debian(cacheRoot()), await suiteOfHost())).composePlugin;

/**
 * A folder with a package of a release and everything that it depends on: for `chroot`, where the program needs newer libraries than the
 * host's. Call it where `noTools` has nothing to say.
 */
export const unpackRoot = async (name: string, suite: string): Promise<string> => {
  const debian = new Debian(cacheRoot());
  return cached(debian.root, `tools/${name}-${suite}-root`, draft =>
    debian.unpack({suite, packages: ['base-files', name], dependencies: true}, draft),
  );
};
