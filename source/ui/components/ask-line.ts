import {type Line, segment} from '../text/line.ts';
import {padTo, widthOf} from '../text/width.ts';
import type {Figures} from '../theme.ts';
import {textFieldLine} from './text-field/text-field.ts';
import type {TextFieldState} from './text-field/text-field-state.ts';

/** A single question with its text field, on a screen that asks nothing else. */
export const askLine = (label: string, field: TextFieldState, width: number, figures: Figures): Line => {
  const asked = padTo(label, widthOf(label) + 3, figures.ellipsis);
  return [
    segment(`${figures.pointer} `, 'focus'),
    segment(asked, 'strong'),
    ...textFieldLine(field, Math.max(1, width - widthOf(asked) - 2)),
  ];
};
