/** Changing answers on the forms and in the picker. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import type {Answers} from '../../plan/answers.ts';
import type {GivenSecrets} from '../../plan/secrets.ts';
import {type Motion, moveCursor} from '../components/list/list-state.ts';
import {reduceTextField, type TextFieldAction, textField} from '../components/text-field/text-field-state.ts';
import {answerInput} from './answer.ts';
import {findingsOf} from './checks.ts';
import {moveChoice} from './decisions.ts';
import {basicsFields, componentFields, type Field, settingsFields} from './fields.ts';
import {instanceRows} from './instances.ts';
import {cycleVariant, editFilter, shownRows, toggleRow} from './pick.ts';
import {withPick} from './picker.ts';
import {savedProfiles} from './profiles.ts';
import {itemsOf} from './review-moves.ts';
import type {Cursors, WizardState} from './state.ts';

type Asking = Pick<WizardState, 'screen' | 'answers' | 'secrets' | 'keptSecrets'>;

/** Questions of the screen; none on screens that are no form. */
export const fieldsOf = ({screen, answers, ...known}: Asking, catalog: Catalog): readonly Field[] => {
  if (screen.name === 'basics') return basicsFields(catalog, answers);
  if (screen.name !== 'settings') return [];
  return screen.only === undefined ? settingsFields(catalog, answers, known) : componentFields(catalog, answers, screen.only, known);
};

/** The question under the cursor. */
export const currentField = (state: Asking & Pick<WizardState, 'cursors'>, catalog: Catalog): Field | undefined => {
  const cursor = state.screen.name === 'settings' ? state.cursors.settings : state.cursors.basics;
  const fields = fieldsOf(state, catalog);
  return fields[Math.min(cursor, fields.length - 1)];
};

export const chooseTier = (state: WizardState, catalog: Catalog, tier: string): WizardState => {
  const {answers, picksOfTier} = state;
  const offered = Object.fromEntries(catalog.platform.tiers.find(({id}) => id === tier)?.components ?? []);
  const remembered = {...picksOfTier, [answers.tier]: answers.components};
  return {...state, picksOfTier: remembered, answers: {...answers, tier, components: remembered[tier] ?? offered}};
};

const withSecret = (secrets: GivenSecrets, id: string, value: string): GivenSecrets => {
  const others = [...secrets].filter(([other]) => other !== id);
  return new Map(value === '' ? others : [...others, [id, value]]);
};

/** What a field is typed from; undefined for what can not be typed now. */
const typedIn = ({subject, value, choices}: Field): string | undefined => {
  if (subject.kind === 'secret') return subject.kept === false ? (subject.typed ?? '') : undefined;
  return choices.length > 0 ? undefined : value;
};

const setField = (state: WizardState, catalog: Catalog, {subject}: Field, value: string): WizardState => {
  const {answers} = state;
  switch (subject.kind) {
    case 'tier':
      return chooseTier(state, catalog, value);
    case 'environment':
      return {...state, answers: {...answers, environment: value}};
    case 'strategy':
      return {...state, answers: {...answers, strategy: value as Answers['strategy']}};
    case 'variant':
      return {...state, answers: withPick(answers, subject.component, value)};
    case 'secret':
      return {...state, secrets: withSecret(state.secrets, subject.secret.id, value)};
    case 'input':
      return {...state, answers: answerInput(catalog, answers, subject.applicable, value)};
  }
};

const changeField = (state: WizardState, catalog: Catalog, by: 1 | -1): WizardState => {
  const field = currentField(state, catalog);
  if (!field || field.choices.length === 0) return state;
  const index = field.choices.findIndex(({id}) => id === field.value);
  const count = field.choices.length;
  const next = field.choices[index < 0 ? 0 : (index + by + count) % count];
  return next ? setField(state, catalog, field, next.id) : state;
};

/** The next choice of a field, the next variant of a component. */
export const change = (state: WizardState, catalog: Catalog, by: 1 | -1): WizardState =>
  state.screen.name === 'components' ? cycleVariant(state, catalog, by) : changeField(state, catalog, by);

export const toggle = (state: WizardState, catalog: Catalog): WizardState =>
  state.screen.name === 'components' ? toggleRow(state, catalog) : changeField(state, catalog, 1);

export const edit = (state: WizardState, catalog: Catalog, action: TextFieldAction): WizardState => {
  if (state.screen.name === 'profile') return state.screen.saving ? state : {...state, profile: reduceTextField(state.profile, action)};
  if (state.screen.name === 'components') return editFilter(state, catalog, action);
  if (state.screen.name === 'naming') return {...state, naming: reduceTextField(state.naming, action)};
  const field = currentField(state, catalog);
  const typed = field && typedIn(field);
  if (!field || typed === undefined) return state;
  const before = state.editing?.key === field.key ? state.editing : textField(typed);
  const editing = {...reduceTextField(before, action), key: field.key};
  const changed = editing.value === before.value ? state : setField(state, catalog, field, editing.value.trim());
  return {...changed, editing};
};

const isPlace = (name: string, cursors: Cursors): name is keyof Cursors => name in cursors;

/** `limit`: how far text without a cursor can be scrolled on the screen it is shown on. */
export const move = (state: WizardState, catalog: Catalog, motion: Motion, page: number, limit: number): WizardState => {
  const {screen} = state;
  if (!state.help && screen.name === 'checks' && screen.reading !== undefined) {
    return {...state, screen: {...screen, reading: moveCursor(screen.reading, motion, limit + 1, page)}};
  }
  const key = state.help ? 'help' : screen.name;
  if (key === 'edited' && (motion === 'previous' || motion === 'next')) return moveChoice(state, motion === 'next' ? 1 : -1);
  if (!isPlace(key, state.cursors)) return state;
  const counts = {
    basics: () => fieldsOf(state, catalog).length,
    settings: () => fieldsOf(state, catalog).length,
    instances: () => (state.screen.name === 'instances' ? instanceRows(catalog, state.answers, state.screen.base).length : 0),
    components: () => shownRows(state, catalog).length,
    welcome: () => limit + 1,
    review: () => (state.review.status === 'ready' ? itemsOf(state).length : limit + 1),
    removal: () => limit + 1,
    edited: () => limit + 1,
    written: () => limit + 1,
    help: () => limit + 1,
    profiles: () => savedProfiles(state.saved).length,
    checks: () => findingsOf(state).length,
  };
  const cursor = moveCursor(state.cursors[key], motion, counts[key](), page);
  return {...state, editing: undefined, cursors: {...state.cursors, [key]: cursor}};
};
