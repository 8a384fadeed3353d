/** Saved answers in the user's configuration folder. */
import {dirname} from 'node:path';
import {closest, distance} from 'fastest-levenshtein';
import {ExitCode, UserError} from '../errors.ts';
import type {Answers} from '../plan/answers.ts';
import {isNewer, type Profile, type SavedProfile, savedOn} from '../plan/saved-profile.ts';
import {makeProfile, ofNewerVersion, profileError} from './profile.ts';
import {readStore, type StoredProfiles, storePath, writeStore} from './profile-store.ts';
import {whileLocked} from './store-lock.ts';

export {exportProfile, importProfile} from './profile.ts';

/** `replace`: whether one that has the name already may go. @default false */
export interface Replacing {
  readonly replace?: boolean;
}

/**
 * Every method throws UserError (exit 2) for a name that is not saved, and for a profile of a newer version, which is never read,
 * replaced, renamed or removed.
 */
export interface Profiles {
  /** By name; those of a newer version too. */
  list(): Promise<readonly SavedProfile[]>;
  load(name: string): Promise<Profile>;
  /** Undefined: none has this name. */
  find(name: string): Promise<Profile | undefined>;
  /** Over one of the same name. UserError when the name is none or a value looks like a secret. */
  save(name: string, answers: Answers): Promise<Profile>;
  /** With the day of the original: the answers are as old. */
  copy(from: string, to: string, how?: Replacing): Promise<Profile>;
  rename(from: string, to: string, how?: Replacing): Promise<Profile>;
  remove(name: string): Promise<void>;
}

const absent = (name: string, names: readonly string[]) => {
  const near = names.length > 0 ? closest(name, names) : undefined;
  const meant = near !== undefined && distance(name, near) <= 2 ? [`Did you mean ${near}?`] : [];
  return new UserError(`There is no profile ${JSON.stringify(name)}`, {
    why: names.length > 0 ? `Saved are: ${names.join(', ')}.` : 'None was saved yet.',
    next: [...meant, 'See what there is: infra-wizard profile list'],
    exitCode: ExitCode.usage,
  });
};

const taken = (profile: Profile) =>
  new UserError(`There is a profile ${JSON.stringify(profile.name)} already`, {
    why: `It was saved on ${savedOn(profile)} UTC.`,
    next: ['Choose another name, or add --yes to replace it.'],
    exitCode: ExitCode.usage,
  });

/** Undefined: none has this name. */
const readable = (profiles: StoredProfiles, name: string): Profile | undefined => {
  const saved = profiles.get(name)?.saved;
  if (saved === undefined || !isNewer(saved)) return saved;
  throw profileError(`The profile ${JSON.stringify(name)} cannot be used here`, [ofNewerVersion(saved.version, name)]);
};

const required = (profiles: StoredProfiles, name: string): Profile => {
  const profile = readable(profiles, name);
  if (!profile) throw absent(name, [...profiles.keys()]);
  return profile;
};

/** Under its new name, checked as anything that is saved. */
const renamed = ({answers, savedAt}: Profile, name: string): Profile => makeProfile(name, answers, new Date(savedAt));

/**
 * Profiles of this user, or of another folder than the user's own. The file is read anew each time and checked as a whole:
 * one that is damaged is refused with its lines, and stays as it is. Changes of several processes come one after the other.
 */
export const openProfiles = async ({directory}: {readonly directory?: string} = {}): Promise<Profiles> => {
  const path = await storePath(directory);
  const read = () => readStore(path);
  const change = <T extends Profile | undefined>(
    work: (profiles: StoredProfiles) => {readonly gone: readonly string[]; readonly made: T},
  ) =>
    whileLocked(dirname(path), async (): Promise<T> => {
      const profiles = new Map(await read());
      const {gone, made} = work(profiles);
      for (const name of gone) profiles.delete(name);
      if (made) profiles.set(made.name, {raw: made, saved: made});
      await writeStore(path, profiles);
      return made;
    });
  const put = (from: string, to: string, {replace = false}: Replacing, gone: readonly string[]) =>
    change(profiles => {
      const made = renamed(required(profiles, from), to);
      const there = from === to ? undefined : readable(profiles, to);
      if (there && !replace) throw taken(there);
      return {gone, made};
    });
  return {
    load: async name => required(await read(), name),
    find: async name => readable(await read(), name),
    list: async () => [...(await read()).values()].map(({saved}) => saved).toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    save: async (name, answers) => {
      const made = makeProfile(name, answers, new Date());
      return change(profiles => {
        readable(profiles, name);
        return {gone: [], made};
      });
    },
    copy: (from, to, how = {}) => put(from, to, how, []),
    rename: (from, to, how = {}) => put(from, to, how, [from]),
    remove: async name => {
      await change(profiles => ({gone: [required(profiles, name).name], made: undefined}));
    },
  };
};
