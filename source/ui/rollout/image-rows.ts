/** Images of a rollout as rows: all together, those of a phase, each one, its layers. Pure. */
import {formatBytes, formatDuration, formatPercent, formatSpeed} from '../../display/format.ts';
import {waitTexts} from '../../display/waits.ts';
import {childrenOf, type PullTotals, pullTotals, type ResourceState, type RolloutState} from '../../rollout/state.ts';
import {progressBar} from '../components/progress-bar.ts';
import {type TaskView, taskHead, taskLine, transferLine} from '../components/task-line.ts';
import {type Line, lineWidth, segment} from '../text/line.ts';
import {padTo, widthOf} from '../text/width.ts';
import type {Figures} from '../theme.ts';
import type {RowsView} from './rows.ts';

/** Images that need no more attention are counted, not listed. */
export const isQuiet = ({kind, status}: ResourceState): boolean =>
  kind === 'image' && (status === 'done' || status === 'skipped' || status === 'waiting');

const sizeText = ({known, total}: PullTotals): string =>
  `${{exactly: '', about: 'about ', 'in part': 'at least '}[known]}${formatBytes(total)}`;

const rateTexts = ({speed, secondsLeft, unpacking, known}: PullTotals): readonly string[] => [
  ...(unpacking ? ['unpacking'] : []),
  ...(speed === undefined ? [] : [formatSpeed(speed)]),
  ...(secondsLeft === undefined ? [] : [`${known === 'about' ? 'about ' : ''}${formatDuration(secondsLeft * 1000)} left`]),
];

/** What is over of the images of a phase, and how far they are together. */
export const phaseImages = (phase: string, state: RolloutState, {figures, now}: RowsView): readonly Line[] => {
  const images = childrenOf(state, phase).filter(({kind}) => kind === 'image');
  const counted = (asked: ResourceState['status'], word: string) => {
    const count = images.filter(({status}) => status === asked).length;
    return count === 0 ? [] : [`${count} ${word}`];
  };
  const counts = [...counted('skipped', 'here before'), ...counted('done', 'ready'), ...counted('waiting', 'waiting')];
  const totals = pullTotals(state, {phase, now});
  const isComing = images.some(({status}) => status === 'working');
  const amounts = isComing && totals.current > 0 ? [`${formatBytes(totals.current)} of ${sizeText(totals)}`, ...rateTexts(totals)] : [];
  const parts = [counts.join(', '), ...amounts].filter(Boolean);
  return parts.length === 0 ? [] : [[segment(`  ${padTo(figures.pull, 2)}`, 'muted'), segment(`images: ${parts.join('  ')}`, 'muted')]];
};

const layerLine = (layer: ResourceState, room: number, {width, figures}: TaskView): Line => {
  const {current, total, text, details, status} = layer;
  const start: Line = [segment(' '.repeat(6)), segment(padTo(layer.id.slice(layer.id.lastIndexOf('/') + 1), 12), 'muted'), segment('  ')];
  const isMoving = text === 'Downloading' && total > 0;
  const amount = isMoving ? `  ${formatPercent(current, total).padStart(4)}  ${formatBytes(current)} of ${formatBytes(total)}` : '';
  const word = details ?? (text === 'Extracting' ? 'Unpacking' : text);
  const bar = Math.min(room, width - lineWidth(start) - widthOf(amount));
  if (!isMoving) return [...start, segment(word, status === 'waiting' ? 'muted' : 'plain')];
  return [...start, ...(bar >= 4 ? progressBar(current / total, bar, figures) : []), segment(amount, 'muted')];
};

/** Of an image under way: a row for each layer that moves, one for all others. */
const layerRows = (image: ResourceState, state: RolloutState, view: TaskView): readonly Line[] => {
  const layers = childrenOf(state, image.id).filter(({kind}) => kind === 'layer');
  const moving = layers.filter(({status}) => status === 'working');
  const counted = (status: ResourceState['status'], word: string) => {
    const count = layers.filter(layer => layer.status === status).length;
    return count === 0 ? [] : [`${count} ${word}`];
  };
  const rest = [...counted('done', 'unpacked'), ...counted('skipped', 'here before'), ...counted('waiting', 'waiting')];
  const room = Math.max(4, Math.min(24, view.width - 56));
  return [
    ...moving.map(layer => layerLine(layer, room, view)),
    ...(rest.length === 0 ? [] : [[segment(`${' '.repeat(6)}layers: ${rest.join(', ')}`, 'muted')]]),
  ];
};

/** One row, and below it the layers where they are asked for. */
export const imageRows = (image: ResourceState, state: RolloutState, view: RowsView, layout: TaskView): readonly Line[] => {
  if (image.status !== 'working') return [taskLine(image, layout)];
  const start = taskHead(image, layout);
  const room = layout.width - lineWidth(start);
  const layers = view.layers ? layerRows(image, state, layout) : [];
  if (image.wait) {
    const texts = waitTexts(image.wait, view.now);
    const text = texts.find(one => widthOf(one) <= room) ?? texts.at(-1) ?? '';
    const reason = image.details ? [[segment(`${' '.repeat(6)}${image.details}`, 'muted')]] : [];
    return [[...start, segment(text, 'warning')], ...reason, ...layers];
  }
  const {speed, secondsLeft, known, unpacking} = pullTotals(state, {image: image.id, now: view.now});
  const whole = known === 'in part' || image.current === 0 ? undefined : known === 'about' ? image.expected : image.total;
  return [[...start, ...transferLine(image.current, {room, whole, known, speed, secondsLeft, unpacking}, layout)], ...layers];
};

const barOf = (share: number, room: number, figures: Figures): Line => (room >= 6 ? progressBar(share, Math.min(40, room), figures) : []);

/** All images together: count, bar, bytes, speed, time left. While sizes are still being found out the bar counts images, so that it never goes back. */
export const pullLine = (state: RolloutState, {width, figures, now}: RowsView): Line | undefined => {
  const totals = pullTotals(state, {now});
  const {images, pulled, current, total, known} = totals;
  if (images === 0) return undefined;
  const parts = [
    ...(known === 'exactly' ? [formatPercent(current, total)] : []),
    `${formatBytes(current)} of ${sizeText(totals)}`,
    ...rateTexts(totals),
  ];
  const label = `Images  ${pulled} of ${images}  `;
  while (parts.length > 1 && widthOf(label) + parts.join('  ').length + 10 > width) parts.pop();
  const text = `  ${parts.join('  ')}`;
  return [segment(label), ...barOf(state.share, width - widthOf(label) - text.length, figures), segment(text, 'muted')];
};
