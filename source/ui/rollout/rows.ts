/** A rollout as rows. Pure. */
import {formatDuration} from '../../display/format.ts';
import {serviceCount} from '../../display/service-count.ts';
import {childrenOf, filesOf, phasesOf, type ResourceState, type RolloutState} from '../../rollout/state.ts';
import {resourceName, statusFigure, statusTone, type TaskView, taskLine} from '../components/task-line.ts';
import {type Line, segment, spread} from '../text/line.ts';
import {widthOf} from '../text/width.ts';
import type {Figures} from '../theme.ts';
import {imageRows, isQuiet, phaseImages} from './image-rows.ts';
import type {Folds} from './state.ts';
import {type Branch, fittedRows, type TreeRows, treeRows} from './tree.ts';

export interface RowsView {
  readonly width: number;
  readonly figures: Figures;
  readonly now: number;
  /** Titles of the phases by id. */
  readonly titles: ReadonlyMap<string, string>;
  /** Layers of the images under way are shown. */
  readonly layers: boolean;
  readonly folds: Folds;
}

const phaseTitle = (phase: ResourceState, {titles}: RowsView) => titles.get(resourceName(phase.id)) ?? resourceName(phase.id);

/** What is below a phase that is drawn together to one row. */
const contentText = (tasks: readonly ResourceState[]): string => serviceCount(tasks.filter(({kind}) => kind === 'service'));

const phaseHead = (phase: ResourceState, place: number, content: string, view: RowsView): Line => {
  const time = phase.startedAt === undefined ? '' : formatDuration((phase.endedAt ?? view.now) - phase.startedAt);
  const left: Line = [
    segment(`${statusFigure(phase.status, view)} `, statusTone(phase.status)),
    segment(`${place + 1} `, 'muted'),
    segment(phaseTitle(phase, view), phase.status === 'waiting' ? 'muted' : 'strong'),
    segment(`  ${phase.status === 'waiting' ? 'waits' : phase.text}`, 'muted'),
    segment(content === '' ? '' : `  ${content}`, 'muted'),
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

/** A phase that is over, or has not begun, is one row; whoever wants to see more opens it. */
const isFolded = (phase: ResourceState, place: number, {all, toggled}: Folds): boolean => {
  const folded = !all && (isOver(phase) || phase.status === 'waiting');
  return toggled.includes(place) ? !folded : folded;
};

/** What works or failed stays in sight, whatever is folded. */
const needsAttention = ({status}: ResourceState) => status === 'working' || status === 'error';

/** A job ends when it is done, and is no service that should run. */
const described = (task: ResourceState): ResourceState =>
  task.isJob ? {...task, details: [task.details, 'job, runs once'].filter(Boolean).join('; ')} : task;

const branchOf = (phase: ResourceState, place: number, state: RolloutState, view: RowsView, layout: TaskView): Branch => {
  const tasks = childrenOf(state, phase.id);
  const folded = isFolded(phase, place, view.folds);
  const shown = tasks.filter(task => !isQuiet(task) && (!folded || needsAttention(task)));
  const images = folded || isOver(phase) ? [] : phaseImages(phase.id, state, view);
  const rowsOf = (task: ResourceState) =>
    task.kind === 'image' ? imageRows(task, state, view, layout) : [taskLine(described(task), layout)];
  return {
    status: phase.status,
    title: phaseTitle(phase, view),
    head: phaseHead(phase, place, folded ? contentText(tasks) : '', view),
    leaves: [
      ...(images.length > 0 ? [{status: 'working' as const, rows: images}] : []),
      ...shown.map(task => ({status: task.status, rows: rowsOf(task)})),
    ],
  };
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

export interface RolloutRows extends TreeRows {
  /** As much of it as fits, for somebody who only watches. */
  readonly fitted: readonly Line[];
}

/** Files, then phases with what belongs to them. `height`: rows there are. */
export const rolloutRows = (state: RolloutState, view: RowsView, height: number): RolloutRows => {
  const files = filesOf(state);
  const phases = phasesOf(state);
  const layout = taskView(
    phases.flatMap(({id}) => childrenOf(state, id)).filter(task => !isQuiet(task)),
    view,
  );
  const branches = phases.map((phase, place) => branchOf(phase, place, state, view, layout));
  const top = files.length > 0 ? [filesRow(files, view)] : [];
  return {...treeRows(top, branches, view.figures), fitted: fittedRows(top, branches, height, view.figures)};
};
