/** Tables as plain text: columns aligned by what a terminal shows, not by characters. Pure. */
import stringWidth from 'string-width';
import {printableLine} from '../printable.ts';

export interface Column {
  readonly title: string;
  /** Default: left. */
  readonly align?: 'left' | 'right';
}

const gap = '  ';

const pad = (text: string, width: number, align: Column['align']) => {
  const blanks = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'right' ? blanks + text : text + blanks;
};

/**
 * Lines without trailing blanks: titles, then rows. Cells are made printable and kept whole; a row with fewer cells ends early.
 * Without rows: nothing.
 */
export const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] => {
  if (rows.length === 0) return [];
  const clean = [columns.map(({title}) => title), ...rows].map(cells => columns.map((_, index) => printableLine(cells[index] ?? '')));
  const widths = columns.map((_, index) => Math.max(...clean.map(cells => stringWidth(cells[index] ?? ''))));
  return clean.map(cells =>
    cells
      .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align))
      .join(gap)
      .trimEnd(),
  );
};
