/** What is known of a service as rows: words at the left, values beside them. Pure. */
import {blank, type Line, line, segment} from '../text/line.ts';
import {padTo, widthOf, wrap} from '../text/width.ts';
import type {Tone} from '../theme.ts';

export interface Field {
  readonly label: string;
  /** Nothing is shown of what is not there. */
  readonly value: string | undefined;
  /** @default plain */
  readonly tone?: Tone;
}

const gap = 2;
/** Where labels would take more than that part, values go below them. */
const widest = 0.4;

/** A value is never cut: it goes on in the next row. */
const fieldRows = ({label, value = '', tone = 'plain'}: Field, column: number, width: number): readonly Line[] => {
  const isBeside = widthOf(label) <= column;
  const rows = wrap(value, Math.max(8, width - column - gap)).map(
    (row, index): Line => [
      segment(padTo(index === 0 && isBeside ? label : '', column), 'muted'),
      segment(' '.repeat(gap)),
      segment(row, tone),
    ],
  );
  return isBeside ? rows : [line(label, 'muted'), ...rows];
};

export const fieldsRows = (fields: readonly Field[], width: number): readonly Line[] => {
  const shown = fields.filter(({value}) => value !== undefined && value !== '');
  const labels = shown.map(({label}) => widthOf(label)).filter(own => own <= width * widest);
  const column = Math.max(0, ...labels);
  return shown.flatMap(field => fieldRows(field, column, width));
};

/** Parts of a page, each with a heading and an empty row behind it. */
export const section = (title: string, rows: readonly Line[]): readonly Line[] => [line(title, 'strong'), ...rows, blank];
