import {type Line, lineWidth, segment} from '../text/line.ts';

export interface Hint {
  readonly keys: string;
  readonly does: string;
}

/** As many hints as fit on one row, the first ones first. */
export const hintsLine = (hints: readonly Hint[], width: number): Line => {
  const shown: Line[] = [];
  let used = 0;
  for (const {keys, does} of hints) {
    const hint: Line = [...(shown.length > 0 ? [segment('   ')] : []), segment(keys, 'strong'), segment(` ${does}`, 'muted')];
    used += lineWidth(hint);
    if (used > width) break;
    shown.push(hint);
  }
  return shown.flat();
};
