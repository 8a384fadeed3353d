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

const widthBetween = (columns: number) => Math.max(1, columns - 2 * marginOf(columns));

/** Lower windows have room for the title, the body and the key hints alone. */
const smallest = 8;

export interface Chrome {
  /** Rows of the sentence below the title: one, and a second where the window is too narrow for it. */
  readonly intro: readonly string[];
  /** Nothing of the sentence is missing. */
  readonly isWhole: boolean;
  /** A rule below the title. */
  readonly rule: boolean;
  /** Empty rows around the intro and above the key hints. */
  readonly roomy: boolean;
}

/** What surrounds the body. */
export const chromeOf = ({columns, rows}: Size, intro: string): Chrome => {
  const sentence = wrap(intro, widthBetween(columns));
  return {
    intro: rows < smallest ? [] : sentence.slice(0, 2),
    isWhole: rows >= smallest && sentence.length <= 2,
    rule: rows >= smallest,
    roomy: rows >= 20,
  };
};

export const layoutOf = (size: Size, intro: string): Layout => {
  const {intro: sentence, rule, roomy} = chromeOf(size, intro);
  const chrome = 2 + (rule ? 1 : 0) + sentence.length + (roomy ? 3 : 0);
  return {margin: marginOf(size.columns), width: widthBetween(size.columns), roomy, height: Math.max(1, size.rows - chrome)};
};

/** Columns for lists whose rows have something at both ends: further apart the eye loses the row. */
export const listWidth = ({width}: Pick<Layout, 'width'>): number => Math.min(width, 112);

/** Columns for prose. */
export const proseWidth = ({width}: Pick<Layout, 'width'>): number => Math.min(width, readable);
