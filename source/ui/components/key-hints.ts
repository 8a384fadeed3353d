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

/** To help and out: these stay where there is little room, the first ones first. */
const lasting = ['?', 'q', 'Esc', 'Ctrl+C'];

const byWeight = (hints: readonly Hint[]): readonly Hint[] => {
  const weight = ({keys}: Hint) => (lasting.includes(keys) ? lasting.indexOf(keys) : lasting.length);
  return hints.toSorted((one, other) => weight(one) - weight(other));
};

const hintLine = ({keys, does}: Hint, figures: Figures): Line => [
  segment(keyLabel(keys, figures), 'strong'),
  ...(does === '' ? [] : [segment(` ${does}`, 'muted')]),
];

const gap = segment('   ');

/** As many hints as fit on one row, in their order. Where they do not all fit, those that lead to help or out stay, then the first ones. */
export const hintsLine = (hints: readonly Hint[], width: number, figures: Figures): Line => {
  const shown = new Map<Hint, Line>();
  let room = width + lineWidth([gap]);
  for (const hint of byWeight(hints)) {
    const lasts = lasting.includes(hint.keys);
    const line = [hint, ...(lasts ? [{...hint, does: ''}] : [])]
      .map(form => [...hintLine(form, figures), gap])
      .find(form => lineWidth(form) <= room);
    if (line) {
      shown.set(hint, line);
      room -= lineWidth(line);
    } else if (!lasts) break;
  }
  return hints.flatMap(hint => shown.get(hint) ?? []).slice(0, -1);
};
