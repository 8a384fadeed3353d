/** What a roll back would do, as rows. Pure. */
import type {Step} from '../../plan/plan.ts';
import type {RollBack} from '../../plan/roll-back.ts';
import {rollBackHead} from '../../plan/roll-back-text.ts';
import {printableLine} from '../../printable.ts';
import {blank, indented, type Line, line, lineWidth, paragraph, segment} from '../text/line.ts';
import {padTo} from '../text/width.ts';

/** The cause stands beside the step where there is room, and below it where not. */
const stepRows = ({op, resource, cause}: Step, width: number): readonly Line[] => {
  const head: Line = [segment(`  ${padTo(op, 9)}`, op === 'remove' ? 'warning' : 'plain'), segment(printableLine(resource))];
  const text = printableLine(cause);
  if (lineWidth(head) + 2 + text.length <= width) return [[...head, segment(`  ${text}`, 'muted')]];
  return [head, ...indented(paragraph(text, Math.max(10, width - 11), 'muted'), 11)];
};

const group = (title: string, steps: readonly Step[], width: number): readonly Line[] =>
  steps.length === 0 ? [] : [blank, line(title, 'strong'), ...steps.flatMap(step => stepRows(step, width))];

/** Every step with its cause. */
export const rollBackRows = (rollBack: RollBack, width: number): readonly Line[] => {
  const prose = Math.min(width, 110);
  const head = rollBackHead(rollBack).flatMap(text => paragraph(text, prose));
  if (rollBack.kind === 'not') return head;
  const {files, phases} = rollBack.plan;
  return [...head, ...group('Files', files, width), ...phases.flatMap(({title, steps}) => group(printableLine(title), steps, width))];
};
