/** A row as Ink would write it with an element for each part: the same codes in the same order. Pure but for what chalk knows of the terminal. */
import chalk from 'chalk';
import type {Style, Theme} from '../theme.ts';
import type {Line} from './line.ts';

const withStyle = (text: string, {color, bold = false, dimColor = false, inverse = false}: Style): string => {
  let styled = text;
  if (dimColor) styled = chalk.dim(styled);
  if (color) styled = chalk[color](styled);
  if (bold) styled = chalk.bold(styled);
  return inverse ? chalk.inverse(styled) : styled;
};

export const styledLine = (parts: Line, styles: Theme['styles']): string =>
  parts.map(({text, tone}) => withStyle(text, styles[tone])).join('');
