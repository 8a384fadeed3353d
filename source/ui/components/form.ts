import {blank, type Line, line, lineWidth, paragraph, type Segment, segment} from '../text/line.ts';
import {padTo, widthOf} from '../text/width.ts';
import type {Figures} from '../theme.ts';
import type {Field} from '../wizard/fields.ts';
import {type Reveal, secretLine} from './secret-line.ts';
import {textFieldLine} from './text-field/text-field.ts';
import {type TextFieldState, textField} from './text-field/text-field-state.ts';

export interface FormView {
  readonly fields: readonly Field[];
  readonly cursor: number;
  /** Text of the field under the cursor while it is typed. */
  readonly editing: TextFieldState | undefined;
  /** The secret that is shown as it is. @default none */
  readonly reveal?: Reveal;
  readonly width: number;
  readonly figures: Figures;
}

const pointerWidth = 2;

const labelWidth = (fields: readonly Field[], width: number) =>
  Math.min(Math.max(8, ...fields.map(({label}) => widthOf(label))) + 3, Math.floor(width * 0.45));

/** All choices next to each other. */
const allChoices = ({choices, value}: Field, focused: boolean, figures: Figures): Line =>
  choices.flatMap(({id, title}, index): readonly Segment[] => {
    const chosen = id === value;
    const tone = chosen ? (focused ? 'focus' : 'accent') : 'muted';
    return [segment(index > 0 ? '   ' : ''), segment(`${chosen ? figures.radioOn : figures.radioOff} ${title}`, tone)];
  });

/** The chosen one alone, where there is no room for all. */
const oneChoice = ({choices, value}: Field, focused: boolean, figures: Figures): Line => {
  const index = choices.findIndex(({id}) => id === value);
  return [
    segment(`${figures.radioOn} ${choices[index]?.title ?? value}`, focused ? 'focus' : 'accent'),
    segment(`   ${index + 1} of ${choices.length}`, 'muted'),
  ];
};

const typedValue = ({value, problem}: Field): Line => {
  if (value === '') return [segment('needs an answer', 'warning')];
  return [segment(value, problem ? 'bad' : 'plain')];
};

const valueLine = (field: Field, focused: boolean, room: number, {editing, reveal, figures}: FormView): Line => {
  if (field.choices.length > 0) {
    const row = allChoices(field, focused, figures);
    return lineWidth(row) <= room ? row : oneChoice(field, focused, figures);
  }
  if (field.subject.kind === 'secret') return secretLine(field, field.subject, focused ? {editing, reveal, room, figures} : undefined);
  return focused ? textFieldLine(editing ?? textField(field.value), room, editing ? field.value : '') : typedValue(field);
};

const fieldRow = (field: Field, focused: boolean, labels: number, view: FormView): Line => {
  const {figures, width} = view;
  const marker = focused ? segment(`${figures.pointer} `, 'focus') : segment(field.problem ? `${figures.warning} ` : '  ', 'warning');
  const label = segment(padTo(field.label, labels - 1, figures.ellipsis), focused ? 'strong' : 'plain');
  return [marker, label, segment(' '), ...valueLine(field, focused, Math.max(1, width - pointerWidth - labels), view)];
};

/** Rows of a form with a heading for each group, and the row the cursor is on. */
export const formRows = (view: FormView): {readonly rows: readonly Line[]; readonly cursorRow: number} => {
  const labels = labelWidth(view.fields, view.width);
  const rows: Line[] = [];
  let cursorRow = 0;
  let group = '';
  view.fields.forEach((field, index) => {
    if (field.group !== '' && field.group !== group) rows.push(...(rows.length > 0 ? [blank] : []), line(field.group, 'strong'));
    group = field.group;
    if (index === view.cursor) cursorRow = rows.length;
    rows.push(fieldRow(field, index === view.cursor, labels, view));
  });
  return {rows, cursorRow};
};

/** Nobody is scolded in the middle of a word. */
const problemRows = ({isUnfinished}: Field, problem: string, width: number): readonly Line[] =>
  isUnfinished
    ? paragraph(`Not complete yet. ${problem.slice(problem.indexOf('It must'))}`, width, 'muted')
    : paragraph(problem, width, 'warning');

/** What the field under the cursor means, what its choice does, what more there is to say of its choices, and what is wrong with it. */
export const formDetail = (field: Field | undefined, width: number, ofChoices: readonly Line[] = []): readonly Line[] => {
  if (!field) return [];
  const choice = field.choices.find(({id}) => id === field.value);
  return [
    ...(field.problem ? problemRows(field, field.problem, width) : []),
    ...(choice?.summary ? paragraph(`${choice.title}: ${choice.summary}`, width) : []),
    ...ofChoices,
    ...(field.facts === '' || field.value === '' ? [] : paragraph(field.facts, width, 'muted')),
    ...paragraph(field.help, width, 'muted'),
  ];
};
