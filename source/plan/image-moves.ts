/** What an update would move: the lock against what the registries say now. Pure. */
import {printableLine} from '../printable.ts';
import type {Answers} from './answers.ts';
import {type ImageLock, type LockedImage, lockedDigest, shortDigest} from './image-lock.ts';
import type {ServiceModel} from './model.ts';

/** What a registry said of a reference, or why it could not be asked. */
export type RemoteImage = {readonly digest: string} | {readonly reason: string};

export interface ImageMove {
  readonly reference: string;
  readonly services: readonly string[];
  /**
   * `same`: the lock names what the tag means. `new`: not in the lock yet. `moved`: the tag means another build than the one in the lock.
   * `replaced`: its services ran another version or image before. `unknown`: the registry could not be asked.
   */
  readonly change: 'same' | 'new' | 'moved' | 'replaced' | 'unknown';
  readonly locked: string | undefined;
  readonly now: string | undefined;
  /** Why, in words for the operator. */
  readonly cause: string;
}

export interface MovesInput {
  readonly lock: ImageLock;
  readonly services: readonly Pick<ServiceModel, 'name' | 'image' | 'component'>[];
  /** By reference. */
  readonly remote: ReadonlyMap<string, RemoteImage>;
  readonly platform: string;
  readonly answers: Pick<Answers, 'settings'>;
}

/** Who decided on an image: an answer of the operator, or the catalogue. */
const decidedBy = (reference: string, component: string | undefined, {settings}: Pick<Answers, 'settings'>): string => {
  const answered = Object.entries(settings[component ?? ''] ?? {}).find(([, value]) => value === reference);
  return answered ? `${component}.${answered[0]} says so` : 'this version of infra-wizard brings it';
};

const moveOf = (reference: string, input: MovesInput): ImageMove => {
  const {lock, services, remote, platform, answers} = input;
  const users = services.filter(({image}) => image === reference);
  const names = users.map(({name}) => name).sort();
  const said = remote.get(reference) ?? {reason: 'it was not asked for'};
  const locked = lockedDigest(lock, reference, platform);
  const now = 'digest' in said ? said.digest : undefined;
  const common = {reference, services: names, locked, now};
  if ('reason' in said) return {...common, change: 'unknown', cause: printableLine(said.reason)};
  if (locked === said.digest) return {...common, change: 'same', cause: 'the lock names what the tag means'};
  if (locked !== undefined) return {...common, change: 'moved', cause: `its publisher moved the tag from ${shortDigest(locked)}`};
  const before = lock.find(entry => entry.services.some(name => names.includes(name)) && entry.reference !== reference);
  if (!before) return {...common, change: 'new', cause: 'not pulled from here yet'};
  const cause = `was ${before.reference}; ${decidedBy(reference, users[0]?.component, answers)}`;
  return {...common, change: 'replaced', cause};
};

/** One for each image that the selection needs, in the order of their names. */
export const imageMoves = (input: MovesInput): readonly ImageMove[] =>
  [...new Set(input.services.map(({image}) => image))].sort().map(reference => moveOf(reference, input));

/** Changes the lock when it is accepted. */
export const isMove = ({change}: ImageMove): boolean => change === 'new' || change === 'moved' || change === 'replaced';

/** A digest of all platforms moves for all that had the old one; other platforms of an image keep theirs. */
const digestsAfter = (entry: LockedImage | undefined, {locked, now}: ImageMove, platform: string): ReadonlyMap<string, string> => {
  const digests = new Map(entry?.digests);
  if (now === undefined) return digests;
  for (const [other, digest] of digests) if (digest === locked) digests.set(other, now);
  return digests.set(platform, now);
};

/** The lock once the moves are accepted. */
export const acceptMoves = (lock: ImageLock, moves: readonly ImageMove[], platform: string): ImageLock => {
  const accepted = moves.filter(isMove);
  const placed = new Set(accepted.flatMap(({services}) => services));
  const others = lock
    .filter(({reference}) => !accepted.some(move => move.reference === reference))
    .flatMap((entry): readonly LockedImage[] => {
      const services = entry.services.filter(name => !placed.has(name));
      return services.length > 0 ? [{...entry, services}] : [];
    });
  const moved = accepted.map(move => ({
    reference: move.reference,
    services: move.services,
    digests: digestsAfter(
      lock.find(({reference}) => reference === move.reference),
      move,
      platform,
    ),
  }));
  return [...others, ...moved].sort((one, other) => (one.reference < other.reference ? -1 : 1));
};
