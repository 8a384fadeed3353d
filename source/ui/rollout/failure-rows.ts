/** A failure as rows. Pure. */
import {formatMemory} from '../../display/format.ts';
import type {Failure} from '../../events.ts';
import {nextSteps} from '../components/error-panel.ts';
import {blank, indented, type Line, line, paragraph, segment} from '../text/line.ts';
import {wrap} from '../text/width.ts';
import type {RowsView} from './rows.ts';

const causeText = ({cause, exitCode, memoryLimit}: Failure): string => {
  const limit = memoryLimit === undefined ? '' : ` It may use ${formatMemory(memoryLimit)}.`;
  const code = exitCode === undefined ? '' : ` Exit code ${exitCode}.`;
  return cause === 'oom' ? `Killed by the kernel for want of memory.${limit}` : code.trim();
};

const output = (title: string, text: readonly string[]): readonly Line[] =>
  text.length === 0 ? [] : [blank, line(title, 'strong'), ...text.map(row => line(`  ${row}`, 'muted'))];

/** Everything about one failure that is needed to act on it: what, why, last health check, last log lines, what to do. */
export const failureRows = (failure: Failure, place: string, {width, figures}: Pick<RowsView, 'width' | 'figures'>): readonly Line[] => {
  const prose = Math.min(width, 110);
  const cause = causeText(failure);
  return [
    [segment(`${figures.error} `, 'bad'), segment(failure.service ?? failure.image ?? 'Rollout', 'strong'), segment(`  ${place}`, 'muted')],
    ...indented(paragraph(failure.reason, prose - 2), 2),
    ...(cause === '' ? [] : indented(paragraph(cause, prose - 2), 2)),
    ...(failure.next.length > 0 ? [blank, ...nextSteps(failure.next, prose, figures)] : []),
    ...output('Last health check', failure.healthOutput ? wrap(failure.healthOutput.trimEnd(), width - 2) : []),
    ...output('Last log lines', failure.log?.flatMap(row => wrap(row, width - 2)) ?? []),
  ];
};
