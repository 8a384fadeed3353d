/**
 * Whether another image may begin to come over the line. Pure.
 *
 * Images are needed in an order. One that has the line for itself is here, unpacked and started while the next one is still coming; two that
 * share it are both late, and then unpack at once. So the next one begins when little is left to come: so little that the time in which it
 * is looked up at its registry is filled.
 */

export interface PullUnderWay {
  readonly registry: string;
  /** Bytes still to come; undefined while not all sizes are known. Nothing left: it is unpacked. */
  readonly left: number | undefined;
  /** Its layers are known: the registry answers. */
  readonly answered: boolean;
  /** Milliseconds since it began, and since anything was heard of it. */
  readonly age: number;
  readonly silence: number;
  /** Waits for its next attempt; `asked`: its registry wants to be left alone so long. */
  readonly pause: 'no' | 'own' | 'asked';
}

export interface Line {
  readonly pulls: readonly PullUnderWay[];
  /** Bytes per second, lately; undefined while it can not be said. */
  readonly speed: number | undefined;
  /** The most it ever was. */
  readonly best: number;
  /** Milliseconds from the beginning of an image to its first byte, as the last one had it: it is looked up at its registry. */
  readonly lookup: number;
  /** So many images under way at once at most. */
  readonly most: number;
}

/** Bytes that are few on any line. The containerd image store counts in steps of a MiB, so less can not be seen. */
const few = 2_000_000;
/** Milliseconds after which an image of which nothing is heard does not keep others: its registry may not answer at all. */
const shortestPatience = 1000;
/** The containerd image store says nothing before the first MiB of a layer: on a slow line that takes as long as a stall. */
const longestPatience = 90_000;
/** Milliseconds until what an image adds to the speed can be seen, and bytes per second below which a change of it can not be. */
const settling = 5000;
const slow = 2_000_000;

/** Once the registry has answered, an image is not heard of for as long as a slow line takes for a few bytes. */
const patience = ({answered}: PullUnderWay, {speed = 0, lookup}: Line): number =>
  answered
    ? Math.min(longestPatience, Math.max(shortestPatience, (few / Math.max(1, speed)) * 1000))
    : Math.max(shortestPatience, 2 * lookup);

/**
 * It has carried twice as much: registries limit single connections, and an image whose last layer is a big one has only that. Nothing is
 * lost then by beginning another.
 */
const isIdle = ({pulls, speed, best}: Line): boolean =>
  speed !== undefined && best >= slow && speed < best / 2 && pulls.every(({age}) => age >= settling);

export const mayBegin = (line: Line): boolean => {
  const active = line.pulls.filter(({pause}) => pause === 'no');
  if (active.length >= line.most) return false;
  const onLine = active.filter(pull => pull.left !== 0 && pull.silence < patience(pull, line));
  if (onLine.length === 0 || isIdle(line)) return true;
  const budget = Math.max(few, ((line.speed ?? 0) * line.lookup) / 1000);
  const left = onLine.reduce<number | undefined>(
    (sum, pull) => (sum === undefined || pull.left === undefined ? undefined : sum + pull.left),
    0,
  );
  return left !== undefined && left <= budget;
};

/** A registry that asked to wait is asked for nothing else meanwhile. */
export const nextToBegin = <Image extends {readonly registry: string}>(queue: readonly Image[], line: Line): Image | undefined => {
  if (!mayBegin(line)) return undefined;
  const resting = new Set(line.pulls.filter(({pause}) => pause === 'asked').map(({registry}) => registry));
  return queue.find(({registry}) => !resting.has(registry));
};
