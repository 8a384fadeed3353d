/** A rollout as every display sees it: a fold over events. Pure. */
import type {Failure, ResourceEvent, ResourceKind, ResourceStatus} from '../events.ts';

export interface ResourceState {
  readonly id: string;
  readonly kind: ResourceKind;
  readonly parentId: string | undefined;
  readonly status: ResourceStatus;
  readonly text: string;
  readonly details: string | undefined;
  /** Bytes; progress never falls. */
  readonly current: number;
  readonly total: number;
  /** More is to come than `total` says. */
  readonly growing: boolean;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly failure: Failure | undefined;
  /** A service that runs once and ends. */
  readonly isJob: boolean;
}

export interface RolloutState {
  /** In first-seen order. */
  readonly resources: ReadonlyMap<string, ResourceState>;
  /** Bytes per second over all images, smoothed. */
  readonly speed: number;
  /** Time of the last event, and of the first. */
  readonly now: number;
  readonly startedAt: number | undefined;
  readonly samples: {readonly at: number; readonly bytes: number} | undefined;
}

export const emptyRollout: RolloutState = {resources: new Map(), speed: 0, now: 0, startedAt: undefined, samples: undefined};

const isOver = (status: ResourceStatus) => status !== 'waiting' && status !== 'working';

const advance = (before: ResourceState | undefined, event: ResourceEvent): ResourceState => {
  const over = isOver(event.status);
  // What waits again begins again.
  const earlier = event.status === 'waiting' && event.kind !== 'image' ? undefined : before?.startedAt;
  const startedAt = earlier ?? (event.status === 'waiting' ? undefined : event.at);
  return {
    id: event.id,
    kind: event.kind,
    parentId: event.parentId ?? before?.parentId,
    status: event.status,
    text: event.text,
    details: event.details,
    current: Math.max(before?.current ?? 0, event.current ?? 0),
    total: Math.max(before?.total ?? 0, event.total ?? 0),
    growing: event.growing === true,
    startedAt,
    endedAt: over ? event.at : undefined,
    failure: event.failure,
    isJob: event.isJob ?? before?.isJob ?? false,
  };
};

const ofKind = (state: RolloutState, kind: ResourceKind) => [...state.resources.values()].filter(resource => resource.kind === kind);

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Weight of the newest sample in the smoothed speed; samples are at least a second apart. */
const smoothing = 0.3;
const sampleInterval = 1000;

const measure = (state: RolloutState, at: number): Pick<RolloutState, 'speed' | 'samples'> => {
  const bytes = sum(ofKind(state, 'image').map(image => image.current));
  const {samples, speed} = state;
  if (!samples) return {speed, samples: {at, bytes}};
  const elapsed = at - samples.at;
  if (elapsed < sampleInterval) return {speed, samples};
  const latest = Math.max(0, bytes - samples.bytes) / (elapsed / 1000);
  return {speed: speed === 0 ? latest : speed + smoothing * (latest - speed), samples: {at, bytes}};
};

/** Folds one event in: by id, first-seen order kept, bytes never fall. */
export const reduce = (state: RolloutState, event: ResourceEvent): RolloutState => {
  const resources = new Map(state.resources).set(event.id, advance(state.resources.get(event.id), event));
  const next = {...state, resources, now: Math.max(state.now, event.at), startedAt: state.startedAt ?? event.at};
  return event.kind === 'image' ? {...next, ...measure(next, event.at)} : next;
};

/** What a run says that did not reach its goal and undid what it began: there is nothing to go on with. */
export const rolledBack = 'Rolled back';
export const rollingBack = 'Rolling back';

export const runOf = (state: RolloutState): ResourceState | undefined => state.resources.get('run');
export const phasesOf = (state: RolloutState): readonly ResourceState[] => ofKind(state, 'phase');
export const filesOf = (state: RolloutState): readonly ResourceState[] => ofKind(state, 'file');
export const childrenOf = (state: RolloutState, parentId: string): readonly ResourceState[] =>
  [...state.resources.values()].filter(resource => resource.parentId === parentId);
export const failuresOf = (state: RolloutState): readonly Failure[] =>
  [...state.resources.values()].flatMap(resource => (resource.status === 'error' && resource.failure ? [resource.failure] : []));

export interface PullTotals {
  readonly images: number;
  readonly pulled: number;
  readonly current: number;
  readonly total: number;
  /** False while an image's size is not known yet, so that a display can say so. */
  readonly exact: boolean;
  /** Bytes per second. */
  readonly speed: number;
  /** Undefined while it cannot be said honestly. */
  readonly secondsLeft: number | undefined;
}

/** Over all images, or over those of one phase. */
export const pullTotals = (state: RolloutState, phase?: string): PullTotals => {
  const images = ofKind(state, 'image').filter(image => image.status !== 'skipped' && (phase === undefined || image.parentId === phase));
  const current = sum(images.map(image => image.current));
  const total = sum(images.map(image => Math.max(image.total, image.current)));
  const pulled = images.filter(image => image.status === 'done').length;
  const exact = images.every(image => image.status === 'done' || (image.total > 0 && !image.growing));
  const busy = images.some(image => image.status === 'working');
  const secondsLeft = exact && busy && state.speed > 0 ? Math.ceil((total - current) / state.speed) : undefined;
  return {images: images.length, pulled, current, total, exact, speed: busy ? state.speed : 0, secondsLeft};
};
