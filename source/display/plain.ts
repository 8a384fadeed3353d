/** A rollout as lines, for logs and pipes. Pure. */
import type {Failure, HealthCheck, LoggedLine, ResourceEvent} from '../events.ts';
import {printable, printableLine} from '../printable.ts';
import {childrenOf, emptyRollout, type ResourceState, type RolloutState, reduce} from '../rollout/state.ts';
import {formatBytes, formatDuration, formatMemory, formatMoment, formatPercent} from './format.ts';
import {waitText} from './waits.ts';

/** What was shown of a download last. */
interface Shown {
  readonly at: number;
  readonly percent: number;
}

export interface PlainState {
  readonly rollout: RolloutState;
  readonly shown: ReadonlyMap<string, Shown>;
}

export const emptyPlain: PlainState = {rollout: emptyRollout, shown: new Map()};

/** A download says something each ten percent, or after this many milliseconds. */
const percentStep = 10;
const interval = 5000;

const percentOf = ({current = 0, total = 0}: Pick<ResourceEvent, 'current' | 'total'>) =>
  total > 0 ? Math.floor((current / total) * 100) : 0;

const isDownload = ({kind, status}: ResourceEvent) => kind === 'image' && status === 'working';

/** While its size is still growing, a share of it says nothing. */
const isDue = (event: ResourceEvent, shown: Shown | undefined) =>
  shown === undefined || (!event.growing && percentOf(event) >= shown.percent + percentStep) || event.at - shown.at >= interval;

/** Layers are part of their image; what has not begun and what is right already is no news, nor an image that needs no pull. */
const isNews = ({rollout, shown}: PlainState, event: ResourceEvent): boolean => {
  if (event.kind === 'layer' || event.status === 'waiting' || event.text === 'Unchanged') return false;
  const before = rollout.resources.get(event.id);
  if (event.kind === 'image' && event.status === 'skipped' && before?.status !== 'working') return false;
  if (before?.status !== event.status || before.text !== event.text) return true;
  return isDownload(event) ? isDue(event, shown.get(event.id)) : before.details !== event.details;
};

const nameOf = ({id, kind}: ResourceEvent) => (kind === 'run' ? '' : `${kind} ${printableLine(id.slice(id.indexOf('/') + 1))}: `);

const labels: Partial<Record<ResourceEvent['status'], string>> = {warning: 'warning: ', error: 'error: '};

const amountOf = (event: ResourceEvent, before: ResourceState | undefined): string => {
  if (event.kind !== 'image') return '';
  if (event.status === 'done') {
    const total = Math.max(event.total ?? 0, before?.total ?? 0);
    return total > 0 ? ` ${formatBytes(total)}` : '';
  }
  const {current = 0, total = 0, growing} = event;
  if (event.status !== 'working' || current === 0 || event.wait) return '';
  if (growing) return ` ${formatBytes(current)} of at least ${formatBytes(total)}`;
  return total > 0 ? ` ${formatPercent(current, total)} of ${formatBytes(total)}` : ` ${formatBytes(current)}`;
};

/** Of a phase that begins: how many of its images need no pull. */
const hereOf = (rollout: RolloutState, {id, kind, status}: ResourceEvent): string => {
  if (kind !== 'phase' || status !== 'working' || rollout.resources.get(id)?.status !== 'waiting') return '';
  const images = childrenOf(rollout, id).filter(child => child.kind === 'image');
  const here = images.filter(image => image.status === 'skipped').length;
  return here === 0 ? '' : `, ${here} of ${images.length} images here before`;
};

const tookOf = ({status, at}: ResourceEvent, before: ResourceState | undefined) =>
  status === 'done' && before?.startedAt !== undefined && at > before.startedAt ? ` in ${formatDuration(at - before.startedAt)}` : '';

const block = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, ...lines.map(line => `  | ${line}`)]);

const linesOf = (text: string) => printable(text).trimEnd().split('\n');

const clockTime = (at: number) => new Date(at).toISOString().slice(11, 19);

/** All that say something, each with its time and exit code. */
const healthLines = (checks: readonly HealthCheck[]): readonly string[] =>
  checks.flatMap(({at, exitCode, output}) => {
    const head = `${clockTime(at)} UTC, ${exitCode === -1 ? 'took too long' : `exit code ${exitCode}`}`;
    return output.trim() === '' ? [head] : [head, ...linesOf(output).map(text => `  ${text}`)];
  });

const sinceText = ({startedAt, restarts}: Failure): readonly string[] => [
  ...(startedAt === undefined
    ? []
    : [`started: ${formatMoment(startedAt)}${restarts ? `, restarted ${restarts} ${restarts === 1 ? 'time' : 'times'}` : ''}`]),
];

/** `!` in front of what was written to standard error. */
const logLines = ({cause, log = []}: Failure): readonly string[] => {
  if (log.length === 0) return [];
  if (cause === 'start')
    return block(
      'what Docker said:',
      log.map(({text}) => printableLine(text)),
    );
  const isError = ({stream}: LoggedLine) => stream === 'stderr';
  const title = log.some(isError) ? 'end of its log, ! is standard error:' : 'end of its log:';
  return [title, ...log.map(entry => `  ${isError(entry) ? '!' : '|'} ${printableLine(entry.text)}`)];
};

const failureLines = (failure: Failure): readonly string[] => {
  const {healthChecks = [], exitCode, exitMeaning, memoryLimit, image, next} = failure;
  return [
    ...(image === undefined ? [] : [`image: ${printableLine(image)}`]),
    ...sinceText(failure),
    ...(exitCode === undefined ? [] : [`exit code: ${exitCode}${exitMeaning === undefined ? '' : `. ${exitMeaning}`}`]),
    ...(memoryLimit === undefined ? [] : [`memory limit: ${formatMemory(memoryLimit)}`]),
    ...block('last health checks:', healthLines(healthChecks)),
    ...logLines(failure),
    ...next.map(step => `next: ${printableLine(step)}`),
  ];
};

const indent = ' '.repeat(11);

/**
 * The line for an event, or undefined when it is no news; a failure takes several, indented. `state` is from before the event.
 * Times are since the first event.
 */
export const plainLine = (state: PlainState, event: ResourceEvent): string | undefined => {
  if (!isNews(state, event)) return undefined;
  const before = state.rollout.resources.get(event.id);
  const elapsed = formatDuration(event.at - (state.rollout.startedAt ?? event.at)).padStart(9);
  const reason = event.failure?.reason ?? event.details;
  const wait = event.wait ? `, ${waitText(event.wait, event.at)}` : '';
  const details = reason === undefined ? '' : `, ${printableLine(reason)}`;
  const head = `${elapsed}  ${labels[event.status] ?? ''}${nameOf(event)}${printableLine(event.text)}`;
  const line = `${head}${amountOf(event, before)}${hereOf(state.rollout, event)}${tookOf(event, before)}${wait}${details}`;
  return [line, ...(event.failure ? failureLines(event.failure) : []).map(text => `${indent}${text}`)].join('\n');
};

/** The state after an event. */
export const advancePlain = (state: PlainState, event: ResourceEvent): PlainState => {
  const shown =
    isDownload(event) && isNews(state, event)
      ? new Map(state.shown).set(event.id, {at: event.at, percent: event.growing ? 0 : percentOf(event)})
      : state.shown;
  return {rollout: reduce(state.rollout, event), shown};
};
