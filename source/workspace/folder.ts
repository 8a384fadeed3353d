/** The workspace's folder itself: is it one, may we write there, and do the paths below it stay below it. */
import {lstat, mkdir, realpath} from 'node:fs/promises';
import {dirname, join, relative, resolve, sep} from 'node:path';
import {ExitCode, UserError} from '../errors.ts';
import {explained, hasCode} from './fs-problem.ts';
import {pathProblem, stateFolder} from './paths.ts';

const statsOf = async (path: string) =>
  lstat(path).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  });

const refuse = (what: string, why: string, next: string) => new UserError(what, {why, next: [next], exitCode: ExitCode.refused});

/** The real path of an existing workspace, or undefined when nothing is there. UserError when it is a file or a link. */
export const findFolder = (directory: string): Promise<string | undefined> =>
  explained(`The folder ${directory} cannot be read`, async () => {
    const stats = await statsOf(directory);
    if (!stats) return undefined;
    if (stats.isSymbolicLink()) {
      const target = await realpath(directory).catch(() => 'nowhere');
      throw refuse(`${directory} is a symbolic link`, `It leads to ${target}.`, 'Name the folder itself with --dir.');
    }
    if (!stats.isDirectory()) {
      throw refuse(
        `${directory} is not a folder`,
        'A file of that name is in the way.',
        'Move it away or choose another folder with --dir.',
      );
    }
    return realpath(directory);
  });

const nearestExisting = async (path: string): Promise<string> => ((await statsOf(path)) ? path : nearestExisting(dirname(path)));

const makeOne = (path: string) =>
  mkdir(path).catch((error: unknown) => {
    // Another run may make it at the same time.
    if (!hasCode(error, 'EEXIST')) throw error;
  });

/**
 * Creates a folder and those above it, one by one: node's own recursive way never ends where nothing can be made, as below /proc, and
 * hides why on a read-only file system. Returns the first it created, or undefined when it was there.
 */
export const makeFolder = async (path: string): Promise<string | undefined> => {
  const existing = await nearestExisting(resolve(path));
  const missing = relative(existing, resolve(path)).split(sep).filter(Boolean);
  for (const [index] of missing.entries()) await makeOne(join(existing, ...missing.slice(0, index + 1)));
  return missing[0] === undefined ? undefined : join(existing, missing[0]);
};

/** Creates the workspace and the wizard's own folder in it where they are missing. Returns the workspace's real path. */
export const prepareFolder = async (directory: string): Promise<string> => {
  await findFolder(directory);
  return explained(`The folder ${directory} cannot be written`, async () => {
    await makeFolder(directory);
    const root = await realpath(directory);
    const own = join(root, stateFolder);
    const stats = await statsOf(own);
    if (stats && !stats.isDirectory()) throw refuse(`${own} is not a folder`, 'The wizard keeps its records there.', 'Move it away.');
    // Recursive, since another run may make it between the two calls.
    if (!stats) await mkdir(own, {recursive: true, mode: 0o700});
    return root;
  });
};

/** Absolute path of a file of the workspace. UserError when the path, or a link on its way, leads out of it. */
export const insideFolder = async (root: string, path: string): Promise<string> => {
  const problem = pathProblem(path);
  if (problem !== undefined) {
    throw refuse(`${JSON.stringify(path)} cannot be written`, `As a path of the workspace ${problem}.`, 'Correct the name it comes from.');
  }
  const absolute = resolve(root, path);
  const parent = await realpath(await nearestExisting(dirname(absolute)));
  if (parent !== root && !parent.startsWith(root + sep)) {
    throw refuse(
      `${path} would be written outside of the workspace`,
      `A symbolic link on its way leads to ${parent}.`,
      'Replace the link by an ordinary folder, or choose another workspace with --dir.',
    );
  }
  return absolute;
};
