/** The end of a log, however long it is. Lines keep their number when older ones are dropped. Pure. */
import type {LogLine} from '../../plan/service-details.ts';

export interface LogBuffer {
  readonly lines: readonly LogLine[];
  /** Number of the first line that is kept. */
  readonly first: number;
  /** UTF-16 units of all texts. */
  readonly size: number;
}

/** Enough to look back, and bounded however fast it comes and however long the view stays open. */
const mostLines = 10_000;
const mostUnits = 4 * 2 ** 20;

export const emptyLog: LogBuffer = {lines: [], first: 0, size: 0};

const sizeOf = (lines: readonly LogLine[]) => lines.reduce((sum, {text}) => sum + text.length, 0);

export const appendLog = ({lines, first, size}: LogBuffer, batch: readonly LogLine[]): LogBuffer => {
  const all = [...lines, ...batch];
  let left = size + sizeOf(batch);
  let dropped = Math.max(0, all.length - mostLines);
  left -= sizeOf(all.slice(0, dropped));
  while (left > mostUnits && dropped < all.length - 1) {
    left -= all[dropped]?.text.length ?? 0;
    dropped += 1;
  }
  return {lines: dropped > 0 ? all.slice(dropped) : all, first: first + dropped, size: left};
};

export const lineAt = ({lines, first}: LogBuffer, number: number): LogLine | undefined => lines[number - first];

/** Number of the line behind the last one. */
export const endOf = ({lines, first}: LogBuffer): number => first + lines.length;

/** A part of a text, in UTF-16 units. */
export type Span = readonly [from: number, to: number];

/** Where the words stand; capitals count only where somebody typed one. */
export const matchesIn = (text: string, search: string): readonly Span[] => {
  if (search === '') return [];
  const exact = search !== search.toLowerCase();
  const where = exact ? text : text.toLowerCase();
  // Some letters become two when they are made small: places would be wrong.
  const hay = where.length === text.length ? where : text;
  const spans: Span[] = [];
  for (let at = hay.indexOf(search); at >= 0; at = hay.indexOf(search, at + search.length)) spans.push([at, at + search.length]);
  return spans;
};

/** Numbers of the lines that match. */
export const matchingLines = ({lines, first}: LogBuffer, search: string): readonly number[] =>
  search === '' ? [] : lines.flatMap(({text}, index) => (matchesIn(text, search).length > 0 ? [first + index] : []));

/** The match behind `from`, or before it; round and round. */
export const matchFrom = (matching: readonly number[], from: number, direction: 1 | -1): number | undefined =>
  direction === 1
    ? (matching.find(number => number > from) ?? matching[0])
    : (matching.findLast(number => number < from) ?? matching.at(-1));
