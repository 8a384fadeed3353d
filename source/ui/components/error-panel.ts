import {blank, type Line, line, paragraph, segment} from '../text/line.ts';
import {wrap} from '../text/width.ts';
import type {Figures} from '../theme.ts';
import type {Trouble} from '../trouble.ts';

const bullet = (text: string, width: number, {next}: Figures): readonly Line[] =>
  wrap(text, Math.max(2, width - next.length - 3)).map((row, index) => [
    segment(`  ${index === 0 ? next : ' '.repeat(next.length)} `, 'accent'),
    segment(row),
  ]);

/** What to do, one sentence each. */
export const nextSteps = (steps: readonly string[], width: number, figures: Figures): readonly Line[] =>
  steps.flatMap(step => bullet(step, width, figures));

/** What happened, why, the other program's last words, and what to do next. */
export const errorPanel = ({what, why, next, lines}: Trouble, width: number, figures: Figures): readonly Line[] => [
  ...wrap(what, Math.max(2, width - 2)).map(
    (row, index): Line => [segment(index === 0 ? `${figures.error} ` : '  ', 'bad'), segment(row, 'strong')],
  ),
  ...(why ? [blank, ...paragraph(why, width)] : []),
  ...(lines.length > 0 ? [blank, ...lines.map(row => line(`  ${row}`, 'muted'))] : []),
  ...(next.length > 0 ? [blank, ...nextSteps(next, width, figures)] : []),
];
