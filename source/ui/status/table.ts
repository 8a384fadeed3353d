/** The table of services as rows. Pure. */
import type {ServiceStatus} from '../../plan/service-status.ts';
import {type Line, type Segment, segment} from '../text/line.ts';
import {padStartTo, padTo, widthOf} from '../text/width.ts';
import type {Arrangement} from './arrange.ts';
import type {TableView} from './cells.ts';
import {type Column, type ColumnId, columns} from './columns.ts';

/** Empty cells between columns. */
const gap = 2;

/** Limits are shown beside what is used where the window is that wide. */
const roomForLimits = 120;

interface Placed {
  readonly column: Column;
  readonly width: number;
}

export interface TableOptions extends Omit<TableView, 'brief'> {
  /** @default in the order of the phases */
  readonly sorted?: Pick<Arrangement, 'sort' | 'reversed'>;
}

/** Columns and their widths: they stay while the cursor moves. */
export interface TableLayout {
  readonly placed: readonly Placed[];
  readonly view: TableView;
  readonly sorted: Pick<Arrangement, 'sort' | 'reversed'>;
  /** Columns there is no room for. */
  readonly dropped: ReadonlySet<ColumnId>;
}

const byPhase = {sort: 'phase', reversed: false} as const;

/** Which way the column is sorted, where it is. */
const titleOf = ({title, sort}: Column, {sorted, view: {figures}}: Pick<TableLayout, 'sorted' | 'view'>): string =>
  sort === sorted.sort ? `${title} ${sorted.reversed ? figures.up : figures.down}` : title;

const saysNothing = (text: string) => text === '' || text === '-';

/** Cells that can not change a width are not made. Undefined: there is nothing in it. */
const natural = (column: Column, services: readonly ServiceStatus[], layout: Pick<TableLayout, 'sorted' | 'view'>): number | undefined => {
  const {cell, min, max, optional} = column;
  const textOf = (service: ServiceStatus) => cell(service, layout.view).text;
  if (optional && services.every(service => saysNothing(textOf(service)))) return undefined;
  let widest = Math.max(min, widthOf(titleOf(column, layout)));
  for (const service of services) {
    if (widest >= max) break;
    widest = Math.max(widest, Math.min(max, widthOf(textOf(service))));
  }
  return widest;
};

const taken = (placed: readonly Placed[]) => placed.reduce((total, {width}) => total + width + gap, 0);

/** Columns for which there is room, each as wide as its cells need: the least important go until the rest fits. */
export const tableLayout = (services: readonly ServiceStatus[], {sorted = byPhase, ...options}: TableOptions): TableLayout => {
  const view = {...options, brief: options.width < roomForLimits};
  const all: readonly Placed[] = columns.flatMap(column => {
    const width = natural(column, services, {sorted, view});
    return width === undefined ? [] : [{column, width}];
  });
  let placed = all;
  while (placed.length > 1 && taken(placed) > view.width) {
    const worst = Math.max(...placed.map(({column}) => column.rank));
    placed = placed.filter(({column}) => column.rank !== worst);
  }
  const dropped = all.filter(one => !placed.includes(one)).map(({column}) => column.id);
  return {placed, view, sorted, dropped: new Set(dropped)};
};

const align = (text: string, {column, width}: Placed, {figures}: TableView) =>
  column.right ? padStartTo(text, width, figures.ellipsis) : padTo(text, width, figures.ellipsis);

/** Neighbours that look alike are one: every part of a row costs when it is drawn. */
const joined = (parts: readonly Segment[]): Line => {
  const line: Segment[] = [];
  for (const part of parts) {
    const last = line.at(-1);
    const isBlank = part.text.trim() === '';
    if (last && (last.tone === part.tone || isBlank)) line[line.length - 1] = {text: last.text + part.text, tone: last.tone};
    else line.push(part);
  }
  return line;
};

/** What is not there costs nothing. */
const trimmed = (line: Line): Line => {
  const last = line.at(-1);
  return last ? [...line.slice(0, -1), {...last, text: last.text.trimEnd()}] : line;
};

export const tableRow = (service: ServiceStatus, {placed, view}: TableLayout, focused: boolean): Line => {
  const cells = placed.flatMap((one, index) => {
    const {text, tone} = one.column.cell(service, view);
    return [segment(index > 0 ? ' '.repeat(gap) : ''), segment(align(text, one, view), focused && index === 0 ? 'focus' : tone)];
  });
  return trimmed(joined([segment(focused ? `${view.figures.pointer} ` : '  ', focused ? 'focus' : 'plain'), ...cells]));
};

export const tableHeading = (layout: TableLayout): Line => {
  const titles = layout.placed.map(
    (one, index) => (index > 0 ? ' '.repeat(gap) : '') + align(titleOf(one.column, layout), one, layout.view),
  );
  return [segment(`  ${titles.join('')}`, 'muted')];
};
