import {blank, type Line, type Segment, segment, spread} from '../../text/line.ts';
import {padTo, widthOf} from '../../text/width.ts';
import type {Figures, Tone} from '../../theme.ts';
import type {Mark, PickerRow, PickerSection} from '../../wizard/picker.ts';

export interface MultiSelectView {
  readonly sections: readonly PickerSection[];
  /** Among the rows that can be toggled. */
  readonly cursor: number;
  /** What is wrong at a row, in a few words, by component. */
  readonly conflicts: ReadonlyMap<string, string>;
  readonly width: number;
  /** Rows there are for it. */
  readonly height: number;
  readonly figures: Figures;
}

const boxes: Readonly<Record<Mark, {readonly figure: 'on' | 'off' | 'brought' | 'add'; readonly tone: Tone}>> = {
  off: {figure: 'off', tone: 'muted'},
  picked: {figure: 'on', tone: 'accent'},
  required: {figure: 'brought', tone: 'accent'},
  platform: {figure: 'brought', tone: 'accent'},
  add: {figure: 'add', tone: 'muted'},
};

const titleWidth = (sections: readonly PickerSection[], width: number) =>
  Math.min(Math.max(0, ...sections.flatMap(({rows}) => rows.map(({component}) => widthOf(component.title)))) + 3, Math.floor(width * 0.45));

/** The way it is deployed, where there are several, and what it is. */
const about = ({component, variant}: PickerRow, {separator}: Figures): string =>
  component.variants.length < 2 || !variant ? component.summary : `${variant.title} ${separator} ${component.summary}`;

const isIn = (mark: Mark) => mark !== 'off' && mark !== 'add';

const sideOf = ({component, mark, note}: PickerRow, {conflicts, figures}: MultiSelectView): Segment => {
  const conflict = conflicts.get(component.id);
  return conflict === undefined ? segment(note, isIn(mark) ? 'accent' : 'muted') : segment(`${figures.warning} ${conflict}`, 'warning');
};

const row = (picker: PickerRow, focused: boolean, titles: number, view: MultiSelectView): Line => {
  const {width, figures} = view;
  const {component, mark} = picker;
  const {figure, tone} = boxes[mark];
  const boxWidth = widthOf(figures.on) + 1;
  const before: Line = [
    segment(focused ? `${figures.pointer} ` : '  ', 'focus'),
    segment(padTo(figures[figure], boxWidth), tone),
    segment(padTo(component.title, titles, figures.ellipsis), focused ? 'focus' : isIn(mark) ? 'strong' : 'plain'),
  ];
  const side = sideOf(picker, view);
  const room = width - 2 - boxWidth - titles - (side.text === '' ? 0 : widthOf(side.text) + 2);
  const middle = room >= 8 ? [segment(padTo(about(picker, figures), room, figures.ellipsis).trimEnd(), focused ? 'plain' : 'muted')] : [];
  return side.text === '' ? [...before, ...middle] : spread([...before, ...middle], [side], width);
};

const heading = ({phase, number}: PickerSection, width: number): Line =>
  spread([segment(`${number} `, 'muted'), segment(phase.title, 'strong'), segment(`  ${phase.why}`, 'muted')], [], width);

const layOut = (view: MultiSelectView, spaced: boolean): MultiSelectRows => {
  const titles = titleWidth(view.sections, view.width);
  const rows: Line[] = [];
  let cursorRow = 0;
  let index = 0;
  for (const section of view.sections) {
    rows.push(...(spaced && rows.length > 0 ? [blank] : []), heading(section, view.width));
    for (const picker of section.rows) {
      if (index === view.cursor) cursorRow = rows.length;
      rows.push(row(picker, index === view.cursor, titles, view));
      index += 1;
    }
  }
  return {rows, cursorRow};
};

export interface MultiSelectRows {
  readonly rows: readonly Line[];
  /** The row the cursor is on. */
  readonly cursorRow: number;
}

/** A list of boxes to tick in sections, which are set apart by empty rows where there is room for them. */
export const multiSelectRows = (view: MultiSelectView): MultiSelectRows => {
  const spaced = layOut(view, true);
  return spaced.rows.length <= view.height ? spaced : layOut(view, false);
};
