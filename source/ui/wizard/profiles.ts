/** The saved profiles: what the operator does with them. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import {isNewer, type Profile, type SavedProfile, sameAnswers, savedOn} from '../../plan/saved-profile.ts';
import {unknownComponents} from '../../plan/unknown-components.ts';
import {reduceTextField, type TextFieldAction, type TextFieldState, textField} from '../components/text-field/text-field-state.ts';
import type {ProfileChange, ProfileChanged} from '../services.ts';
import type {Trouble} from '../trouble.ts';
import {knownAnswers} from './known.ts';
import {type Loadable, noCursors, type WizardState} from './state.ts';

/** What a line is typed for. */
export type Asked = 'rename' | 'copy' | 'import';

export interface ProfilesState {
  readonly list: Loadable<readonly SavedProfile[]>;
  /** Counts listings, so that a change is followed by a new one. */
  readonly request: number;
  readonly asking: {readonly what: Asked; readonly name: string; readonly field: TextFieldState} | undefined;
  /** Waits for a yes. */
  readonly confirming: {readonly question: string; readonly change: ProfileChange} | undefined;
  /** Under way; another object each time, so that every one is begun once. */
  readonly running: ProfileChange | undefined;
  /** What was done last, until the next key. */
  readonly said: string | undefined;
  readonly trouble: Trouble | undefined;
  /** Name that the save screen has said is taken. */
  readonly replacing: string | undefined;
}

export type ProfilesAction =
  | {readonly type: 'open' | 'use' | 'remove' | 'export' | 'submit' | 'dismiss' | 'confirm'}
  | {readonly type: 'ask'; readonly what: Asked}
  | {readonly type: 'type'; readonly edit: TextFieldAction}
  | {readonly type: 'listed'; readonly request: number; readonly list: Loadable<readonly SavedProfile[]>}
  | {readonly type: 'changed'; readonly result: ProfileChanged}
  | {readonly type: 'change-failed'; readonly trouble: Trouble};

export const noProfiles: ProfilesState = {
  list: {status: 'loading'},
  request: 0,
  asking: undefined,
  confirming: undefined,
  running: undefined,
  said: undefined,
  trouble: undefined,
  replacing: undefined,
};

export const savedProfiles = ({list}: ProfilesState): readonly SavedProfile[] => (list.status === 'ready' ? list.value : []);

/** The profile under the cursor. */
export const currentProfile = ({saved, cursors}: Pick<WizardState, 'saved' | 'cursors'>): SavedProfile | undefined =>
  savedProfiles(saved)[Math.min(cursors.profiles, savedProfiles(saved).length - 1)];

const withSaved = (state: WizardState, changes: Partial<ProfilesState>): WizardState => ({...state, saved: {...state.saved, ...changes}});

const newerSays = ({name}: SavedProfile) =>
  `${name} was saved by a newer infra-wizard: npx infra-wizard@latest can use it. It stays as it is.`;

/** Does something with the profile under the cursor, which has to be one that can be read. */
const withCurrent = (state: WizardState, work: (profile: Profile) => WizardState): WizardState => {
  const profile = currentProfile(state);
  if (!profile) return state;
  return isNewer(profile) ? withSaved(state, {said: newerSays(profile)}) : work(profile);
};

/** Answers of a profile in place of what was said before, from the first screen on. */
const use = (state: WizardState, catalog: Catalog, profile: Profile): WizardState => {
  const unknown = unknownComponents(catalog, profile.answers);
  return unknown.length === 0 ? withProfile(state, catalog, profile) : withSaved(state, {said: unknownSays(profile, unknown)});
};

const unknownSays = ({name}: Profile, unknown: readonly string[]) =>
  `${name} names ${unknown.join(', ')}, which this infra-wizard does not know, and to leave it out would be to remove it. Use the one that saved it, or the newest: npx infra-wizard@latest. To go on without it: infra-wizard --profile ${name} --without ${unknown[0]}`;

const withProfile = (state: WizardState, catalog: Catalog, profile: Profile): WizardState => ({
  ...state,
  ...knownAnswers(catalog, profile.answers),
  screen: {name: 'welcome'},
  picksOfTier: {},
  cursors: {...noCursors, profiles: state.cursors.profiles},
  editing: undefined,
  // What was typed for other answers is not for these.
  secrets: new Map(),
  profile: textField(profile.name),
  notice: `These are the answers of ${profile.name}, saved on ${savedOn(profile)} UTC. Enter goes through them.`,
});

const ask = (state: WizardState, what: Asked): WizardState => {
  if (what === 'import') return withSaved(state, {asking: {what, name: '', field: textField('')}});
  return withCurrent(state, ({name}) => withSaved(state, {asking: {what, name, field: textField(name)}}));
};

const submit = (state: WizardState): WizardState => {
  const {asking} = state.saved;
  const text = asking?.field.value.trim();
  if (!asking || !text || text === asking.name) return withSaved(state, {asking: undefined});
  const change: ProfileChange =
    asking.what === 'import'
      ? {kind: 'import', path: text, replace: false}
      : {kind: asking.what, from: asking.name, to: text, replace: false};
  return withSaved(state, {running: change});
};

const changed = (state: WizardState, result: ProfileChanged): WizardState => {
  const {running, request} = state.saved;
  if (result.kind === 'exists') {
    const change = running && running.kind !== 'remove' ? {...running, replace: true} : undefined;
    return withSaved(state, {running: undefined, asking: undefined, confirming: change && {question: result.question, change}});
  }
  return withSaved(state, {running: undefined, asking: undefined, confirming: undefined, said: result.said, request: request + 1});
};

/** What is answered by a key is gone with it. */
const quiet = (state: WizardState): WizardState => withSaved(state, {said: undefined, trouble: undefined});

const reduceKey = (state: WizardState, action: ProfilesAction, catalog: Catalog): WizardState => {
  const {confirming} = state.saved;
  switch (action.type) {
    case 'open':
      return {...withSaved(state, {request: state.saved.request + 1}), screen: {name: 'profiles'}};
    case 'use':
      return withCurrent(state, profile => use(state, catalog, profile));
    case 'ask':
      return ask(state, action.what);
    case 'type': {
      const {asking} = state.saved;
      return asking ? withSaved(state, {asking: {...asking, field: reduceTextField(asking.field, action.edit)}}) : state;
    }
    case 'submit':
      return submit(state);
    case 'remove':
      return withCurrent(state, profile =>
        withSaved(state, {
          confirming: {
            question: `Remove ${profile.name}, saved on ${savedOn(profile)} UTC?`,
            change: {kind: 'remove', name: profile.name},
          },
        }),
      );
    case 'export':
      return withCurrent(state, ({name}) => withSaved(state, {running: {kind: 'export', name, replace: false}}));
    case 'confirm':
      return confirming ? withSaved(state, {running: confirming.change, confirming: undefined}) : state;
    case 'dismiss':
      return withSaved(state, {asking: undefined, confirming: undefined});
    default:
      return state;
  }
};

export const reduceProfiles = (state: WizardState, action: ProfilesAction, catalog: Catalog): WizardState => {
  switch (action.type) {
    case 'listed':
      return action.request === state.saved.request ? withSaved(state, {list: action.list}) : state;
    case 'changed':
      return changed(state, action.result);
    case 'change-failed':
      return withSaved(state, {running: undefined, trouble: action.trouble});
    default:
      return state.saved.running ? state : reduceKey(quiet(state), action, catalog);
  }
};

/** Nothing can be saved under this name: the profile that has it is of a newer version. */
export const isKept = ({saved}: Pick<WizardState, 'saved'>, name: string): boolean =>
  savedProfiles(saved).some(profile => profile.name === name && isNewer(profile));

/** What saving under a name would take away. Undefined: nothing. */
export const takesAway = ({saved, answers}: Pick<WizardState, 'saved' | 'answers'>, catalog: Catalog, name: string): string | undefined => {
  const there = savedProfiles(saved).find(profile => profile.name === name);
  if (!there) return undefined;
  if (isNewer(there)) return newerSays(there);
  if (sameAnswers(there.answers, answers)) return undefined;
  const {dropped} = knownAnswers(catalog, there.answers);
  const lost = dropped.length > 0 ? `, with what this version does not know: ${dropped.join(', ')}` : '';
  return `This replaces the one saved on ${savedOn(there)} UTC${lost}.`;
};
