/** The wizard as a reducer: everything that happens between the first screen and the rollout. Pure. */
import type {Catalog} from '../catalog/catalog.ts';
import {textField} from './components/text-field/text-field-state.ts';
import {askToIgnore, ignoreCheck, openChecks, readFinding} from './wizard/checks.ts';
import {change, edit, move, movePhase, toggle} from './wizard/edit.ts';
import {afterProfile, checkAgain, goBack, goForward, openSettings, writeOnly} from './wizard/forward.ts';
import {knownAnswers} from './wizard/known.ts';
import {interrupt, quit} from './wizard/leave.ts';
import {noProfiles, reduceProfiles} from './wizard/profiles.ts';
import {noCursors, type WizardAction, type WizardStart, type WizardState} from './wizard/state.ts';

export const startWizard = (catalog: Catalog, {answers, profileName = 'default'}: WizardStart): WizardState => ({
  screen: {name: 'welcome'},
  ...knownAnswers(catalog, answers),
  picksOfTier: {},
  cursors: noCursors,
  editing: undefined,
  host: {status: 'loading'},
  review: {status: 'loading'},
  reviewRequest: 0,
  checks: {status: 'loading'},
  checksRequest: 0,
  ignored: [],
  profile: textField(profileName),
  saved: noProfiles,
  naming: textField(''),
  intent: 'roll-out',
  showDiffs: false,
  notice: undefined,
  trouble: undefined,
  help: false,
  leaving: undefined,
});

const reduceKnown = (state: WizardState, action: WizardAction, catalog: Catalog): WizardState => {
  switch (action.type) {
    case 'forward':
      return goForward(state, catalog);
    case 'back':
      return goBack(state);
    case 'quit':
      return quit(state);
    case 'interrupt':
      return interrupt(state);
    case 'toggle-help':
      return {...state, help: !state.help, cursors: {...state.cursors, help: 0}};
    case 'close-help':
      return {...state, help: false};
    case 'open-settings':
      return openSettings(state);
    case 'write-only':
      return writeOnly(state);
    case 'check-again':
      return checkAgain(state);
    case 'toggle-diffs':
      return {...state, showDiffs: !state.showDiffs};
    case 'move':
      return move(state, catalog, action.motion, action.page, action.limit);
    case 'toggle':
      return toggle(state, catalog);
    case 'next-phase':
      return movePhase(state, catalog, 1);
    case 'previous-phase':
      return movePhase(state, catalog, -1);
    case 'change':
      return change(state, catalog, action.by);
    case 'edit':
      return edit(state, catalog, action.edit);
    case 'host-found':
      return {...state, host: action.host};
    case 'review-ready':
      return action.request === state.reviewRequest ? {...state, review: action.review} : state;
    case 'open-checks':
      return openChecks(state);
    case 'read-finding':
      return readFinding(state);
    case 'ask-ignore':
      return askToIgnore(state);
    case 'ignore-check':
      return ignoreCheck(state);
    case 'checks-ready':
      return action.request === state.checksRequest ? {...state, checks: action.checks} : state;
    case 'profile-saved':
      return afterProfile(state);
    case 'profiles':
      return reduceProfiles(state, action.action, catalog);
    case 'written':
      return {...state, screen: {name: 'written', paths: action.paths}};
    case 'failed':
      return {...state, trouble: action.trouble, screen: state.screen.name === 'profile' ? {name: 'profile', saving: false} : state.screen};
    case 'show-status':
      return {...state, screen: {name: 'status'}};
    case 'leave':
      return {...state, leaving: action.outcome};
  }
};

/** What arrives by itself leaves the notice alone; a key answers it. */
const arrivals: ReadonlySet<WizardAction['type']> = new Set([
  'host-found',
  'review-ready',
  'checks-ready',
  'profile-saved',
  'written',
  'failed',
  'leave',
]);

export const reduceWizard = (state: WizardState, action: WizardAction, catalog: Catalog): WizardState => {
  if (state.leaving) return state;
  const arrives = arrivals.has(action.type) || (action.type === 'profiles' && action.action.type === 'listed');
  const before = arrives || state.notice === undefined ? state : {...state, notice: undefined};
  return reduceKnown(before, action, catalog);
};
