/** A cursor in a list of rows. Pure. */

export type Motion = 'previous' | 'next' | 'first' | 'last' | 'page-up' | 'page-down';

const targets: Readonly<Record<Motion, (cursor: number, count: number, page: number) => number>> = {
  previous: cursor => cursor - 1,
  next: cursor => cursor + 1,
  first: () => 0,
  last: (_, count) => count - 1,
  'page-up': (cursor, _, page) => cursor - page,
  'page-down': (cursor, _, page) => cursor + page,
};

const clampCursor = (cursor: number, count: number): number => Math.max(0, Math.min(cursor, count - 1));

/** Stops at both ends: a list that wraps around makes a held key end anywhere. */
export const moveCursor = (cursor: number, motion: Motion, count: number, page = 10): number =>
  clampCursor(targets[motion](clampCursor(cursor, count), count, page), count);
