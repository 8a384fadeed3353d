/** Which part of a list is on the screen. Pure. */

export interface Window {
  /** First row that is mounted, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** Rows cut off above and below; each of the two marks that say so takes one row of the height. */
  readonly above: number;
  readonly below: number;
}

/** Below this height there is no room for marks. */
const heightForMarks = 3;

const lastStart = (count: number, height: number) => Math.max(0, count - (height < heightForMarks ? height : height - 1));

/** Largest sensible `scroll`. */
export const lastScroll = (count: number, height: number): number => (count <= height ? 0 : lastStart(count, height));

/** The rows from `scroll` on, for text that has no cursor. */
export const windowFrom = (count: number, height: number, scroll: number): Window => {
  if (count <= height) return {from: 0, to: count, above: 0, below: 0};
  const from = Math.max(0, Math.min(scroll, lastStart(count, height)));
  if (height < heightForMarks) return {from, to: Math.min(count, from + height), above: 0, below: 0};
  const rest = height - (from > 0 ? 1 : 0);
  const to = from + rest >= count ? count : from + rest - 1;
  return {from, to, above: from, below: count - to};
};

/** The rows around `cursor`, which stays in the middle as far as the ends allow. */
export const windowAround = (count: number, height: number, cursor: number): Window => {
  const inMiddle = cursor - Math.floor(Math.max(0, height - 2) / 2);
  const atStart = cursor < height - 2;
  return windowFrom(count, height, inMiddle <= 1 && atStart ? 0 : Math.max(0, inMiddle));
};
