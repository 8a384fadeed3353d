/** What the wizard's screen of saved profiles asks of the outside. */
import {homedir} from 'node:os';
import {join, resolve} from 'node:path';
import {savedOn} from '../plan/saved-profile.ts';
import {select} from '../plan/select.ts';
import type {ProfileChange, ProfileChanged, ProfileServices} from '../ui/services.ts';
import {createFileAtomic, writeFileAtomic} from '../workspace/atomic.ts';
import {explained, hasCode} from '../workspace/fs-problem.ts';
import {exportProfile, importProfile, type Profiles} from '../workspace/profiles.ts';
import {type Context, profilesOf} from './context.ts';
import {refuseProblems} from './problems.ts';
import {readProfileFile} from './profile-file.ts';

type Change<K extends ProfileChange['kind']> = Extract<ProfileChange, {readonly kind: K}>;

const done = (said: string): ProfileChanged => ({kind: 'done', said});

/** What would be replaced; undefined when nothing is in the way. */
const inTheWay = async (profiles: Profiles, name: string, replace: boolean): Promise<ProfileChanged | undefined> => {
  const there = replace ? undefined : await profiles.find(name);
  return there && {kind: 'exists', question: `There is a profile ${name} already, saved on ${savedOn(there)} UTC. Replace it?`};
};

const move = async (profiles: Profiles, {kind, from, to, replace}: Change<'rename' | 'copy'>): Promise<ProfileChanged> => {
  const taken = await inTheWay(profiles, to, replace);
  if (taken) return taken;
  await profiles[kind](from, to, {replace});
  return done(kind === 'rename' ? `${from} is called ${to} now.` : `${to} is a copy of ${from}.`);
};

/** A new file is never written over one that is there; one that is confirmed is replaced whole. */
const exportTo = async (path: string, text: string, replace: boolean): Promise<boolean> => {
  try {
    await (replace ? writeFileAtomic : createFileAtomic)(path, text, 0o644);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
};

const exported = async (profiles: Profiles, folder: string, {name, replace}: Change<'export'>): Promise<ProfileChanged> => {
  const path = join(folder, `${name}.yml`);
  const text = exportProfile(await profiles.load(name));
  const written = await explained(`The profile cannot be exported to ${path}`, () => exportTo(path, text, replace));
  return written ? done(`${name} is exported to ${path}.`) : {kind: 'exists', question: `There is a file ${path} already. Replace it?`};
};

/** The shell makes a home folder of `~`; a line that is typed here never meets one. */
const pathOf = (typed: string, folder: string) => (typed.startsWith('~/') ? join(homedir(), typed.slice(2)) : resolve(folder, typed));

const imported = async (context: Context, profiles: Profiles, {path: typed, replace}: Change<'import'>): Promise<ProfileChanged> => {
  const path = pathOf(typed, context.workingDirectory);
  const {name, answers} = importProfile(await readProfileFile(path), path);
  refuseProblems('This profile does not fit the catalogue.', select(context.catalog, answers));
  const taken = await inTheWay(profiles, name, replace);
  if (taken) return taken;
  await profiles.save(name, answers);
  return done(`${name} is imported from ${path}.`);
};

const removed = async (profiles: Profiles, {name}: Change<'remove'>): Promise<ProfileChanged> => {
  await profiles.remove(name);
  return done(`${name} is removed.`);
};

export const profileServices = (context: Context): ProfileServices => ({
  list: async () => (await profilesOf(context)).list(),
  change: async change => {
    const profiles = await profilesOf(context);
    switch (change.kind) {
      case 'rename':
      case 'copy':
        return move(profiles, change);
      case 'remove':
        return removed(profiles, change);
      case 'export':
        return exported(profiles, context.workingDirectory, change);
      case 'import':
        return imported(context, profiles, change);
    }
  },
});
