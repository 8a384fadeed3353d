/** A log as rows. Pure. */
import {type Line, line, type Segment, segment} from '../text/line.ts';
import type {Figures} from '../theme.ts';
import {lineAt, matchesIn, type Span} from './log-buffer.ts';
import {stampOf} from './log-stamp.ts';
import {type LogView, searchOf, surfaceOf} from './log-view.ts';
import {type LogRow, type LogSurface, shownText, visibleLog} from './log-window.ts';

/** Columns in front of each line: which one was jumped to, and what was written to standard error. */
export const logGutter = 2;

type Place = Segment['tone'];

/** The parts of `[from, to)` with what is marked in it. */
const marked = (text: string, [from, to]: Span, marks: readonly Span[], tone: Place): readonly Segment[] => {
  const parts: Segment[] = [];
  let at = from;
  for (const [start, end] of marks) {
    if (end <= at || start >= to) continue;
    if (start > at) parts.push(segment(text.slice(at, start), tone));
    parts.push(segment(text.slice(Math.max(at, start), Math.min(end, to)), 'caret'));
    at = Math.min(end, to);
  }
  return at < to ? [...parts, segment(text.slice(at, to), tone)] : parts;
};

const rowOf = ({line: number, row, span: [from, to]}: LogRow, surface: LogSurface, view: LogView, figures: Figures): Line => {
  const {log, timestamps} = surface;
  const entry = lineAt(log, number);
  const stamp = timestamps ? stampOf(entry?.at ?? '').length : 0;
  const text = shownText(log, number, timestamps);
  const marks = matchesIn(text.slice(stamp), searchOf(view)).map(([start, end]): Span => [start + stamp, end + stamp]);
  const isError = entry?.stream === 'stderr';
  const edge = Math.min(Math.max(from, stamp), to);
  return [
    segment(number === view.match && row === 0 ? figures.pointer : ' ', 'focus'),
    segment(isError ? figures.bar : ' ', 'warning'),
    ...(edge > from ? [segment(text.slice(from, edge), 'muted')] : []),
    ...marked(text, [edge, to], marks, 'plain'),
  ];
};

/** What is seen of it, at most as many rows as it has. */
export const logRows = (view: LogView, drawn: Pick<LogSurface, 'log' | 'width' | 'height'>, figures: Figures): readonly Line[] => {
  const surface = surfaceOf(view, drawn);
  return visibleLog(surface, view.place).map(row => rowOf(row, surface, view, figures));
};

/** `/timeout   2 of 17 lines`: what is looked for and how much of it there is; no row while nothing is. */
export const searchRow = (view: LogView, matching: readonly number[]): readonly Line[] => {
  const search = searchOf(view);
  if (!view.typing && search === '') return [];
  const place = view.match === undefined ? 0 : matching.indexOf(view.match) + 1;
  const lines = matching.length === 1 ? 'line' : 'lines';
  const count = search === '' ? '' : place > 0 ? `${place} of ${matching.length} ${lines}` : `${matching.length || 'no'} ${lines}`;
  if (!view.typing) return [[...line(`/${search}`, 'accent'), segment(`   ${count}`, 'muted')]];
  const {value, caret} = view.typing;
  const under = value.slice(caret, caret + 1) || ' ';
  return [
    [
      segment('/', 'accent'),
      segment(value.slice(0, caret)),
      segment(under, 'caret'),
      segment(value.slice(caret + 1)),
      segment(`   ${count}`, 'muted'),
    ],
  ];
};
