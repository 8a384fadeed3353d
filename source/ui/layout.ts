/** Where things are on a screen of a given size. Pure. */

import {wrap} from './text/width.ts';

/** Of the terminal window, in cells. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Layout {
  /** Empty columns on both sides. */
  readonly margin: number;
  /** Columns between the margins. */
  readonly width: number;
  /** Empty rows between the parts of a screen: there are enough rows to be generous. */
  readonly roomy: boolean;
  /** Rows between the intro and the key hints. */
  readonly height: number;
}

/** Text is not read well in longer lines. */
const readable = 96;

const marginOf = (columns: number) => (columns >= 72 ? 2 : columns >= 40 ? 1 : 0);

/** Rows of the intro: one, and a second where the window is too narrow for the sentence. */
export const introRows = (intro: string, width: number): readonly string[] => wrap(intro, width).slice(0, 2);

/** Title and rule above, key hints below; roomy screens have an empty row around the intro and above the hints. */
export const layoutOf = ({columns, rows}: Size, intro: string): Layout => {
  const margin = marginOf(columns);
  const width = Math.max(1, columns - 2 * margin);
  const roomy = rows >= 20;
  const chrome = (roomy ? 6 : 3) + introRows(intro, width).length;
  return {margin, width, roomy, height: Math.max(1, rows - chrome)};
};

/** Columns for prose. */
export const proseWidth = ({width}: Pick<Layout, 'width'>): number => Math.min(width, readable);
