/**
 * What comes over the line: bytes, speed, what is left. A fold over the events of images and layers. Pure.
 *
 * A layer that several images share is counted once, under the image that spoke of it first. What was reached never falls; what a new
 * attempt has to fetch again counts as still to come all the same.
 */
import type {ResourceEvent} from '../events.ts';

interface Piece {
  /** Id of the first image that spoke of it. */
  readonly image: string;
  /** Bytes of this attempt. */
  readonly current: number;
  /** The most that any attempt had. */
  readonly reached: number;
  /** Zero while it is not known. */
  readonly total: number;
  /** Bytes of it are still to come. */
  readonly comes: boolean;
}

/** Bytes that came over the line by image, those that had to come twice too. */
type Carried = ReadonlyMap<string, number>;

interface Sample {
  readonly at: number;
  readonly carried: Carried;
}

export interface Transfer {
  /** By digest of the layer; by id of the image as long as nothing is known of its layers. */
  readonly pieces: ReadonlyMap<string, Piece>;
  /** Ids of images that told of layers. */
  readonly layered: ReadonlySet<string>;
  readonly carried: Carried;
  /** Oldest first: one from before the window of the speed, and those in it. */
  readonly samples: readonly Sample[];
}

export const emptyTransfer: Transfer = {pieces: new Map(), layered: new Set(), carried: new Map(), samples: []};

/** Milliseconds: long enough that the steps in which an engine counts do not show, short enough that a change of the line does. */
const speedWindow = 5000;
const sampleInterval = 250;
/** Over less nothing can be said: a connection begins slowly. */
const shortestMeasure = 1000;

const isToCome = ({status, text}: ResourceEvent): boolean =>
  status === 'waiting' || (status === 'working' && text !== 'Downloaded' && text !== 'Extracting');

/** A layer that is to come and has told no bytes begins with none: that is how a new attempt looks. */
const pieceOf = (before: Piece | undefined, image: string, event: ResourceEvent): Piece => {
  const total = Math.max(before?.total ?? 0, event.total ?? 0);
  const told = isToCome(event) ? (event.current ?? 0) : total;
  if (before && before.image !== image) {
    const current = Math.max(before.current, told);
    return {
      ...before,
      total,
      current,
      reached: Math.max(before.reached, current),
      comes: isToCome(event) && (before.comes || current < total),
    };
  }
  return {image, total, current: told, reached: Math.max(before?.reached ?? 0, told), comes: isToCome(event)};
};

/** Bytes: an engine tells of a layer after a step of a MiB or less. */
const largestFirstCount = 2 ** 21;

/**
 * A layer whose first count is large did not begin: the containerd image store goes on with what an earlier attempt, or an earlier run, left
 * behind. That came over no line.
 */
const carriedBy = (before: Piece | undefined, after: Piece): number => {
  const since = before?.current ?? 0;
  const isResumed = since === 0 && after.current < after.total && after.current > largestFirstCount;
  return isResumed ? 0 : Math.max(0, after.current - since);
};

const sampled = (samples: readonly Sample[], at: number, carried: Carried): readonly Sample[] => {
  const last = samples.at(-1);
  // Nothing can be measured from before the first byte, nor over a clock that was set back.
  if (!last || at < last.at || carried.size === 0) return [{at, carried}];
  if (at - last.at < sampleInterval) return samples;
  const from = samples.findLastIndex(sample => sample.at <= at - speedWindow);
  return [...samples.slice(Math.max(0, from)), {at, carried}];
};

const withPiece = (transfer: Transfer, key: string, image: string, event: ResourceEvent): Transfer => {
  const before = transfer.pieces.get(key);
  const after = pieceOf(before, image, event);
  const bytes = carriedBy(before, after);
  const carried = bytes === 0 ? transfer.carried : new Map(transfer.carried).set(image, (transfer.carried.get(image) ?? 0) + bytes);
  return {...transfer, pieces: new Map(transfer.pieces).set(key, after), carried};
};

const withLayer = (transfer: Transfer, event: ResourceEvent): Transfer => {
  const image = event.parentId ?? '';
  const digest = event.id.slice(event.id.lastIndexOf('/') + 1);
  const layered = transfer.layered.has(image) ? transfer.layered : new Set(transfer.layered).add(image);
  // What was there before is no part of the download; what another image brought is counted there.
  if (event.status === 'skipped' && transfer.pieces.get(digest)?.image !== image) return {...transfer, layered};
  return withPiece({...transfer, layered}, digest, image, event);
};

/** Of an image that is over nothing is to come any more; one that failed keeps what it had. */
const settled = (transfer: Transfer, image: string, arrived: boolean): Transfer => {
  const own = [...transfer.pieces].filter(([, piece]) => piece.image === image && piece.comes);
  if (own.length === 0) return transfer;
  const ended = own.map(([key, piece]) => {
    const current = arrived ? Math.max(piece.current, piece.total) : piece.current;
    return [key, {...piece, comes: false, current, reached: Math.max(piece.reached, current)}] as const;
  });
  return {...transfer, pieces: new Map([...transfer.pieces, ...ended])};
};

const withImage = (transfer: Transfer, event: ResourceEvent): Transfer => {
  const {id, status, total, current} = event;
  const isCounted = transfer.layered.has(id) || (total === undefined && current === undefined);
  const next = isCounted ? transfer : withPiece(transfer, id, id, event);
  return status === 'waiting' || status === 'working' ? next : settled(next, id, status === 'done');
};

/** Folds one event in; those of other things change nothing. */
export const carry = (transfer: Transfer, event: ResourceEvent): Transfer => {
  if (event.kind !== 'layer' && event.kind !== 'image') return transfer;
  const next = event.kind === 'layer' ? withLayer(transfer, event) : withImage(transfer, event);
  return {...next, samples: sampled(transfer.samples, event.at, next.carried)};
};

interface Measure {
  /** Milliseconds, on the clock of the events. */
  readonly now: number;
  /** @default every image */
  readonly isMeant?: (image: string) => boolean;
}

/** Bytes per second, over the last five seconds; undefined while it can not be said. */
export const speedOf = ({samples, carried}: Transfer, {now, isMeant = () => true}: Measure): number | undefined => {
  const from = samples.findLast(({at}) => at <= now - speedWindow) ?? samples[0];
  if (!from || now - from.at < shortestMeasure) return undefined;
  const bytes = [...carried].reduce((sum, [image, count]) => (isMeant(image) ? sum + count - (from.carried.get(image) ?? 0) : sum), 0);
  return (bytes / (now - from.at)) * 1000;
};

export interface Amounts {
  /** Bytes: here, in all as far as known, still to come as far as known. */
  readonly current: number;
  readonly total: number;
  readonly left: number;
  /** Something is to come whose size is not known. */
  readonly isOpen: boolean;
}

/** Over the images that are meant. */
export const amountsOf = ({pieces}: Transfer, isMeant: (image: string) => boolean): Amounts => {
  const own = [...pieces.values()].filter(({image}) => isMeant(image));
  const sum = (bytes: (piece: Piece) => number) => own.reduce((total, piece) => total + bytes(piece), 0);
  return {
    current: sum(({reached}) => reached),
    total: sum(({total, reached}) => Math.max(total, reached)),
    left: sum(({comes, total, current}) => (comes ? Math.max(0, total - current) : 0)),
    isOpen: own.some(({comes, total}) => comes && total === 0),
  };
};
