import {type Line, lineWidth, segment} from '../text/line.ts';
import type {Figures} from '../theme.ts';

export interface Hint {
  /** As it is written on the key; `right`, `left/right` and `up/down` are shown as arrows where there are any. */
  readonly keys: string;
  readonly does: string;
}

/** A key as this terminal can show it. */
export const keyLabel = (keys: string, {left, right, up, down}: Figures): string => {
  if (keys === 'right') return right;
  const arrows: Readonly<Record<string, readonly [string, string]>> = {'left/right': [left, right], 'up/down': [up, down]};
  const pair = arrows[keys];
  if (!pair) return keys;
  return left.length === 1 ? pair.join('') : pair.join('/');
};

/** As many hints as fit on one row, the first ones first. */
export const hintsLine = (hints: readonly Hint[], width: number, figures: Figures): Line => {
  const shown: Line[] = [];
  let used = 0;
  for (const {keys, does} of hints) {
    const hint: Line = [segment(shown.length > 0 ? '   ' : ''), segment(keyLabel(keys, figures), 'strong'), segment(` ${does}`, 'muted')];
    used += lineWidth(hint);
    if (used > width) break;
    shown.push(hint);
  }
  return shown.flat();
};
