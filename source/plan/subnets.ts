/** Arithmetic on IPv4 subnets. Pure. */

/** First and last address, as numbers. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

const numberOf = (address: string): number | undefined => {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address);
  const octets = match?.slice(1).map(Number) ?? [];
  if (octets.length !== 4 || octets.some(octet => octet > 255)) return undefined;
  return octets.reduce((sum, octet) => sum * 256 + octet, 0);
};

const addressOf = (value: number) => [24, 16, 8, 0].map(shift => Math.floor(value / 2 ** shift) % 256).join('.');

/** Of `172.30.0.0/24`; host bits are ignored. Undefined for anything else, IPv6 too. */
export const parseSubnet = (subnet: string): Range | undefined => {
  const [address = '', prefix = '', ...rest] = subnet.split('/');
  const value = numberOf(address);
  if (value === undefined || rest.length > 0 || !/^\d{1,2}$/.test(prefix) || Number(prefix) > 32) return undefined;
  const size = 2 ** (32 - Number(prefix));
  const first = Math.floor(value / size) * size;
  return {first, last: first + size - 1};
};

/** `172.30.0.0/24` of a range whose size is a power of two. */
export const formatSubnet = ({first, last}: Range): string => `${addressOf(first)}/${32 - Math.round(Math.log2(last - first + 1))}`;

/** False too when one of them is not an IPv4 subnet. */
export const overlaps = (one: string, other: string): boolean => {
  const a = parseSubnet(one);
  const b = parseSubnet(other);
  return a !== undefined && b !== undefined && a.first <= b.last && b.first <= a.last;
};

/** Private ranges in the order they are tried: RFC 1918, beginning with what networks at home and at work use least. */
const pools = ['172.16.0.0/12', '10.0.0.0/8', '192.168.0.0/16'];

/** First free subnet of a pool, jumping over whatever is in the way. */
const freeIn = (pool: Range, size: number, used: readonly Range[]): Range | undefined => {
  let first = Math.ceil(pool.first / size) * size;
  while (first + size - 1 <= pool.last) {
    const last = first + size - 1;
    const blocking = used.find(range => range.first <= last && first <= range.last);
    if (!blocking) return {first, last};
    first = Math.ceil((blocking.last + 1) / size) * size;
  }
  return undefined;
};

/** A private subnet of the same size that overlaps none of the used ones, beginning at the wanted one. Undefined when all are taken. */
export const proposeFree = (wanted: string, used: readonly string[]): string | undefined => {
  const range = parseSubnet(wanted);
  if (!range) return undefined;
  const taken = used.flatMap(subnet => parseSubnet(subnet) ?? []);
  const size = range.last - range.first + 1;
  const home = pools.flatMap(pool => parseSubnet(pool) ?? []);
  const nearby = home
    .filter(pool => pool.first <= range.first && range.last <= pool.last)
    .map(pool => ({first: range.first, last: pool.last}));
  for (const pool of [...nearby, ...home]) {
    const free = freeIn(pool, size, taken);
    if (free) return formatSubnet(free);
  }
  return undefined;
};
