/** Which rows of a log are on the screen. Only lines that are seen are broken into rows. Pure. */

import type {Motion} from '../components/list/list-state.ts';
import {endOf, type LogBuffer, lineAt, type Span} from './log-buffer.ts';
import {chop, showable, sideways} from './log-cells.ts';
import {stampOf} from './log-stamp.ts';

/** A row: the line's number, and which of its rows. */
export interface LogPlace {
  readonly line: number;
  readonly row: number;
}

/** Where and how a log is drawn. */
export interface LogSurface {
  readonly log: LogBuffer;
  /** Cells for the text, and rows. */
  readonly width: number;
  readonly height: number;
  readonly wrap: boolean;
  readonly timestamps: boolean;
  /** First cell that is seen of lines that are not wrapped. */
  readonly column: number;
}

export interface LogRow extends LogPlace {
  /** Part of what is shown of the line. */
  readonly span: Span;
}

/** What is shown of a line: its time in front of it, where that is wanted. */
export const shownText = (log: LogBuffer, number: number, timestamps: boolean): string => {
  const line = lineAt(log, number);
  return line ? `${timestamps ? stampOf(line.at) : ''}${showable(line.text)}` : '';
};

const spansOf = (number: number, {log, width, wrap, timestamps, column}: LogSurface): readonly Span[] => {
  const text = shownText(log, number, timestamps);
  return wrap ? chop(text, Math.max(1, width)) : [sideways(text, column, width)];
};

const rowsOf = (number: number, surface: LogSurface): readonly LogRow[] =>
  spansOf(number, surface).map((span, row) => ({line: number, row, span}));

/** The last rows, as many as fit. */
const lastRows = (surface: LogSurface): readonly LogRow[] => {
  const {log, height} = surface;
  let rows: readonly LogRow[] = [];
  for (let number = endOf(log) - 1; number >= log.first && rows.length < height; number -= 1) rows = [...rowsOf(number, surface), ...rows];
  return rows.slice(-height);
};

/** The rows that are seen from a place on, or at the end. Near the end the last row stands at the bottom. */
export const visibleLog = (surface: LogSurface, place: LogPlace | undefined): readonly LogRow[] => {
  const {log, height} = surface;
  if (!place) return lastRows(surface);
  const start = place.line < log.first ? {line: log.first, row: 0} : place;
  let rows: readonly LogRow[] = [];
  for (let number = start.line; number < endOf(log) && rows.length < height; number += 1) {
    const own = rowsOf(number, surface);
    rows = [...rows, ...(number === start.line ? own.slice(Math.min(start.row, own.length - 1)) : own)];
  }
  return rows.length < height ? lastRows(surface) : rows.slice(0, height);
};

const up = (surface: LogSurface, {line, row}: LogPlace, by: number): LogPlace => {
  let [number, left] = [line, row - by];
  while (left < 0 && number > surface.log.first) {
    number -= 1;
    left += spansOf(number, surface).length;
  }
  return {line: number, row: Math.max(0, left)};
};

const down = (surface: LogSurface, {line, row}: LogPlace, by: number): LogPlace => {
  let [number, left] = [line, row + by];
  const last = endOf(surface.log) - 1;
  for (;;) {
    const count = spansOf(number, surface).length;
    if (left < count || number >= last) return {line: number, row: Math.min(left, count - 1)};
    left -= count;
    number += 1;
  }
};

const isSame = (one: LogPlace | undefined, other: LogPlace | undefined) => one?.line === other?.line && one?.row === other?.row;

/** A place of its own, or undefined where the end is in sight: then the log is followed. */
const settled = (surface: LogSurface, place: LogPlace): LogPlace | undefined => {
  const [top] = visibleLog(surface, place);
  return isSame(top, lastRows(surface)[0]) ? undefined : place;
};

/** Where a motion leads to from what is seen. */
export const moveLog = (surface: LogSurface, place: LogPlace | undefined, motion: Motion): LogPlace | undefined => {
  const [top] = visibleLog(surface, place);
  if (!top || motion === 'last') return undefined;
  const page = Math.max(1, surface.height - 1);
  const places: Readonly<Record<Exclude<Motion, 'last'>, () => LogPlace>> = {
    first: () => ({line: surface.log.first, row: 0}),
    previous: () => up(surface, top, 1),
    next: () => down(surface, top, 1),
    'page-up': () => up(surface, top, page),
    'page-down': () => down(surface, top, page),
  };
  const {line, row} = places[motion]();
  return settled(surface, {line, row});
};

/** So that a line is seen, with some of what stands before it. A log that is followed is held there, even at its end. */
export const showLine = (surface: LogSurface, number: number): LogPlace =>
  up(surface, {line: number, row: 0}, Math.floor(surface.height / 3));
