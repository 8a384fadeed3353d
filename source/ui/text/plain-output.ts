/**
 * A frame put together from whole rows, where Ink would take every cell apart and join them again: a tenth of the work of a large screen.
 *
 * Most frames are rows beside and below each other that overlap nowhere, in characters of one column, within what may be seen. The build puts
 * this in front of Ink's own way (see esbuild.config.mjs), which draws whatever is otherwise. Pure.
 */
import {narrow} from './narrow.ts';

interface Clip {
  readonly x1: number | undefined;
  readonly x2: number | undefined;
  readonly y1: number | undefined;
  readonly y2: number | undefined;
}

/** As Ink's Output keeps them until it is asked for the frame. */
export type Operation =
  | {readonly type: 'clip'; readonly clip: Clip}
  | {readonly type: 'unclip'}
  | {
      readonly type: 'write';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly transformers: readonly ((line: string, index: number) => string)[];
    };

type Write = Extract<Operation, {type: 'write'}>;

interface Part {
  readonly x: number;
  readonly text: string;
  readonly width: number;
}

const style = /\u001b\[([\d;]*)m/g;

const bound = (one: number | undefined, other: number | undefined, tighter: (one: number, other: number) => number) =>
  one === undefined ? other : other === undefined ? one : tighter(one, other);

const within = (outer: Clip | undefined, inner: Clip): Clip => ({
  x1: bound(outer?.x1, inner.x1, Math.max),
  x2: bound(outer?.x2, inner.x2, Math.min),
  y1: bound(outer?.y1, inner.y1, Math.max),
  y2: bound(outer?.y2, inner.y2, Math.min),
});

/** The code that ends what another one began; undefined for codes that are not known here. */
const endOf = (code: number): number | undefined => {
  if (code === 1 || code === 2) return 22;
  if (code === 3 || code === 4 || code === 7 || code === 8 || code === 9) return code + 20;
  if ((code >= 30 && code <= 38) || (code >= 90 && code <= 97)) return 39;
  return (code >= 40 && code <= 48) || (code >= 100 && code <= 107) ? 49 : undefined;
};

const ends: ReadonlySet<number> = new Set([22, 23, 24, 27, 28, 29, 39, 49]);

/** Every style that begins in it ends in it, so that nothing beside it changes its looks. */
const isClosed = (text: string): boolean => {
  const open = new Set<number>();
  for (const [, codes = ''] of text.matchAll(style)) {
    const code = Number.parseInt(codes, 10);
    const end = endOf(code);
    if (ends.has(code)) open.delete(code);
    else if (end === undefined) return false;
    else open.add(end);
  }
  return open.size === 0;
};

/** Undefined: it is no single row of narrow characters. */
const partOf = ({x, text, transformers}: Write): Part | undefined => {
  const line = transformers.reduce((current, transform) => transform(current, 0), text);
  const shown = line.includes('\u001b') ? line.replace(style, '') : line;
  if (!narrow.test(shown) || (shown !== line && !isClosed(line))) return undefined;
  return {x, text: line, width: shown.length};
};

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where something can be seen; as in Ink, one edge alone cuts nothing. */
const range = (from: number | undefined, to: number | undefined, size: number): Range =>
  from === undefined || to === undefined ? {from: 0, to: size} : {from: Math.max(0, from), to: Math.min(size, to)};

const isEmpty = ({x1, x2, y1, y2}: Clip) =>
  (x1 !== undefined && x2 !== undefined && x1 >= x2) || (y1 !== undefined && y2 !== undefined && y1 >= y2);

/** False: it is cut, or touches what is there. */
const put = (write: Write, clip: Clip | undefined, rows: readonly Part[][], width: number): boolean => {
  if (write.text.includes('\n')) return false;
  const part = partOf(write);
  if (!part) return false;
  const seen = range(clip?.y1, clip?.y2, rows.length);
  const row = write.y >= seen.from && write.y < seen.to && !(clip && isEmpty(clip)) ? rows[write.y] : undefined;
  if (!row || part.width === 0) return true;
  const room = range(clip?.x1, clip?.x2, width);
  const last = row.at(-1);
  const from = Math.max(room.from, last ? last.x + last.width : 0);
  if (part.x < from || part.x + part.width > room.to) return false;
  row.push(part);
  return true;
};

const textOf = (row: readonly Part[]): string => {
  let text = '';
  let column = 0;
  for (const part of row) {
    text += ' '.repeat(part.x - column) + part.text;
    column = part.x + part.width;
  }
  return text.trimEnd();
};

/** The frame as Ink's Output gives it, though its styles may be spelled otherwise; undefined where it takes more than putting rows together. */
export const plainOutput = (
  operations: readonly Operation[],
  width: number,
  height: number,
): {readonly output: string; readonly height: number} | undefined => {
  const rows = Array.from({length: height}, (): Part[] => []);
  const clips: Clip[] = [];
  for (const operation of operations) {
    if (operation.type === 'clip') clips.push(within(clips.at(-1), operation.clip));
    else if (operation.type === 'unclip') clips.pop();
    else if (!put(operation, clips.at(-1), rows, width)) return undefined;
  }
  return {output: rows.map(textOf).join('\n'), height};
};
