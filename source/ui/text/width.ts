/** Text measured in terminal cells: wide characters take two. Pure. */
import stringWidth from 'string-width';
import {narrow} from './narrow.ts';

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

export const widthOf = (text: string): number => stringWidth(text);

/** User-perceived characters, so that an emoji or an accent is never cut in half. */
export const graphemesOf = (text: string): readonly string[] => [...segmenter.segment(text)].map(({segment}) => segment);

/** Longest beginning that fits into `width` cells. */
export const cut = (text: string, width: number): string => {
  if (widthOf(text) <= width) return text;
  // Where every character takes one cell, nothing has to be measured: a hundred times as fast.
  if (narrow.test(text)) return text.slice(0, Math.max(0, width));
  let taken = '';
  let used = 0;
  for (const grapheme of graphemesOf(text)) {
    used += widthOf(grapheme);
    if (used > width) break;
    taken += grapheme;
  }
  return taken;
};

/** Shortened to `width` cells with an ellipsis at the end, where one fits. */
export const clip = (text: string, width: number, ellipsis = '…'): string => {
  if (widthOf(text) <= width) return text;
  const room = width - widthOf(ellipsis);
  return room > 0 ? cut(text, room).trimEnd() + ellipsis : cut(text, Math.max(0, width));
};

/** Exactly `width` cells: clipped or padded. */
export const padTo = (text: string, width: number, ellipsis = '…'): string => {
  const clipped = clip(text, width, ellipsis);
  return clipped + ' '.repeat(Math.max(0, width - widthOf(clipped)));
};

/** The same, aligned to the right. */
export const padStartTo = (text: string, width: number, ellipsis = '…'): string => {
  const clipped = clip(text, width, ellipsis);
  return ' '.repeat(Math.max(0, width - widthOf(clipped))) + clipped;
};

/** Where to break: behind the last space that leaves a line of at most `width` cells, or in the middle of a longer word. */
const breakAt = (text: string, width: number, indent: number): number => {
  const fitting = cut(text, width);
  const space = text[fitting.length] === ' ' ? fitting.length : fitting.lastIndexOf(' ');
  if (space > indent) return space;
  return fitting.length > indent ? fitting.length : indent + (graphemesOf(text.slice(indent))[0]?.length ?? 1);
};

const wrapLine = (text: string, width: number): readonly string[] => {
  const indent = Math.min(/^ */.exec(text)?.[0].length ?? 0, Math.max(0, width - 8));
  const lines: string[] = [];
  let rest = text;
  while (widthOf(rest) > width) {
    const at = breakAt(rest, width, /^ */.exec(rest)?.[0].length ?? 0);
    lines.push(rest.slice(0, at).trimEnd());
    rest = ' '.repeat(indent) + rest.slice(at).trimStart();
  }
  return [...lines, rest];
};

/** Broken at spaces into lines of at most `width` cells; words longer than a line are cut. Line breaks are kept, the indent is repeated. */
export const wrap = (text: string, width: number): readonly string[] =>
  text.split('\n').flatMap(line => wrapLine(line.trimEnd(), Math.max(2, width)));
