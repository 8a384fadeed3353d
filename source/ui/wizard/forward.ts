/** Where Enter and Esc lead. Pure. */
import type {Catalog, Input} from '../../catalog/catalog.ts';
import {checkInput} from '../../plan/inputs.ts';
import {instanceId} from '../../plan/instances.ts';
import {repeatChecks, takeOffers} from './checks.ts';
import {screenAfterReview} from './decisions.ts';
import {basicsFields, componentFields, type Field, settingsFields} from './fields.ts';
import {renameInstance, showInstances} from './instances.ts';
import {clearFilter, putCursorOn} from './pick.ts';
import {addInstance, pickProblems} from './picker.ts';
import {isKept, takesAway} from './profiles.ts';
import {noFilter, type Screen, type WizardState} from './state.ts';

const show = (state: WizardState, screen: Screen): WizardState => ({...state, screen, editing: undefined});

/** Who comes back from where a line was decided, or only looks again, finds the cursor where it was. */
const isReturning = ({screen}: WizardState): boolean => screen.name === 'review' || ('from' in screen && screen.from === 'review');

export const openReview = (state: WizardState): WizardState => ({
  ...show(state, {name: 'review'}),
  cursors: {...state.cursors, review: isReturning(state) ? state.cursors.review : 0},
  review: {status: 'loading'},
  edited: {},
  reviewRequest: state.reviewRequest + 1,
});

const fromPicker = (state: WizardState, catalog: Catalog, screen: Screen): WizardState => show(clearFilter(state, catalog), screen);

const firstWrong = (fields: readonly Field[]) => fields.findIndex(({problem}) => problem !== undefined);

const fromBasics = (state: WizardState, catalog: Catalog): WizardState => {
  const fields = basicsFields(catalog, state.answers);
  const wrong = firstWrong(fields);
  if (wrong < 0 && isReturning(state)) return fromComponents({...state, screen: {name: 'components', from: 'review'}}, catalog);
  if (wrong < 0) return show(state, {name: 'components'});
  return {...state, cursors: {...state.cursors, basics: wrong}, editing: undefined, notice: fields[wrong]?.problem};
};

/** Straight to the review, unless something must be answered first. */
const fromComponents = (state: WizardState, catalog: Catalog): WizardState => {
  const [problem] = pickProblems(catalog, state.answers);
  if (problem) {
    return {...putCursorOn(clearFilter(state, catalog), catalog, problem.where), notice: `${problem.what} ${problem.next}`};
  }
  const wrong = firstWrong(settingsFields(catalog, state.answers, state));
  if (wrong < 0) return openReview(clearFilter(state, catalog));
  const asked = fromPicker(state, catalog, {name: 'settings', from: 'components'});
  return {...asked, cursors: {...asked.cursors, settings: wrong}};
};

/** Back to the picker, with the cursor on what was added; its settings are asked on the way to the review. */
const fromNaming = (state: WizardState, catalog: Catalog, {base, list, renames}: Screen & {readonly name: 'naming'}): WizardState => {
  const name = state.naming.value;
  if (renames !== undefined) {
    const {problem, ...after} = renameInstance(state, catalog, {base, from: renames, name});
    return problem ? {...state, notice: problem} : showInstances({...state, ...after}, catalog, base, instanceId({base, name}));
  }
  const {answers, problem} = addInstance(catalog, state.answers, base, name);
  if (problem) return {...state, notice: problem};
  if (list) return showInstances({...state, answers}, catalog, base, instanceId({base, name}));
  const shown = show({...state, answers, filter: noFilter}, {name: 'components'});
  return putCursorOn(shown, catalog, instanceId({base, name}));
};

const fromSettings = (state: WizardState, catalog: Catalog, {only, list}: Screen & {readonly name: 'settings'}): WizardState => {
  const fields = only === undefined ? settingsFields(catalog, state.answers, state) : componentFields(catalog, state.answers, only, state);
  const wrong = firstWrong(fields);
  if (wrong < 0 && list !== undefined) return showInstances(state, catalog, list, only);
  if (wrong < 0) return only === undefined ? openReview(state) : show(state, {name: 'components'});
  return {...state, cursors: {...state.cursors, settings: wrong}, editing: undefined, notice: fields[wrong]?.problem};
};

/** Without an engine only the files can be written; a check that blocks a rollout has to be mended first. */
const fromReview = (state: WizardState): WizardState => {
  const {review} = state;
  if (review.status === 'loading') return state;
  if (review.status === 'failed') return openReview(state);
  if (!review.value.canRollOut) return decide({...state, intent: 'write'}, 'open');
  const blocked = review.value.findings.some(({level}) => level === 'blocking');
  return blocked ? openReview(state) : decide({...state, intent: 'roll-out'}, 'open');
};

/** Whoever came back from later questions is asked all of them again. */
const decide = (before: WizardState, removal: 'open' | 'confirmed'): WizardState => {
  const state = {...before, edited: {}};
  return show(state, screenAfterReview(state, {removal}));
};

/** Only a key that was meant for it gets past the question. */
export const confirmRemoval = (state: WizardState): WizardState => (state.screen.name === 'removal' ? decide(state, 'confirmed') : state);

const profileInput: Input = {id: 'profile', title: 'Name', help: '', type: 'name', env: '', early: false, choices: []};

/** What a profile's name should have been; an empty one means that the answers are not saved. */
const profileProblem = (name: string): string | undefined => (name === '' ? undefined : checkInput(profileInput, name));

export const afterProfile = (state: WizardState): WizardState =>
  show(state, state.intent === 'write' ? {name: 'writing'} : {name: 'rollout'});

const fromProfile = (state: WizardState, catalog: Catalog): WizardState => {
  const name = state.profile.value;
  const problem = profileProblem(name);
  if (problem) return {...state, notice: `The name must be ${problem}.`};
  if (isKept(state, name)) return {...state, notice: 'Choose another name.'};
  if (takesAway(state, catalog, name) && state.saved.replacing !== name) {
    return {...state, saved: {...state.saved, replacing: name}, notice: 'Enter again replaces it; another name keeps both.'};
  }
  return name === '' ? afterProfile(state) : {...state, screen: {name: 'profile', saving: true}, trouble: undefined};
};

export const goForward = (state: WizardState, catalog: Catalog): WizardState => {
  switch (state.screen.name) {
    case 'welcome':
      return show(state, {name: 'basics'});
    case 'checks':
      return takeOffers(state);
    case 'basics':
      return fromBasics(state, catalog);
    case 'components':
      return fromComponents(state, catalog);
    case 'naming':
      return fromNaming(state, catalog, state.screen);
    case 'settings':
      return fromSettings(state, catalog, state.screen);
    case 'review':
      return fromReview(state);
    case 'profile':
      return state.screen.saving ? state : fromProfile(state, catalog);
    default:
      return state;
  }
};

/** Nothing leads back behind the first change of the host. */
export const goBack = (state: WizardState, catalog: Catalog): WizardState => {
  const {screen} = state;
  switch (screen.name) {
    case 'checks':
      return show(state, screen.confirming === undefined && screen.reading === undefined ? {name: 'welcome'} : {name: 'checks'});
    case 'basics':
      return isReturning(state) ? openReview(state) : show(state, {name: 'welcome'});
    case 'components':
      return isReturning(state) ? openReview(state) : fromPicker(state, catalog, {name: 'basics'});
    case 'naming':
      return screen.list ? showInstances(state, catalog, screen.base, screen.renames) : show(state, {name: 'components'});
    case 'instances':
      return show(state, {name: 'components'});
    case 'settings':
      if (screen.list !== undefined) return showInstances(state, catalog, screen.list, screen.only);
      return screen.from === 'review' ? openReview(state) : show(state, {name: 'components'});
    case 'review':
      return show(state, {name: 'components'});
    case 'removal':
    case 'edited':
      return show(state, {name: 'review'});
    case 'profiles':
      return show(state, {name: 'welcome'});
    case 'profile':
      return screen.saving ? state : show(state, {name: 'review'});
    default:
      return state;
  }
};

export const openSettings = (state: WizardState): WizardState => {
  const {name} = state.screen;
  return name === 'components' || name === 'review' ? show(state, {name: 'settings', from: name}) : state;
};

export const writeOnly = (state: WizardState): WizardState =>
  state.screen.name === 'review' && state.review.status === 'ready' ? decide({...state, intent: 'write'}, 'open') : state;

export const checkAgain = (state: WizardState): WizardState => {
  if (state.screen.name === 'checks') return repeatChecks(state);
  return state.screen.name === 'review' && state.review.status !== 'loading' ? openReview(state) : state;
};
