import type {Problem} from '../../plan/problem.ts';
import {type Line, segment} from '../text/line.ts';
import {wrap} from '../text/width.ts';
import type {Figures} from '../theme.ts';
import {nextSteps} from './error-panel.ts';

/** Commands or sentences of a problem's `next`: one a line, so that each can be copied. */
export const stepsOf = ({next}: Problem): readonly string[] => next.split('\n').filter(step => step.trim() !== '');

/** What is missing for a rollout, and how to get it. */
export const missingRows = (problems: readonly Problem[], width: number, figures: Figures): readonly Line[] =>
  problems.flatMap(problem => [
    ...wrap(problem.what, Math.max(2, width - 2)).map(
      (row, index): Line => [
        segment(`${index === 0 ? figures.warning : ' '.repeat(figures.warning.length)} `, 'warning'),
        segment(row, 'strong'),
      ],
    ),
    ...nextSteps(stepsOf(problem), width, figures),
  ]);
