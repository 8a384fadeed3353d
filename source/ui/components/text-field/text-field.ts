import {type Line, segment} from '../../text/line.ts';
import {graphemesOf, widthOf} from '../../text/width.ts';
import type {TextFieldState} from './text-field-state.ts';

/** End of `text` that fits into `width` cells. */
const tail = (text: string, width: number): string => {
  let kept = '';
  for (const grapheme of [...graphemesOf(text)].reverse()) {
    if (widthOf(kept) + widthOf(grapheme) > width) break;
    kept = grapheme + kept;
  }
  return kept;
};

const head = (text: string, width: number): string => {
  let kept = '';
  for (const grapheme of graphemesOf(text)) {
    if (widthOf(kept) + widthOf(grapheme) > width) break;
    kept += grapheme;
  }
  return kept;
};

/** The part around the caret, at most `width` cells; an empty field shows `placeholder` behind the caret. */
export const textFieldLine = ({value, caret}: TextFieldState, width: number, placeholder = ''): Line => {
  const [at = ' ', ...rest] = value === '' ? graphemesOf(placeholder) : graphemesOf(value.slice(caret));
  const before = tail(value.slice(0, caret), Math.max(0, width - widthOf(at)));
  const after = head(rest.join(''), Math.max(0, width - widthOf(before) - widthOf(at)));
  return [segment(before), segment(at, 'caret'), segment(after, value === '' ? 'muted' : 'plain')];
};
