/** A rollout as rows. Pure. */
import {formatBytes, formatDuration, formatPercent, formatSpeed} from '../../display/format.ts';
import {childrenOf, filesOf, phasesOf, pullTotals, type ResourceState, type RolloutState} from '../../rollout/state.ts';
import {progressBar} from '../components/progress-bar.ts';
import {resourceName, statusFigure, statusTone, type TaskView, taskLine} from '../components/task-line.ts';
import {blank, type Line, segment, spread} from '../text/line.ts';
import {padTo, widthOf} from '../text/width.ts';
import type {Figures} from '../theme.ts';

export interface RowsView {
  readonly width: number;
  readonly figures: Figures;
  readonly now: number;
  /** Titles of the phases by id. */
  readonly titles: ReadonlyMap<string, string>;
}

const phaseTitle = (phase: ResourceState, {titles}: RowsView) => titles.get(resourceName(phase.id)) ?? resourceName(phase.id);

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
  names: Math.min(Math.max(12, ...tasks.map(({id}) => widthOf(resourceName(id)))), Math.max(12, Math.floor(width * 0.36))),
});

const isOver = ({status}: ResourceState) => status === 'done' || status === 'skipped';

const phaseRows = (phase: ResourceState, state: RolloutState, view: RowsView, layout: TaskView): readonly Line[] => {
  const tasks = childrenOf(state, phase.id);
  const shown = tasks.filter(task => !isQuiet(task));
  const images = isOver(phase) ? [] : tasks.filter(({kind}) => kind === 'image');
  return [phaseHead(phase, view), ...quietImages(images, view.figures), ...shown.map(task => taskLine(task, layout))];
};

const filesRow = (files: readonly ResourceState[], view: RowsView): Line => {
  const written = files.filter(({status}) => status === 'done').length;
  const unchanged = files.filter(({status}) => status === 'skipped').length;
  const failed = files.some(({status}) => status === 'error');
  const status = failed ? 'error' : files.every(isOver) ? 'done' : 'working';
  return [
    segment(`${statusFigure(status, view)} `, statusTone(status)),
    segment('Files', 'strong'),
    segment(`  ${written} written, ${unchanged} unchanged`, 'muted'),
  ];
};

export interface RolloutRows {
  readonly rows: readonly Line[];
  /** Row of the first phase that is being worked on. */
  readonly activeRow: number;
}

/** Files, then phases with what belongs to them. */
export const rolloutRows = (state: RolloutState, view: RowsView): RolloutRows => {
  const files = filesOf(state);
  const phases = phasesOf(state);
  const layout = taskView(
    phases.flatMap(({id}) => childrenOf(state, id)).filter(task => !isQuiet(task)),
    view,
  );
  const blocks = phases.map(phase => ({phase, rows: phaseRows(phase, state, view, layout)}));
  const rows: Line[] = files.length > 0 ? [filesRow(files, view)] : [];
  let activeRow: number | undefined;
  for (const {phase, rows: own} of blocks) {
    rows.push(...(rows.length > 0 ? [blank] : []));
    if (phase.status === 'working') activeRow ??= rows.length + Math.floor(own.length / 2);
    rows.push(...own);
  }
  return {rows, activeRow: activeRow ?? rows.length - 1};
};

/** All images together: count, bar, bytes, speed, time left. While sizes are still being found out the bar counts images, so that it never goes back. */
export const pullLine = (state: RolloutState, {width, figures}: RowsView): Line | undefined => {
  const {images, pulled, current, total, exact, speed, secondsLeft} = pullTotals(state);
  if (images === 0) return undefined;
  const amount = `${exact ? '' : 'at least '}${formatBytes(total)}`;
  const parts = [
    ...(exact ? [formatPercent(current, total)] : []),
    `${formatBytes(current)} of ${amount}`,
    ...(speed > 0 ? [formatSpeed(speed)] : []),
    ...(secondsLeft === undefined ? [] : [`${formatDuration(secondsLeft * 1000)} left`]),
  ];
  const label = `Images  ${pulled} of ${images}  `;
  while (parts.length > 1 && widthOf(label) + parts.join('  ').length + 10 > width) parts.pop();
  const text = `  ${parts.join('  ')}`;
  const bar = Math.min(40, width - widthOf(label) - text.length);
  return [
    segment(label),
    ...(bar >= 6 ? progressBar(exact ? current / Math.max(1, total) : pulled / images, bar, figures) : []),
    segment(text, 'muted'),
  ];
};
