/** A rollout as rows. Pure. */
import {formatBytes, formatDuration, formatPercent, formatSpeed} from '../../display/format.ts';
import type {Failure} from '../../events.ts';
import {childrenOf, failuresOf, filesOf, phasesOf, pullTotals, type ResourceState, type RolloutState, runOf} from '../../rollout/state.ts';
import {nextSteps} from '../components/error-panel.ts';
import {progressBar} from '../components/progress-bar.ts';
import {statusFigure, statusTone, type TaskView, taskLine} from '../components/task-line.ts';
import {blank, indented, type Line, line, paragraph, segment, spread} from '../text/line.ts';
import {padTo, widthOf, wrap} from '../text/width.ts';
import type {Figures} from '../theme.ts';

export interface RowsView {
  readonly width: number;
  readonly figures: Figures;
  readonly now: number;
  /** Titles of the phases by id. */
  readonly titles: ReadonlyMap<string, string>;
}

const nameOf = (id: string) => id.slice(id.indexOf('/') + 1);

const phaseTitle = (phase: ResourceState, {titles}: RowsView) => titles.get(nameOf(phase.id)) ?? nameOf(phase.id);

/** Images that need no more attention are counted, not listed. */
const isQuiet = ({kind, status}: ResourceState) => kind === 'image' && (status === 'done' || status === 'skipped' || status === 'waiting');

const quietImages = (images: readonly ResourceState[], figures: Figures): readonly Line[] => {
  const ready = images.filter(({status}) => status === 'done' || status === 'skipped').length;
  const waiting = images.filter(({status}) => status === 'waiting').length;
  const parts = [...(ready > 0 ? [`${ready} ready`] : []), ...(waiting > 0 ? [`${waiting} waiting`] : [])];
  return parts.length === 0 ? [] : [[segment(`  ${padTo(figures.pull, 2)}`, 'muted'), segment(`images: ${parts.join(', ')}`, 'muted')]];
};

const phaseHead = (phase: ResourceState, view: RowsView): Line => {
  const time = phase.startedAt === undefined ? '' : formatDuration((phase.endedAt ?? view.now) - phase.startedAt);
  const left: Line = [
    segment(`${statusFigure(phase.status, view)} `, statusTone(phase.status)),
    segment(phaseTitle(phase, view), phase.status === 'waiting' ? 'muted' : 'strong'),
    segment(phase.status === 'waiting' ? '' : `  ${phase.text}`, 'muted'),
  ];
  return spread(left, [segment(time, 'muted')], view.width);
};

const taskView = (tasks: readonly ResourceState[], {width, figures, now}: RowsView): TaskView => ({
  width,
  figures,
  now,
  names: Math.min(Math.max(12, ...tasks.map(({id}) => widthOf(nameOf(id)))), Math.max(12, Math.floor(width * 0.36))),
});

const phaseRows = (phase: ResourceState, state: RolloutState, view: RowsView): readonly Line[] => {
  const tasks = childrenOf(state, phase.id);
  const shown = tasks.filter(task => !isQuiet(task));
  const images = tasks.filter(({kind}) => kind === 'image');
  const layout = taskView(shown, view);
  return [phaseHead(phase, view), ...quietImages(images, view.figures), ...shown.map(task => taskLine(task, layout))];
};

/** Row of the first thing that is being worked on. */
export interface RolloutRows {
  readonly rows: readonly Line[];
  readonly activeRow: number;
}

export const rolloutRows = (state: RolloutState, view: RowsView): RolloutRows => {
  const rows: Line[] = [];
  const files = filesOf(state);
  let activeRow: number | undefined;
  if (files.length > 0) {
    const written = files.filter(({status}) => status === 'done').length;
    const figure = files.every(({status}) => status === 'done' || status === 'skipped') ? 'done' : 'working';
    const text = `${written} written, ${files.filter(({status}) => status === 'skipped').length} unchanged`;
    rows.push([segment(`${statusFigure(figure, view)} `, statusTone(figure)), segment('Files', 'strong'), segment(`  ${text}`, 'muted')]);
  }
  for (const phase of phasesOf(state)) {
    rows.push(blank);
    if (phase.status === 'working') activeRow ??= rows.length;
    rows.push(...phaseRows(phase, state, view));
  }
  return {rows, activeRow: activeRow ?? rows.length - 1};
};

/** All images together: count, bar, bytes, speed, time left. Without a pull there is nothing to say. */
export const pullLine = (state: RolloutState, {width, figures}: RowsView): Line | undefined => {
  const {images, pulled, current, total, exact, speed, secondsLeft} = pullTotals(state);
  if (images === 0) return undefined;
  const amount = `${exact ? '' : 'at least '}${formatBytes(total)}`;
  const parts = [
    `${formatPercent(current, total)}`,
    `${formatBytes(current)} of ${amount}`,
    ...(speed > 0 ? [formatSpeed(speed)] : []),
    ...(secondsLeft === undefined ? [] : [`${formatDuration(secondsLeft * 1000)} left`]),
  ];
  const label = `Images  ${pulled} of ${images}  `;
  while (parts.length > 1 && widthOf(label) + parts.join('  ').length + 10 > width) parts.pop();
  const text = `  ${parts.join('  ')}`;
  const bar = Math.min(40, width - widthOf(label) - text.length);
  return [segment(label), ...(bar >= 6 ? progressBar(total > 0 ? current / total : undefined, bar, figures) : []), segment(text, 'muted')];
};

const causeText = ({cause, exitCode, memoryLimit}: Failure): string => {
  const limit = memoryLimit === undefined ? '' : ` It may use ${formatBytes(memoryLimit)}.`;
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

/** One sentence on how it went, for the finished screen and for the terminal afterwards. */
export const resultText = (state: RolloutState): string => {
  const run = runOf(state);
  const services = [...state.resources.values()].filter(({kind}) => kind === 'service');
  const well = services.filter(({status}) => status === 'done' || status === 'skipped').length;
  const time = state.startedAt === undefined ? '' : ` in ${formatDuration(state.now - state.startedAt)}`;
  const failed = failuresOf(state).length;
  const count = `${well} of ${services.length} services are as they should be`;
  if (run?.status === 'error' || failed > 0) return `${count}${time}; ${run?.details ?? `${failed} failed`}`;
  return `${count}${time}.`;
};
