/** What keys do in the component picker. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import type {Answers} from '../../plan/answers.ts';
import {reduceTextField, type TextFieldAction, textField} from '../components/text-field/text-field-state.ts';
import {componentFields} from './fields.ts';
import {showInstances} from './instances.ts';
import {pickNotice} from './pick-notice.ts';
import {changeVariant, matching, type PickerRow, type PickerSection, pickerSections, togglePick, togglePicks} from './picker.ts';
import {noFilter, type WizardState} from './state.ts';

type Shown = Pick<WizardState, 'answers' | 'filter'>;

const shownSections = ({answers, filter}: Shown, catalog: Catalog): readonly PickerSection[] =>
  matching(pickerSections(catalog, answers), filter.value);

/** The rows that the cursor moves on. */
export const shownRows = (state: Shown, catalog: Catalog): readonly PickerRow[] => shownSections(state, catalog).flatMap(({rows}) => rows);

const rowAt = (state: WizardState, catalog: Catalog): PickerRow | undefined => shownRows(state, catalog)[state.cursors.components];

const withCursor = (state: WizardState, components: number): WizardState => ({...state, cursors: {...state.cursors, components}});

/** Leaves the cursor within the rows where the component is not among them. */
export const putCursorOn = (state: WizardState, catalog: Catalog, id: string | undefined): WizardState => {
  const rows = shownRows(state, catalog);
  const place = rows.findIndex(({component}) => component.id === id);
  return withCursor(state, place < 0 ? Math.max(0, Math.min(state.cursors.components, rows.length - 1)) : place);
};

/** Hidden rows come and go with what needs them: the cursor stays on its component. */
const answered = (state: WizardState, catalog: Catalog, answers: Answers): WizardState => {
  if (answers === state.answers) return state;
  const here = rowAt(state, catalog)?.component.id;
  return putCursorOn({...state, answers, notice: pickNotice(catalog, state.answers, answers)}, catalog, here);
};

export const toggleRow = (state: WizardState, catalog: Catalog): WizardState => {
  const row = rowAt(state, catalog);
  if (!row) return state;
  if (row.mark === 'add') return {...state, screen: {name: 'naming', base: row.component.id}, naming: textField('')};
  const {answers, notice} = togglePick(catalog, state.answers, row);
  return notice === undefined ? answered(state, catalog, answers) : {...state, notice};
};

export const cycleVariant = (state: WizardState, catalog: Catalog, by: 1 | -1): WizardState => {
  const row = rowAt(state, catalog);
  return row ? answered(state, catalog, changeVariant(state.answers, row, by)) : state;
};

/** First row of each section, and the section the cursor is in. */
const places = (state: WizardState, catalog: Catalog) => {
  let count = 0;
  const sections = shownSections(state, catalog).map(section => {
    count += section.rows.length;
    return {...section, start: count - section.rows.length};
  });
  return {sections, here: sections.findLastIndex(({start}) => start <= state.cursors.components)};
};

export const togglePhase = (state: WizardState, catalog: Catalog): WizardState => {
  const {sections, here} = places(state, catalog);
  const section = sections[here];
  if (state.screen.name !== 'components' || !section) return state;
  const answers = togglePicks(catalog, state.answers, section.rows);
  if (answers !== state.answers) return answered(state, catalog, answers);
  return {...state, notice: `${section.phase.title} has nothing that could be picked or left out.`};
};

/** The first component of the next phase, round and round. */
export const movePhase = (state: WizardState, catalog: Catalog, by: 1 | -1): WizardState => {
  const {sections, here} = places(state, catalog);
  return withCursor(state, sections[(here + by + sections.length) % sections.length]?.start ?? 0);
};

export const jumpPhase = (state: WizardState, catalog: Catalog, number: number): WizardState => {
  const section = places(state, catalog).sections.find(other => other.number === number);
  return section ? withCursor(state, section.start) : state;
};

/** The settings of the component under the cursor, or why there are none. */
export const openRow = (state: WizardState, catalog: Catalog): WizardState => {
  const row = rowAt(state, catalog);
  if (state.screen.name !== 'components' || !row) return state;
  const {id, title} = row.component;
  if (row.mark === 'add') return showInstances(state, catalog, id);
  if (row.mark === 'off') return {...state, notice: `${title} is not picked: Space picks it, and then it has settings.`};
  if (componentFields(catalog, state.answers, id).length === 0) return {...state, notice: `${title} has no settings.`};
  return {...state, screen: {name: 'settings', from: 'components', only: id}, editing: undefined, cursors: {...state.cursors, settings: 0}};
};

const filtered = (state: WizardState, catalog: Catalog, filter: WizardState['filter']): WizardState =>
  putCursorOn({...state, filter}, catalog, rowAt(state, catalog)?.component.id);

export const startFilter = (state: WizardState): WizardState =>
  state.screen.name === 'components' ? {...state, filter: {...state.filter, typing: true}} : state;

export const keepFilter = (state: WizardState): WizardState => ({...state, filter: {...state.filter, typing: false}});

export const clearFilter = (state: WizardState, catalog: Catalog): WizardState =>
  state.filter === noFilter ? state : filtered(state, catalog, noFilter);

export const editFilter = (state: WizardState, catalog: Catalog, action: TextFieldAction): WizardState =>
  state.filter.typing ? filtered(state, catalog, {...reduceTextField(state.filter, action), typing: true}) : state;
