/** A failure as rows. Pure. */
import {formatDuration, formatMemory} from '../../display/format.ts';
import type {Failure, HealthCheck, LoggedLine} from '../../events.ts';
import {nextSteps} from '../components/error-panel.ts';
import {blank, indented, type Line, line, paragraph, segment} from '../text/line.ts';
import {wrap} from '../text/width.ts';
import type {RowsView} from './rows.ts';

export type FailureView = Pick<RowsView, 'width' | 'figures' | 'now'>;

const ago = (at: number, now: number) => `${formatDuration(Math.max(0, now - at))} ago`;

/** How it ended, for how long it has run, how often it was started again: one sentence each, as far as known. */
const factTexts = ({cause, exitCode, exitMeaning, memoryLimit, restarts, startedAt}: Failure, now: number): readonly string[] => [
  ...(cause === 'oom' ? [`Killed by the kernel for want of memory.${memoryLimit ? ` It may use ${formatMemory(memoryLimit)}.` : ''}`] : []),
  ...(exitCode === undefined || cause === 'oom' ? [] : [`Exit code ${exitCode}.${exitMeaning === undefined ? '' : ` ${exitMeaning}`}`]),
  ...(startedAt === undefined ? [] : [`Started ${ago(startedAt, now)}${restarts ? `, restarted ${restarts}x` : ''}.`]),
];

const titled = (title: string, rows: readonly Line[], legend: Line = []): readonly Line[] =>
  rows.length === 0 ? [] : [blank, [...line(title, 'strong'), ...legend], ...rows];

const exitText = ({exitCode}: HealthCheck) => (exitCode === -1 ? 'took too long' : `exit ${exitCode}`);

/** Newest first; what several in a row said alike is said once. */
const healthRows = (checks: readonly HealthCheck[], {width, now}: FailureView): readonly Line[] =>
  checks.toReversed().flatMap((check, index, newestFirst) => {
    const head: Line = [segment(`  ${ago(check.at, now)}`), segment(`  ${exitText(check)}`, check.exitCode === 0 ? 'good' : 'bad')];
    const before = newestFirst[index - 1];
    if (before?.output === check.output && check.output.trim() !== '') return [[...head, segment('  the same', 'muted')]];
    const output = check.output.trim() === '' ? [] : wrap(check.output.trimEnd(), width - 4);
    return [head, ...output.map(row => line(`    ${row}`, 'muted'))];
  });

const isError = ({stream}: LoggedLine) => stream === 'stderr';

const legendOf = ({figures}: FailureView): Line => [segment(`  ${figures.bar}`, 'warning'), segment(' standard error', 'muted')];

/** What was written to standard error has a bar in front, as in the log of the status. */
const logRows = (log: readonly LoggedLine[], {width, figures}: FailureView): readonly Line[] =>
  log.flatMap(entry =>
    wrap(entry.text, width - 2).map((row): Line => [segment(` ${isError(entry) ? figures.bar : ' '}`, 'warning'), segment(row, 'muted')]),
  );

/** It is no log of a service: there is nothing to tell apart. */
const saidRows = (log: readonly LoggedLine[], {width}: FailureView): readonly Line[] =>
  log.flatMap(({text}) => wrap(text, width - 2)).map(row => line(`  ${row}`, 'muted'));

/** Everything about one failure that is needed to act on it: what, why, the last health checks and log lines, what to do. */
export const failureRows = (failure: Failure, place: string, view: FailureView): readonly Line[] => {
  const {width, figures, now} = view;
  const {log = []} = failure;
  const prose = Math.min(width, 110);
  return [
    [segment(`${figures.error} `, 'bad'), segment(failure.service ?? failure.image ?? 'Rollout', 'strong'), segment(`  ${place}`, 'muted')],
    ...indented(paragraph(failure.reason, prose - 2), 2),
    ...factTexts(failure, now).flatMap(text => indented(paragraph(text, prose - 2), 2)),
    ...(failure.next.length > 0 ? [blank, ...nextSteps(failure.next, prose, figures)] : []),
    ...titled('Last health checks', healthRows(failure.healthChecks ?? [], view)),
    ...(failure.cause === 'start'
      ? titled('What Docker said', saidRows(log, view))
      : titled('Last log lines', logRows(log, view), log.some(isError) ? legendOf(view) : [])),
  ];
};
