/**
 * Texts of logs broken at cells. Pure.
 *
 * What a person sees as one character can only be found by Intl.Segmenter, which takes up to 0.1 ms each; a line of a log may have 16,000.
 * Where every code point stands for itself, as in the scripts of East Asia, counting does.
 */
import {graphemesOf, widthOf} from '../text/width.ts';
import type {Span} from './log-buffer.ts';

/** Ideographs, kana, hangul and their full-width forms: two cells each, and nothing joins them. See UAX #11. */
const wide = '\\u3001-\\u3029\\u3041-\\u3096\\u30a0-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uff01-\\uff60';
/** One cell each, as in `text/narrow.ts`. */
const single = '\\x20-\\x7e\\u00a1-\\u00ac\\u00ae-\\u02ff\\u2010-\\u2027\\u2190-\\u21ff\\u2500-\\u25fc\\u2714\\u2716\\u276f';

const allSingle = new RegExp(`^[${single}]*$`);
const allPlain = new RegExp(`^[${single}${wide}]*$`);
const isWide = new RegExp(`[${wide}]`);

/** Of texts that must be taken apart by Intl.Segmenter, so much is shown. */
const longestIntricate = 2000;

/** What is shown of a text: all of it, but for one that would hold the screen up. */
export const showable = (text: string): string =>
  text.length <= longestIntricate || allPlain.test(text) ? text : `${text.slice(0, longestIntricate).replace(/[\ud800-\udbff]$/, '')}…`;

interface Piece {
  readonly length: number;
  readonly cells: number;
}

const piecesOf = (text: string): readonly Piece[] =>
  allPlain.test(text)
    ? Array.from(text, character => ({length: 1, cells: isWide.test(character) ? 2 : 1}))
    : graphemesOf(text).map(grapheme => ({length: grapheme.length, cells: widthOf(grapheme)}));

/** Parts of at most `width` cells; no character is cut in half. One that is wider has a part of its own. */
export const chop = (text: string, width: number): readonly Span[] => {
  if (text === '') return [[0, 0]];
  const spans: Span[] = [];
  if (allSingle.test(text)) {
    for (let from = 0; from < text.length; from += width) spans.push([from, Math.min(text.length, from + width)]);
    return spans;
  }
  let [from, to, used] = [0, 0, 0];
  for (const {length, cells} of piecesOf(text)) {
    if (used + cells > width && to > from) {
      spans.push([from, to]);
      [from, used] = [to, 0];
    }
    to += length;
    used += cells;
  }
  return [...spans, [from, to]];
};

/** How many UTF-16 units of the text fit into so many cells. */
const unitsIn = (text: string, cells: number): number => {
  if (allSingle.test(text)) return Math.min(text.length, cells);
  let [units, used] = [0, 0];
  for (const piece of piecesOf(text)) {
    used += piece.cells;
    if (used > cells) break;
    units += piece.length;
  }
  return units;
};

/** The part from a column on, a cell more than fits: whoever draws it sees that there is more. */
export const sideways = (text: string, column: number, width: number): Span => {
  const from = unitsIn(text, column);
  return [from, from + unitsIn(text.slice(from), width + 1)];
};
