import {formatBytes, formatDuration, formatPercent, formatSpeed} from '../../display/format.ts';
import type {ResourceStatus} from '../../events.ts';
import type {ResourceState} from '../../rollout/state.ts';
import {type Line, lineWidth, segment} from '../text/line.ts';
import {padStartTo, padTo, widthOf} from '../text/width.ts';
import type {Figures, Tone} from '../theme.ts';
import {progressBar} from './progress-bar.ts';

export interface TaskView {
  readonly width: number;
  /** Columns of the name. */
  readonly names: number;
  readonly figures: Figures;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const tones: Readonly<Record<ResourceStatus, Tone>> = {
  waiting: 'muted',
  working: 'accent',
  done: 'good',
  skipped: 'good',
  warning: 'warning',
  error: 'bad',
};

/** The mark in front of a task; it turns once a second while the task is worked on. */
export const statusFigure = (status: ResourceStatus, {figures, now}: Pick<TaskView, 'figures' | 'now'>): string => {
  if (status !== 'working') return figures[status];
  return figures.working[Math.floor(now / 1000) % figures.working.length] ?? '';
};

export const statusTone = (status: ResourceStatus): Tone => tones[status];

/** `service/api` is `api`, `image/quay.io/org/app:1` is `quay.io/org/app:1`. */
export const resourceName = (id: string): string => id.slice(id.indexOf('/') + 1);

/** What an image is called at its end: registry and organisation go first where there is no room for all. */
const shortName = (id: string, width: number): string => {
  const parts = resourceName(id).split('/');
  while (parts.length > 1 && widthOf(parts.join('/')) > width) parts.shift();
  return parts.join('/');
};

/** Time since it began, or that it took. */
const elapsed = ({startedAt, endedAt}: ResourceState, now: number): string =>
  startedAt === undefined ? '' : formatDuration(Math.max(0, (endedAt ?? now) - startedAt));

/** Mark and name. */
export const taskHead = (task: ResourceState, view: TaskView): Line => [
  segment(`  ${padTo(statusFigure(task.status, view), 2)}`, statusTone(task.status)),
  segment(padTo(shortName(task.id, view.names), view.names, view.figures.ellipsis), task.status === 'waiting' ? 'muted' : 'plain'),
  segment('  '),
];

/** Narrower than this a bar says nothing. */
const smallestBar = 8;
const largestBar = 32;

export interface Transfer {
  /** Columns behind the name. */
  readonly room: number;
  /** Bytes in all: as the engine told them, about so many, or not known. */
  readonly whole: number | undefined;
  readonly known: 'exactly' | 'about' | 'in part';
  /** Bytes per second. */
  readonly speed: number | undefined;
  readonly secondsLeft: number | undefined;
  /** All of it is here. */
  readonly unpacking: boolean;
}

/**
 * `━━━━───  38%  120 MB of 310 MB  12.4 MB/s  14s left`; parts that do not fit are left out from the right. An image whose size is still being
 * found out has no percentage, and no bar where nobody knows about how much it will be.
 */
export const transferLine = (current: number, {room, whole, known, speed, secondsLeft, unpacking}: Transfer, {figures}: TaskView): Line => {
  const size = whole === undefined ? ' so far' : ` of ${known === 'about' ? '~' : ''}${formatBytes(whole)}`;
  const amount = padStartTo(`${formatBytes(current)}${size}`, 19);
  const percent = padStartTo(whole !== undefined && known === 'exactly' ? formatPercent(current, whole) : '', 5);
  const rate = padStartTo(unpacking ? 'unpacking' : speed === undefined ? '' : formatSpeed(speed), 11);
  const left = padStartTo(secondsLeft === undefined ? '' : `${formatDuration(secondsLeft * 1000)} left`, 13);
  const parts = [percent, amount, rate, left];
  while (parts.length > 1 && parts.join('').length + smallestBar > room) parts.pop();
  const bar = Math.min(largestBar, room - parts.join('').length);
  return [
    ...(bar >= smallestBar ? progressBar(whole === undefined ? undefined : current / whole, bar, figures) : []),
    segment(parts.join(''), 'muted'),
  ];
};

const wordTones: Readonly<Partial<Record<ResourceStatus, Tone>>> = {error: 'bad', warning: 'warning', waiting: 'muted'};

/** Columns stand below each other; what has no time yet gives its column up where its reason would be cut. */
const said = ({text, details = '', status}: ResourceState, time: string, room: number): Line => {
  const tone = wordTones[status] ?? 'plain';
  const reason = details === '' ? [] : [segment(`  ${details}`, 'muted')];
  const aligned = [segment(padTo(text, 12), tone), segment(padStartTo(time, 8), 'muted'), ...reason];
  return time !== '' || lineWidth(aligned) <= room ? aligned : [segment(text, tone), ...reason];
};

/** One row for a service, or an image that is not under way: what it is, how far it is, how long it takes. */
export const taskLine = (task: ResourceState, view: TaskView): Line => {
  const head = taskHead(task, view);
  return [...head, ...said(task, elapsed(task, view.now), view.width - lineWidth(head))];
};
