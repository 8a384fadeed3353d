/** The table of services as rows. Pure. */
import type {ServiceStatus} from '../../plan/service-status.ts';
import {type Line, segment} from '../text/line.ts';
import {padStartTo, padTo, widthOf} from '../text/width.ts';
import {type Column, columns, type TableView} from './columns.ts';

/** Empty cells between columns. */
const gap = 2;

interface Placed {
  readonly column: Column;
  readonly width: number;
}

const natural = (column: Column, services: readonly ServiceStatus[], view: TableView) => {
  const widest = Math.max(widthOf(column.title), ...services.map(service => widthOf(column.cell(service, view).text)));
  return Math.max(column.min, Math.min(column.max, widest));
};

const taken = (placed: readonly Placed[]) => placed.reduce((total, {width}) => total + width + gap, 0);

/** Columns for which there is room, each as wide as its cells need: the least important go until the rest fits. */
const place = (services: readonly ServiceStatus[], view: TableView): readonly Placed[] => {
  let placed: readonly Placed[] = columns.map(column => ({column, width: natural(column, services, view)}));
  while (placed.length > 1 && taken(placed) > view.width) {
    const worst = Math.max(...placed.map(({column}) => column.rank));
    placed = placed.filter(({column}) => column.rank !== worst);
  }
  return placed;
};

const align = (text: string, {column, width}: Placed, {figures}: TableView) =>
  column.right ? padStartTo(text, width, figures.ellipsis) : padTo(text, width, figures.ellipsis);

const row = (service: ServiceStatus, placed: readonly Placed[], view: TableView): Line => {
  const focused = service.name === view.selected;
  const cells = placed.flatMap((one, index) => {
    const {text, tone} = one.column.cell(service, view);
    return [segment(index > 0 ? ' '.repeat(gap) : ''), segment(align(text, one, view), focused && index === 0 ? 'focus' : tone)];
  });
  return [segment(focused ? `${view.figures.pointer} ` : '  ', 'focus'), ...cells];
};

const headingOf = (placed: readonly Placed[], view: TableView): Line => [
  segment('  '),
  ...placed.flatMap((one, index) => [segment(index > 0 ? ' '.repeat(gap) : ''), segment(align(one.column.title, one, view), 'muted')]),
];

export interface Table {
  readonly heading: Line;
  /** One row a service, in the order they were given. */
  readonly rows: readonly Line[];
}

/** With the limits of memory where all columns fit all the same. */
export const statusTable = (services: readonly ServiceStatus[], options: Omit<TableView, 'brief'>): Table => {
  const full = {...options, brief: false};
  const whole = place(services, full);
  const view = whole.length === columns.length ? full : {...options, brief: true};
  const placed = view.brief ? place(services, view) : whole;
  return {heading: headingOf(placed, view), rows: services.map(service => row(service, placed, view))};
};
