/** Saved answers in the user's configuration folder. */
import {lstat, readFile} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import type Conf from 'conf';
import {closest, distance} from 'fastest-levenshtein';
import {ExitCode, UserError} from '../errors.ts';
import type {Answers} from '../plan/answers.ts';
import type {Problem} from '../plan/problem.ts';
import {explained, hasCode} from './fs-problem.ts';
import {makeProfile, type Profile, parseProfile, profileError} from './profile.ts';
import {readStrictDocument} from './strict-document.ts';

export {exportProfile, importProfile, type Profile} from './profile.ts';

export interface Profiles {
  /** By name. */
  list(): Promise<readonly Profile[]>;
  /** UserError (exit 2) when there is none of that name. */
  load(name: string): Promise<Profile>;
  /** Over one of the same name. UserError (exit 2) when the name is none or a value looks like a secret. */
  save(name: string, answers: Answers): Promise<Profile>;
  remove(name: string): Promise<void>;
}

type Store = Record<string, Record<string, Profile>>;

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
    serialize: value => `${JSON.stringify(value, null, 2)}\n`,
    ...(directory !== undefined && {cwd: directory}),
  });
};

/** Conf knows the folder of each system but reads its file on the way, which may be damaged: asked with the name of a file that is not there. */
const pathOf = (directory: string | undefined): Promise<string> =>
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

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Strict, and before conf sees the file: conf would say neither the line nor what to do. */
const readProfiles = async (path: string): Promise<ReadonlyMap<string, Profile>> => {
  const text = await readSmallFile(path);
  if (text === undefined) return new Map();
  const what = `The saved profiles in ${path} cannot be read; nothing was changed`;
  const document = readStrictDocument(text, basename(path));
  if (!document.ok) throw profileError(what, document.problems);
  const {value, where} = document.value;
  if (!isRecord(value) || Object.keys(value).some(name => name !== key)) throw unreadable(path, `It holds more than "${key}".`);
  const stored = value[key] ?? {};
  if (!isRecord(stored)) throw unreadable(path, `"${key}" is not a mapping.`);
  const problems: Problem[] = [];
  const profiles = new Map<string, Profile>();
  for (const [name, profile] of Object.entries(stored)) {
    const result = parseProfile({value: profile, where}, [key, name]);
    if (!result.ok) problems.push(...result.problems);
    else if (result.value.name !== name)
      problems.push({where: where([key, name]), what: `${name} has another name inside`, next: 'Make them equal.'});
    else profiles.set(name, result.value);
  }
  if (problems.length > 0) throw profileError(what, problems);
  return profiles;
};

const absent = (name: string, names: readonly string[]) => {
  const near = names.length > 0 ? closest(name, names) : undefined;
  const meant = near !== undefined && distance(name, near) <= 2 ? [`Did you mean ${near}?`] : [];
  return new UserError(`There is no profile ${JSON.stringify(name)}`, {
    why: names.length > 0 ? `Saved are: ${names.join(', ')}.` : 'None was saved yet.',
    next: [...meant, 'See what there is: infra-wizard profile list'],
    exitCode: ExitCode.usage,
  });
};

/**
 * Profiles of this user, or of another folder than the user's own. The file is read anew each time and checked as a whole:
 * one that is damaged is refused with its lines, and stays as it is.
 */
export const openProfiles = async ({directory}: {readonly directory?: string} = {}): Promise<Profiles> => {
  const path = await pathOf(directory);
  const read = () => readProfiles(path);
  const write = (profiles: ReadonlyMap<string, Profile>) =>
    explained(`The saved profiles in ${path} cannot be written`, async () =>
      (await openConf(directory, configName)).set(key, Object.fromEntries(profiles)),
    );
  const load = async (name: string) => {
    const profiles = await read();
    const profile = profiles.get(name);
    if (!profile) throw absent(name, [...profiles.keys()]);
    return profile;
  };
  return {
    load,
    list: async () => [...(await read()).values()].toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    save: async (name, answers) => {
      const profile = makeProfile(name, answers, new Date());
      await write(new Map(await read()).set(name, profile));
      return profile;
    },
    remove: async name => {
      await load(name);
      const profiles = new Map(await read());
      profiles.delete(name);
      await write(profiles);
    },
  };
};
