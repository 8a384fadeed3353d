/** What is chosen of the table, for the title row. Pure. */
import type {PhaseName} from '../../plan/service-status.ts';
import {textFieldLine} from '../components/text-field/text-field.ts';
import {type Line, segment} from '../text/line.ts';
import {clip} from '../text/width.ts';
import type {Figures} from '../theme.ts';
import {type Arrangement, sorts} from './arrange.ts';
import type {ColumnId} from './columns.ts';

/** Columns for the filter. */
const filterWidth = 16;

interface Shown {
  readonly shown: number;
  readonly all: number;
  readonly phases: readonly PhaseName[];
  /** Columns that are not there to mark the order in their heading. */
  readonly dropped: ReadonlySet<ColumnId>;
  readonly figures: Figures;
}

const filterText = ({filter}: Arrangement, {ellipsis}: Figures): Line => {
  if (!filter.typing && filter.value === '') return [];
  const text = filter.typing ? textFieldLine(filter, filterWidth) : [segment(clip(filter.value, filterWidth, ellipsis))];
  return [segment('/', 'accent'), ...text, segment(' ')];
};

/** `/redis 3 of 14`, `Data 3 of 14`, `by memory`; nothing while everything is shown in the order of the phases. */
export const arrangementNote = (arrangement: Arrangement, {shown, all, phases, dropped, figures}: Shown): Line => {
  const {sort, phase, filter} = arrangement;
  const isPart = phase !== undefined || filter.typing || filter.value !== '';
  const title = phase === undefined ? [] : [segment(`${phases[phase - 1]?.title ?? 'Your own'} `)];
  const order = sort !== 'phase' && dropped.has(sort) ? [segment(`by ${sorts.find(({name}) => name === sort)?.title ?? sort} `)] : [];
  return [...order, ...title, ...filterText(arrangement, figures), ...(isPart ? [segment(`${shown} of ${all}`, 'muted')] : [])];
};
