/** Changing answers on the forms and in the picker. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import type {Answers} from '../../plan/answers.ts';
import {type Motion, moveCursor} from '../components/list/list-state.ts';
import {reduceTextField, type TextFieldAction, textField} from '../components/text-field/text-field-state.ts';
import {answerInput} from './answer.ts';
import {findingsOf} from './checks.ts';
import {basicsFields, type Field, settingsFields} from './fields.ts';
import {changeVariant, pickerRows, pickerSections, togglePick} from './picker.ts';
import {savedProfiles} from './profiles.ts';
import type {Cursors, WizardState} from './state.ts';

/** Questions of the screen; none on screens that are no form. */
export const fieldsOf = ({screen, answers}: Pick<WizardState, 'screen' | 'answers'>, catalog: Catalog): readonly Field[] => {
  if (screen.name === 'basics') return basicsFields(catalog, answers);
  return screen.name === 'settings' ? settingsFields(catalog, answers) : [];
};

/** The question under the cursor. */
export const currentField = (state: Pick<WizardState, 'screen' | 'answers' | 'cursors'>, catalog: Catalog): Field | undefined => {
  const cursor = state.screen.name === 'settings' ? state.cursors.settings : state.cursors.basics;
  const fields = fieldsOf(state, catalog);
  return fields[Math.min(cursor, fields.length - 1)];
};

const chooseTier = (state: WizardState, catalog: Catalog, tier: string): WizardState => {
  const {answers, picksOfTier} = state;
  const offered = Object.fromEntries(catalog.platform.tiers.find(({id}) => id === tier)?.components ?? []);
  const remembered = {...picksOfTier, [answers.tier]: answers.components};
  return {...state, picksOfTier: remembered, answers: {...answers, tier, components: remembered[tier] ?? offered}};
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

/** Left and right: the next choice of a field, the next variant of a component. */
export const change = (state: WizardState, catalog: Catalog, by: 1 | -1): WizardState => {
  if (state.screen.name !== 'components') return changeField(state, catalog, by);
  const row = pickerRows(catalog, state.answers)[state.cursors.components];
  return row ? {...state, answers: changeVariant(state.answers, row, by)} : state;
};

export const toggle = (state: WizardState, catalog: Catalog): WizardState => {
  if (state.screen.name !== 'components') return changeField(state, catalog, 1);
  const rows = pickerRows(catalog, state.answers);
  const row = rows[state.cursors.components];
  if (!row) return state;
  if (row.mark === 'add') return {...state, screen: {name: 'naming', base: row.component.id}, naming: textField('')};
  const {answers, notice} = togglePick(catalog, state.answers, row);
  // Hidden rows come and go with what needs them: the cursor stays on what was toggled.
  const place = pickerRows(catalog, answers).findIndex(({component}) => component.id === row.component.id);
  return {...state, answers, notice, cursors: {...state.cursors, components: Math.max(0, place)}};
};

export const edit = (state: WizardState, catalog: Catalog, action: TextFieldAction): WizardState => {
  if (state.screen.name === 'profile') return state.screen.saving ? state : {...state, profile: reduceTextField(state.profile, action)};
  if (state.screen.name === 'naming') return {...state, naming: reduceTextField(state.naming, action)};
  const field = currentField(state, catalog);
  if (!field || field.choices.length > 0) return state;
  const before = state.editing?.key === field.key ? state.editing : textField(field.value);
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
  if (!isPlace(key, state.cursors)) return state;
  const counts = {
    basics: () => fieldsOf(state, catalog).length,
    settings: () => fieldsOf(state, catalog).length,
    components: () => pickerRows(catalog, state.answers).length,
    welcome: () => limit + 1,
    review: () => limit + 1,
    written: () => limit + 1,
    help: () => limit + 1,
    profiles: () => savedProfiles(state.saved).length,
    checks: () => findingsOf(state).length,
  };
  const cursor = moveCursor(state.cursors[key], motion, counts[key](), page);
  return {...state, editing: undefined, cursors: {...state.cursors, [key]: cursor}};
};

/** Tab in the picker: the first component of the next phase, round and round. */
export const movePhase = (state: WizardState, catalog: Catalog, by: 1 | -1): WizardState => {
  const starts: number[] = [];
  let count = 0;
  for (const {rows} of pickerSections(catalog, state.answers)) {
    starts.push(count);
    count += rows.length;
  }
  const here = starts.findLastIndex(start => start <= state.cursors.components);
  const next = starts[(here + by + starts.length) % starts.length] ?? 0;
  return {...state, cursors: {...state.cursors, components: next}};
};
