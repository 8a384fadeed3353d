/** Which addresses exclude each other, and which ports are free. Pure. */

/** An address with its port; no address: all of both families. */
export interface Place {
  readonly address: string | undefined;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

interface Reach {
  readonly families: readonly ('v4' | 'v6')[];
  /** All addresses of its families. */
  readonly every: boolean;
}

/** `bothOnColons`: a program that listens on `::` usually takes IPv4 as well, while Docker opens one socket a family. */
const reachOf = (address: string | undefined, bothOnColons: boolean): Reach => {
  if (address === undefined || address === '') return {families: ['v4', 'v6'], every: true};
  if (address === '0.0.0.0') return {families: ['v4'], every: true};
  if (address === '::') return {families: bothOnColons ? ['v4', 'v6'] : ['v6'], every: true};
  return {families: [address.includes(':') ? 'v6' : 'v4'], every: false};
};

const excludes = (one: Place, other: Place, bothOnColons: boolean): boolean => {
  if (one.port !== other.port || one.protocol !== other.protocol) return false;
  const [mine, theirs] = [reachOf(one.address, false), reachOf(other.address, bothOnColons)];
  const share = mine.families.some(family => theirs.families.includes(family));
  return share && (mine.every || theirs.every || one.address === other.address);
};

/** Docker could not publish there, since a program listens. */
export const clashesWithListener = (wanted: Place, listener: Place): boolean => excludes(wanted, listener, true);

/** Docker could not publish there, since it publishes the same already. */
export const clashesWithPublished = (wanted: Place, published: Place): boolean => excludes(wanted, published, false);

/** Well-known ports have well-known stand-ins: 8080 for 80, 8443 for 443. */
const firstCandidate = (port: number) => (port < 1000 ? 8000 + port : port + 1);

/** The next port nobody has on any address; undefined when there is none above. */
export const proposePort = ({port, protocol}: Place, used: readonly Place[]): number | undefined => {
  const taken = new Set(used.filter(place => place.protocol === protocol).map(place => place.port));
  for (let candidate = firstCandidate(port); candidate <= 65_535; candidate += 1) {
    if (!taken.has(candidate)) return candidate;
  }
  return undefined;
};
