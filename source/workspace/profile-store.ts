/** The file of the saved profiles: reading it strictly, and writing it whole. */
import {lstat, readFile} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import type Conf from 'conf';
import {ExitCode, UserError} from '../errors.ts';
import type {Problem, Result} from '../plan/problem.ts';
import type {SavedProfile} from '../plan/saved-profile.ts';
import {explained, hasCode} from './fs-problem.ts';
import {parseProfile, profileError} from './profile.ts';
import {isMapping, newerVersion} from './profile-versions.ts';
import {readStrictDocument, type StrictDocument} from './strict-document.ts';

/** `raw` is what the file says: a profile that is not changed is written back as it was, of whatever version it is. */
export interface Stored {
  readonly raw: unknown;
  readonly saved: SavedProfile;
}

export type StoredProfiles = ReadonlyMap<string, Stored>;

type Store = Record<string, Record<string, unknown>>;

const key = 'profiles';
const configName = 'profiles';
const longest = 256 * 1024;

const openConf = async (directory: string | undefined, configName: string): Promise<Conf<Store>> => {
  const {default: Configuration} = await import('conf');
  return new Configuration<Store>({
    projectName: 'infra-wizard',
    projectSuffix: '',
    configName,
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
    serialize,
    ...(directory !== undefined && {cwd: directory}),
  });
};

/** Conf knows the folder of each system but reads its file on the way, which may be damaged: asked with the name of a file that is not there. */
export const storePath = (directory: string | undefined): Promise<string> =>
  explained('The folder of the saved profiles cannot be used', async () =>
    join(dirname((await openConf(directory, 'none')).path), `${configName}.json`),
  );

const unreadable = (path: string, why: string) =>
  new UserError(`The saved profiles in ${path} cannot be read`, {
    why,
    next: [`Correct ${path}, or move it away to start without saved profiles. It was not changed.`],
    exitCode: ExitCode.usage,
  });

/** Reads a small ordinary file; undefined when nothing is there. A pipe or device would be waited on for ever. */
const readSmallFile = (path: string): Promise<string | undefined> =>
  explained(`The file ${path} cannot be read`, async () => {
    const stats = await lstat(path).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return undefined;
      throw error;
    });
    if (!stats) return undefined;
    if (!stats.isFile()) throw unreadable(path, 'It is not an ordinary file.');
    if (stats.size > longest) throw unreadable(path, `It is larger than ${longest / 1024} KB.`);
    return readFile(path, 'utf8');
  });

const readOne = (name: string, {value, where}: StrictDocument): Result<Stored> => {
  const version = newerVersion(value);
  if (version !== undefined) return {ok: true, value: {raw: value, saved: {name, version, newer: true}}};
  const result = parseProfile({value, where}, [key, name]);
  if (!result.ok) return result;
  if (result.value.name === name) return {ok: true, value: {raw: value, saved: result.value}};
  return {ok: false, problems: [{where: where([key, name]), what: `${name} has another name inside`, next: 'Make them equal.'}]};
};

/** Strict, and before conf sees the file: conf would say neither the line nor what to do. */
export const readStore = async (path: string): Promise<StoredProfiles> => {
  const text = await readSmallFile(path);
  if (text === undefined) return new Map();
  const what = `The saved profiles in ${path} cannot be read; nothing was changed`;
  const document = readStrictDocument(text, basename(path));
  if (!document.ok) throw profileError(what, document.problems);
  const {value, where} = document.value;
  if (!isMapping(value) || Object.keys(value).some(name => name !== key)) throw unreadable(path, `It holds more than "${key}".`);
  const stored = value[key] ?? {};
  if (!isMapping(stored)) throw unreadable(path, `"${key}" is not a mapping.`);
  const problems: Problem[] = [];
  const profiles = new Map<string, Stored>();
  for (const [name, profile] of Object.entries(stored)) {
    const result = readOne(name, {value: profile, where});
    if (result.ok) profiles.set(name, result.value);
    else problems.push(...result.problems);
  }
  if (problems.length > 0) throw profileError(what, problems);
  return profiles;
};

const serialize = (value: Store): string => `${JSON.stringify(value, null, 2)}\n`;

/** Throws UserError (exit 2) for more than could be read again. */
export const writeStore = async (path: string, profiles: StoredProfiles): Promise<void> => {
  const stored = Object.fromEntries([...profiles].map(([name, {raw}]) => [name, raw]));
  if (Buffer.byteLength(serialize({[key]: stored})) > longest) {
    throw new UserError('This profile cannot be saved', {
      why: `All profiles together would be larger than ${longest / 1024} KB.`,
      next: ['Remove some that are not needed: infra-wizard profile list, infra-wizard profile remove NAME'],
      exitCode: ExitCode.usage,
    });
  }
  await explained(`The saved profiles in ${path} cannot be written`, async () =>
    (await openConf(dirname(path), configName)).set(key, stored),
  );
};
