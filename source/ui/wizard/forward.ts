/** Where Enter and Esc lead. Pure. */
import type {Catalog, Input} from '../../catalog/catalog.ts';
import {checkInput} from '../../plan/inputs.ts';
import {instanceId} from '../../plan/instances.ts';
import {repeatChecks, takeOffers} from './checks.ts';
import {basicsFields, type Field, settingsFields} from './fields.ts';
import {addInstance, pickerRows, pickProblems} from './picker.ts';
import {isKept, takesAway} from './profiles.ts';
import type {Screen, WizardState} from './state.ts';

const show = (state: WizardState, screen: Screen): WizardState => ({...state, screen, editing: undefined});

const openReview = (state: WizardState): WizardState => ({
  ...show(state, {name: 'review'}),
  cursors: {...state.cursors, review: 0},
  review: {status: 'loading'},
  reviewRequest: state.reviewRequest + 1,
});

const firstWrong = (fields: readonly Field[]) => fields.findIndex(({problem}) => problem !== undefined);

const fromBasics = (state: WizardState, catalog: Catalog): WizardState => {
  const fields = basicsFields(catalog, state.answers);
  const wrong = firstWrong(fields);
  if (wrong < 0) return show(state, {name: 'components'});
  return {...state, cursors: {...state.cursors, basics: wrong}, editing: undefined, notice: fields[wrong]?.problem};
};

/** Straight to the review, unless something must be answered first. */
const fromComponents = (state: WizardState, catalog: Catalog): WizardState => {
  const [problem] = pickProblems(catalog, state.answers);
  if (problem) {
    const row = pickerRows(catalog, state.answers).findIndex(({component}) => component.id === problem.where);
    const components = row < 0 ? state.cursors.components : row;
    return {...state, cursors: {...state.cursors, components}, notice: `${problem.what} ${problem.next}`};
  }
  const wrong = firstWrong(settingsFields(catalog, state.answers));
  if (wrong < 0) return openReview(state);
  const asked = show(state, {name: 'settings', from: 'components'});
  return {...asked, cursors: {...state.cursors, settings: wrong}};
};

/** Back to the picker, with the cursor on what was added; its settings are asked on the way to the review. */
const fromNaming = (state: WizardState, catalog: Catalog, base: string): WizardState => {
  const name = state.naming.value;
  const {answers, problem} = addInstance(catalog, state.answers, base, name);
  if (problem) return {...state, notice: problem};
  const added = instanceId({base, name});
  const components = pickerRows(catalog, answers).findIndex(({component}) => component.id === added);
  return {...show(state, {name: 'components'}), answers, cursors: {...state.cursors, components}};
};

const fromSettings = (state: WizardState, catalog: Catalog): WizardState => {
  const fields = settingsFields(catalog, state.answers);
  const wrong = firstWrong(fields);
  if (wrong < 0) return openReview(state);
  return {...state, cursors: {...state.cursors, settings: wrong}, editing: undefined, notice: fields[wrong]?.problem};
};

/** Without an engine only the files can be written; a check that blocks a rollout has to be mended first. */
const fromReview = (state: WizardState): WizardState => {
  const {review} = state;
  if (review.status === 'loading') return state;
  if (review.status === 'failed') return openReview(state);
  if (!review.value.canRollOut) return show({...state, intent: 'write'}, {name: 'profile', saving: false});
  const blocked = review.value.findings.some(({level}) => level === 'blocking');
  return blocked ? openReview(state) : show({...state, intent: 'roll-out'}, {name: 'profile', saving: false});
};

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
      return fromNaming(state, catalog, state.screen.base);
    case 'settings':
      return fromSettings(state, catalog);
    case 'review':
      return fromReview(state);
    case 'profile':
      return state.screen.saving ? state : fromProfile(state, catalog);
    default:
      return state;
  }
};

/** Nothing leads back behind the first change of the host. */
export const goBack = (state: WizardState): WizardState => {
  const {screen} = state;
  switch (screen.name) {
    case 'checks':
      return show(state, screen.confirming === undefined && screen.reading === undefined ? {name: 'welcome'} : {name: 'checks'});
    case 'basics':
      return show(state, {name: 'welcome'});
    case 'components':
      return show(state, {name: 'basics'});
    case 'naming':
      return show(state, {name: 'components'});
    case 'settings':
      return screen.from === 'review' ? openReview(state) : show(state, {name: 'components'});
    case 'review':
      return show(state, {name: 'components'});
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
  state.screen.name === 'review' && state.review.status === 'ready'
    ? show({...state, intent: 'write'}, {name: 'profile', saving: false})
    : state;

export const checkAgain = (state: WizardState): WizardState => {
  if (state.screen.name === 'checks') return repeatChecks(state);
  return state.screen.name === 'review' && state.review.status !== 'loading' ? openReview(state) : state;
};
