/** A row of a screen as a value: what a frame shows can be asked for, measured and tested without drawing it. Pure. */
import {printable} from '../../printable.ts';
import type {Tone} from '../theme.ts';
import {narrow} from './narrow.ts';
import {clip, cut, widthOf, wrap} from './width.ts';

export interface Segment {
  readonly text: string;
  readonly tone: Tone;
}

export type Line = readonly Segment[];

/** The only way text gets into a frame, and therefore the barrier for control characters; none of them is narrow. */
export const segment = (text: string, tone: Tone = 'plain'): Segment => ({
  text: narrow.test(text) ? text : printable(text).replaceAll('\n', ' '),
  tone,
});

export const line = (text: string, tone: Tone = 'plain'): Line => [segment(text, tone)];

export const blank: Line = [];

export const lineWidth = (parts: Line): number => parts.reduce((total, {text}) => total + widthOf(text), 0);

export const lineText = (parts: Line): string => parts.map(({text}) => text).join('');

/** At most `width` cells: the segment that crosses the edge is shortened with an ellipsis, what follows is dropped. */
export const clipLine = (parts: Line, width: number, ellipsis = '…'): Line => {
  if (lineWidth(parts) <= width) return parts;
  const clipped: Segment[] = [];
  let room = width;
  for (const part of parts) {
    const own = widthOf(part.text);
    if (own > room || (own === room && part !== parts.at(-1))) {
      const text = own > room ? clip(part.text, room, ellipsis) : cut(part.text, room - widthOf(ellipsis)) + ellipsis;
      return [...clipped, {...part, text: clip(text, room, '')}];
    }
    clipped.push(part);
    room -= own;
  }
  return clipped;
};

/** Left and right part of one row; the right one gives way when both do not fit. */
export const spread = (left: Line, right: Line, width: number): Line => {
  const gap = width - lineWidth(left) - lineWidth(right);
  return gap >= 2 ? [...left, segment(' '.repeat(gap)), ...right] : left;
};

/** A paragraph as rows. */
export const paragraph = (text: string, width: number, tone: Tone = 'plain'): readonly Line[] =>
  wrap(text, width).map(row => line(row, tone));

/** Rows moved to the right. */
export const indented = (rows: readonly Line[], by: number): readonly Line[] =>
  rows.map(row => (row.length === 0 ? row : [segment(' '.repeat(by)), ...row]));
