/** Items of the review -> rows of a screen of a given width. Pure. */
import {blank, type Line, type Segment, segment} from '../text/line.ts';
import {widthOf, wrap} from '../text/width.ts';
import type {Figures, Tone} from '../theme.ts';
import type {ItemMark, ReviewItem} from './review-items.ts';

export interface DrawnItems {
  readonly rows: readonly Line[];
  /** Of each item: its first row. */
  readonly starts: readonly number[];
}

/** Columns at the left where the pointer is, and those behind it for the first figure. */
const gutter = 2;
const slot = 2;

const markTones: Readonly<Record<ItemMark, Tone>> = {error: 'bad', warning: 'warning', done: 'good', next: 'accent'};

const spaces = (count: number): Segment => segment(' '.repeat(Math.max(0, count)));

/** What stands in front of the text: what opens it, its mark, or both. The first is in the slot, so that texts begin below each other. */
const figuresOf = ({kind, opens, isOpen, mark}: ReviewItem, figures: Figures): Line => {
  const shown = [
    ...(opens === undefined ? [] : [segment(`${isOpen ? figures.open : figures.closed} `, 'accent')]),
    ...(mark ? [segment(`${figures[mark]} `, markTones[mark])] : []),
  ];
  return shown.length === 0 && kind === 'row' ? [spaces(slot)] : shown;
};

/** Cells beside each other; one that takes fewer rows on rows of its own goes below. Each is wrapped, none is cut. */
const flow = ({cells}: ReviewItem, start: number, width: number): readonly Line[] => {
  const lines: Segment[][] = [[]];
  const below = Math.min(start + 2, Math.max(0, width - 2));
  let at = start;
  let gap = 0;
  for (const [index, {text, tone, width: column = 0}] of cells.entries()) {
    const here = wrap(text, Math.max(2, width - at));
    const there = index > 0 && here.length > 1 ? wrap(text, Math.max(2, width - below)) : here;
    const goesBelow = index > 0 && (at + 2 > width || there.length < here.length);
    if (goesBelow) {
      lines.push([spaces(below)]);
      at = below;
    } else lines.at(-1)?.push(spaces(gap));
    const [first = '', ...rest] = goesBelow ? there : here;
    lines.at(-1)?.push(segment(first, tone));
    for (const part of rest) lines.push([spaces(at), segment(part, tone)]);
    const last = widthOf(rest.at(-1) ?? first);
    gap = Math.max(last, column) - last + 2;
    at += last + gap;
  }
  return lines;
};

/** Rows begin with the gutter as a segment of its own. */
const drawItem = (item: ReviewItem, width: number, figures: Figures): readonly Line[] => {
  const front = figuresOf(item, figures);
  const before = [spaces(gutter), spaces((item.depth ?? 0) * 2), ...front];
  const start = before.reduce((sum, {text}) => sum + widthOf(text), 0);
  const room = Math.min(start, Math.max(gutter, width - 8));
  const [first = [], ...rest] = flow(item, room, width);
  return [[...before, ...first], ...rest];
};

/** An empty row before every section but the first. */
export const drawItems = (items: readonly ReviewItem[], width: number, figures: Figures): DrawnItems => {
  const rows: Line[] = [];
  const starts: number[] = [];
  for (const item of items) {
    if (item.kind === 'section' && rows.length > 0) rows.push(blank);
    starts.push(rows.length);
    rows.push(...drawItem(item, width, figures));
  }
  return {rows, starts};
};

/** The rows with the pointer at an item. */
export const pointed = ({rows, starts}: DrawnItems, cursor: number, figures: Figures): readonly Line[] => {
  const start = starts[cursor];
  const row = start === undefined ? undefined : rows[start];
  if (start === undefined || row === undefined) return rows;
  return rows.with(start, [segment(`${figures.pointer} `, 'focus'), ...row.slice(1)]);
};

/** Items that begin within `height` rows below an item: how far a page goes. */
export const pageFrom = ({starts}: DrawnItems, cursor: number, height: number): number => {
  const here = starts[cursor] ?? 0;
  const end = starts.findLastIndex(start => start <= here + height);
  return Math.max(1, end - cursor);
};
