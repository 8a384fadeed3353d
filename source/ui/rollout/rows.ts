/** A rollout as rows. Pure. */
import {formatDuration} from '../../display/format.ts';
import {childrenOf, filesOf, phasesOf, type ResourceState, type RolloutState} from '../../rollout/state.ts';
import {resourceName, statusFigure, statusTone, type TaskView, taskLine} from '../components/task-line.ts';
import {blank, type Line, segment, spread} from '../text/line.ts';
import {widthOf} from '../text/width.ts';
import type {Figures} from '../theme.ts';
import {imageRows, isQuiet, phaseImages} from './image-rows.ts';

export interface RowsView {
  readonly width: number;
  readonly figures: Figures;
  readonly now: number;
  /** Titles of the phases by id. */
  readonly titles: ReadonlyMap<string, string>;
  /** Layers of the images under way are shown. */
  readonly layers: boolean;
}

const phaseTitle = (phase: ResourceState, {titles}: RowsView) => titles.get(resourceName(phase.id)) ?? resourceName(phase.id);

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
  const images = isOver(phase) ? [] : phaseImages(phase.id, state, view);
  const rowsOf = (task: ResourceState) => (task.kind === 'image' ? imageRows(task, state, view, layout) : [taskLine(task, layout)]);
  return [phaseHead(phase, view), ...images, ...shown.flatMap(rowsOf)];
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
