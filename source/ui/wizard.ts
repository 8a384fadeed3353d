/** The wizard as a reducer: everything that happens between the first screen and the rollout. Pure. */
import type {Catalog} from '../catalog/catalog.ts';
import type {Answers} from '../plan/answers.ts';
import {textField} from './components/text-field/text-field-state.ts';
import {askToIgnore, ignoreCheck, openChecks, readFinding} from './wizard/checks.ts';
import {chooseEdited} from './wizard/decisions.ts';
import {withDeployed} from './wizard/deployed.ts';
import {change, edit, move, toggle} from './wizard/edit.ts';
import {afterProfile, checkAgain, confirmRemoval, goBack, goForward, openSettings, writeOnly} from './wizard/forward.ts';
import {commandInstance} from './wizard/instances.ts';
import {knownAnswers} from './wizard/known.ts';
import {interrupt, quit} from './wizard/leave.ts';
import {moveToOpen} from './wizard/open-fields.ts';
import {clearFilter, jumpPhase, keepFilter, movePhase, openRow, startFilter, togglePhase} from './wizard/pick.ts';
import {noProfiles, reduceProfiles} from './wizard/profiles.ts';
import {hostFound} from './wizard/propose.ts';
import {hideLeft, toggleReveal} from './wizard/reveal.ts';
import {closeItem, jumpToSection, openItem, revisit, toggleDiffs, toggleItem} from './wizard/review-moves.ts';
import {noCursors, noFilter, type WizardAction, type WizardStart, type WizardState} from './wizard/state.ts';

const startAnswers = (catalog: Catalog, answers: Answers, fresh: boolean) => {
  const known = knownAnswers(catalog, answers);
  return {...known, proposed: fresh ? known.answers : undefined};
};

export const startWizard = (catalog: Catalog, {answers, profileName = 'default', fresh = false}: WizardStart): WizardState => ({
  screen: {name: 'welcome'},
  ...startAnswers(catalog, answers, fresh),
  picksOfTier: {},
  cursors: noCursors,
  filter: noFilter,
  editing: undefined,
  secrets: new Map(),
  keptSecrets: undefined,
  reveal: undefined,
  host: {status: 'loading'},
  review: {status: 'loading'},
  reviewRequest: 0,
  checks: {status: 'loading'},
  checksRequest: 0,
  ignored: [],
  profile: textField(profileName),
  saved: noProfiles,
  naming: textField(''),
  edited: {},
  intent: 'roll-out',
  opened: [],
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
      return goBack(state, catalog);
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
      return toggleDiffs(state);
    case 'open-item':
      return openItem(state);
    case 'close-item':
      return closeItem(state);
    case 'toggle-item':
      return toggleItem(state);
    case 'section':
      return jumpToSection(state, action.section);
    case 'revisit':
      return revisit(state, catalog);
    case 'move':
      return move(state, catalog, action.motion, action.page, action.limit);
    case 'confirm-removal':
      return confirmRemoval(state);
    case 'choose-edited':
      return chooseEdited(state);
    case 'toggle':
      return toggle(state, catalog);
    case 'next-phase':
      return movePhase(state, catalog, 1);
    case 'previous-phase':
      return movePhase(state, catalog, -1);
    case 'toggle-phase':
      return togglePhase(state, catalog);
    case 'jump-phase':
      return jumpPhase(state, catalog, action.number);
    case 'open-row':
      return openRow(state, catalog);
    case 'start-filter':
      return startFilter(state);
    case 'keep-filter':
      return keepFilter(state);
    case 'clear-filter':
      return clearFilter(state, catalog);
    case 'change':
      return change(state, catalog, action.by);
    case 'edit':
      return edit(state, catalog, action.edit);
    case 'next-open':
      return moveToOpen(state, catalog, 1);
    case 'previous-open':
      return moveToOpen(state, catalog, -1);
    case 'reveal-secret':
      return toggleReveal(state, catalog);
    case 'instance':
      return commandInstance(state, catalog, action.command);
    case 'secrets-found':
      return {...state, keptSecrets: new Set(action.ids)};
    case 'secret-revealed':
      return state.reveal?.id === action.id ? {...state, reveal: {id: action.id, content: action.content}} : state;
    case 'host-found':
      return hostFound(state, catalog, action.host);
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
  'secrets-found',
  'secret-revealed',
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
  return hideLeft(state, withDeployed(before, reduceKnown(before, action, catalog), catalog));
};
