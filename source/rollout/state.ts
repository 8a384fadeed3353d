/** A rollout as every display sees it: a fold over events. Pure. */
import type {Failure, ResourceEvent, ResourceKind, ResourceStatus, Wait} from '../events.ts';
import {amountsOf, carry, emptyTransfer, speedOf, type Transfer} from './transfer.ts';

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
  /** About how much it will be. Bytes. */
  readonly expected: number | undefined;
  readonly wait: Wait | undefined;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly failure: Failure | undefined;
  /** A service that runs once and ends. */
  readonly isJob: boolean;
}

export interface RolloutState {
  /** In first-seen order. */
  readonly resources: ReadonlyMap<string, ResourceState>;
  readonly transfer: Transfer;
  /** Of all that has to be downloaded, from 0 to 1; never falls, whatever is found out about sizes. */
  readonly share: number;
  /** Time of the last event, and of the first. */
  readonly now: number;
  readonly startedAt: number | undefined;
}

export const emptyRollout: RolloutState = {resources: new Map(), transfer: emptyTransfer, share: 0, now: 0, startedAt: undefined};

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
    expected: event.expected ?? before?.expected,
    wait: event.wait,
    startedAt,
    endedAt: over ? event.at : undefined,
    failure: event.failure,
    isJob: event.isJob ?? before?.isJob ?? false,
  };
};

const ofKind = (state: RolloutState, kind: ResourceKind) => [...state.resources.values()].filter(resource => resource.kind === kind);

/** Folds one event in: by id, first-seen order kept, bytes never fall. */
export const reduce = (state: RolloutState, event: ResourceEvent): RolloutState => {
  const resources = new Map(state.resources).set(event.id, advance(state.resources.get(event.id), event));
  const transfer = carry(state.transfer, event);
  const next = {...state, resources, transfer, now: Math.max(state.now, event.at), startedAt: state.startedAt ?? event.at};
  return event.kind === 'image' ? {...next, share: Math.max(state.share, shareOf(pullTotals(next)))} : next;
};

/** What a run says that did not reach its goal and undid what it began: there is nothing to go on with. */
export const rolledBack = 'Rolled back';
export const rollingBack = 'Rolling back';

export const runOf = (state: RolloutState): ResourceState | undefined => state.resources.get('run');
export const phasesOf = (state: RolloutState): readonly ResourceState[] => ofKind(state, 'phase');
export const filesOf = (state: RolloutState): readonly ResourceState[] => ofKind(state, 'file');
export const childrenOf = (state: RolloutState, parentId: string): readonly ResourceState[] =>
  [...state.resources.values()].filter(resource => resource.parentId === parentId);
/** Once each: an image that can not be had is the failure of the services that wait for it, where there are any. */
export const failuresOf = (state: RolloutState): readonly Failure[] => {
  const failed = [...state.resources.values()].filter(({status}) => status === 'error');
  const told = new Set(failed.flatMap(({kind, failure}) => (kind === 'service' && failure?.cause === 'pull' ? (failure.image ?? []) : [])));
  return failed.flatMap(({id, kind, failure}) => (failure && !(kind === 'image' && told.has(id.slice('image/'.length))) ? [failure] : []));
};

export interface PullTotals {
  readonly images: number;
  readonly pulled: number;
  /** Bytes; a layer that images share is counted once, and what was reached never falls. */
  readonly current: number;
  readonly total: number;
  /** How `total` is known: as the engine told it; with what the catalogue knows of some images; or there is more to come, nobody knows how much. */
  readonly known: 'exactly' | 'about' | 'in part';
  /** Bytes per second; undefined while nothing comes, or it can not be said yet. */
  readonly speed: number | undefined;
  /** Undefined while it cannot be said honestly. */
  readonly secondsLeft: number | undefined;
  /** All bytes are here, and are unpacked. */
  readonly unpacking: boolean;
}

const isSized = ({status, total, growing}: ResourceState) => status === 'done' || status === 'error' || (total > 0 && !growing);

/** What the catalogue knows of images that the engine has not told of in full. */
const expectedMore = (images: readonly ResourceState[]) =>
  images.reduce((sum, {expected = 0, total}) => sum + Math.max(0, expected - total), 0);

const secondsFor = (bytes: number, speed: number | undefined): number | undefined =>
  speed === undefined || speed <= 0 || bytes <= 0 ? undefined : Math.ceil(bytes / speed);

/** Which images: those of a phase, one, or all. `now`: milliseconds since 1970, by default the time of the last event. */
export interface PullScope {
  readonly phase?: string;
  readonly image?: string;
  readonly now?: number;
}

export const pullTotals = (state: RolloutState, {phase, image: only, now = state.now}: PullScope = {}): PullTotals => {
  const isAsked = ({id, parentId}: ResourceState) => (phase === undefined || parentId === phase) && (only === undefined || id === only);
  const images = ofKind(state, 'image').filter(image => image.status !== 'skipped' && isAsked(image));
  const ids = new Set(images.map(({id}) => id));
  const isMeant = (image: string) => ids.has(image);
  const {current, total, left} = amountsOf(state.transfer, isMeant);
  const open = images.filter(image => !isSized(image));
  const more = expectedMore(open);
  const known = open.length === 0 ? 'exactly' : open.every(({expected = 0, total: told}) => told < expected) ? 'about' : 'in part';
  const working = images.filter(({status, wait}) => status === 'working' && !wait);
  const unpacking = working.length > 0 && working.every(({text}) => text === 'Extracting');
  const speed = working.length > 0 && !unpacking ? speedOf(state.transfer, {now, isMeant}) : undefined;
  return {
    images: images.length,
    pulled: images.filter(({status}) => status === 'done').length,
    current,
    total: total + more,
    known,
    speed: speed === 0 ? undefined : speed,
    secondsLeft: known === 'in part' ? undefined : secondsFor(left + more, speed),
    unpacking,
  };
};

/** While nobody knows about how much there is, images are counted. */
const shareOf = ({known, current, total, images, pulled}: PullTotals): number => {
  if (known === 'in part' || total === 0) return images === 0 ? 0 : pulled / images;
  return Math.min(1, current / total);
};
