/** Building blocks of the review's items. Pure. */

import type {Origin} from '../../plan/origin.ts';
import type {Step} from '../../plan/plan.ts';
import {printableLine} from '../../printable.ts';
import {widthOf} from '../text/width.ts';
import type {Tone} from '../theme.ts';
import type {Cell, ItemMark, Opened, ReviewItem} from './review-items.ts';

/** Longer ones stand out of their column. */
const widestColumn = 40;

type Row = Omit<ReviewItem, 'kind'>;

export const row = (text: string, more: Partial<Row> & {readonly tone?: Tone} = {}): ReviewItem => {
  const {tone = 'plain', ...rest} = more;
  return {kind: 'row', cells: [{text, tone}], ...rest};
};

/** Rows whose cells stand below each other. */
export const table = (rows: readonly Row[]): readonly ReviewItem[] => {
  const widths: number[] = [];
  for (const {cells} of rows) {
    for (const [column, {text}] of cells.entries()) widths[column] = Math.max(widths[column] ?? 0, Math.min(widestColumn, widthOf(text)));
  }
  return rows.map(item => ({
    kind: 'row',
    ...item,
    cells: item.cells.map((cell, column): Cell => (column < item.cells.length - 1 ? {...cell, width: widths[column] ?? 0} : cell)),
  }));
};

interface Folded {
  readonly name: string;
  readonly head: Row;
  readonly inside: readonly ReviewItem[];
}

/** One row, which opens to many. */
export const folded = ({name, head, inside}: Folded, opened: Opened): readonly ReviewItem[] => {
  if (inside.length === 0) return [{kind: 'row', ...head}];
  const isOpen = opened.has(name);
  const first: ReviewItem = {kind: 'row', ...head, opens: name, isOpen};
  return isOpen ? [first, ...inside.map(item => ({...item, depth: (head.depth ?? 0) + 1 + (item.depth ?? 0), within: name}))] : [first];
};

/** What is lost by it can not be had back by running this again. */
const destructive: ReadonlySet<string> = new Set(['remove']);

export const isDestructive = ({op}: Pick<Step, 'op'>): boolean => destructive.has(op);

const opTones: Readonly<Record<string, Tone>> = {
  write: 'accent',
  pull: 'muted',
  create: 'good',
  recreate: 'accent',
  start: 'accent',
  keep: 'muted',
  leave: 'muted',
};

/** A step of the plan, word for word. Names and images are the engine's words. */
export const stepRow = ({op, resource, cause}: Step, origin: Origin | undefined): Row => {
  const mark: ItemMark | undefined = isDestructive({op}) ? 'warning' : undefined;
  const tone = mark ? 'bad' : (opTones[op] ?? 'accent');
  return {
    cells: [
      {text: op, tone},
      {text: printableLine(resource), tone: 'plain'},
      {text: printableLine(cause), tone: 'muted'},
    ],
    origin,
    ...(mark && {mark}),
  };
};
