/** What Linux says in `/proc` and `/etc/os-release`, as values. Pure; see proc(5), os-release(5). */
import type {Listener, UsedSubnet} from './facts.ts';

/** `KEY="value"` lines; values without their quotes. */
export const parseOsRelease = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split('\n').flatMap((line): [string, string][] => {
      const match = /^([A-Z0-9_]+)=(.*)$/.exec(line.trim());
      const [, key = '', value = ''] = match ?? [];
      return match ? [[key, value.replace(/^(["'])(.*)\1$/, '$2').replace(/\\(.)/g, '$1')]] : [];
    }),
  );

/** Bytes that could be had without swapping; undefined when it does not say. */
export const parseMemAvailable = (text: string): number | undefined => {
  const kibibytes = /^MemAvailable:\s+(\d+) kB$/m.exec(text)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
};

/** Little-endian words of four bytes, as the kernel of every architecture Docker runs on prints them. */
const bytesOf = (hex: string): readonly number[] =>
  (hex.match(/.{8}/g) ?? []).flatMap(word => (word.match(/../g) ?? []).toReversed().map(byte => Number.parseInt(byte, 16)));

const ipv6Of = (bytes: readonly number[]) => {
  const groups = Array.from({length: 8}, (_, index) => (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
};

const addressOf = (hex: string): string => {
  const bytes = bytesOf(hex);
  if (bytes.length === 4) return bytes.join('.');
  const mapped = bytes.slice(0, 10).every(byte => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  return mapped ? bytes.slice(12).join('.') : ipv6Of(bytes);
};

export interface ListeningSocket extends Omit<Listener, 'process'> {
  /** By which `/proc/PID/fd` finds its process. */
  readonly inode: string;
}

/** States in `/proc/net`: a listening TCP socket, a bound UDP socket without a peer. */
const listening = {tcp: '0A', udp: '07'};

/** Sockets of `/proc/net/tcp`, `tcp6`, `udp` or `udp6` that wait for callers. */
export const parseSockets = (text: string, protocol: Listener['protocol']): readonly ListeningSocket[] =>
  text
    .split('\n')
    .slice(1)
    .flatMap(line => {
      const fields = line.trim().split(/\s+/);
      const [address = '', port = ''] = (fields[1] ?? '').split(':');
      if (fields[3] !== listening[protocol] || port === '') return [];
      return [{address: addressOf(address), port: Number.parseInt(port, 16), protocol, inode: fields[9] ?? ''}];
    });

/** Slices, then the unit; what is below belongs to the unit, as another systemd in a container does. Units of users are not the system's. */
const unitPath = /^(?!\/user\.slice\/)(?:\/[^/]+\.slice)*\/([\w:.@\\-]+\.service)(?:\/|$)/;

/** Unit of systemd that a process belongs to, from its `cgroup` (cgroups(7)); undefined without one. */
export const parseUnit = (text: string): string | undefined => {
  const lines = text.split('\n');
  // Where there are both, Docker leaves its containers' processes where its own service is in cgroup v2.
  const own = lines.find(line => /^\d+:name=systemd:/.test(line)) ?? lines.find(line => line.startsWith('0::'));
  return own && unitPath.exec(own.replace(/^\d+:[^:]*:/, ''))?.[1];
};

const prefixOf = (mask: readonly number[]) =>
  mask.map(byte => byte.toString(2).replaceAll('0', '').length).reduce((sum, ones) => sum + ones, 0);

/** Routes of `/proc/net/route` but the default route and those of the loopback. */
export const parseRoutes = (text: string): readonly UsedSubnet[] =>
  text
    .split('\n')
    .slice(1)
    .flatMap(line => {
      const fields = line.trim().split(/\s+/);
      const [via = '', destination = '', , , , , , mask = ''] = fields;
      const prefix = prefixOf(bytesOf(mask));
      if (fields.length < 8 || prefix === 0 || via === 'lo') return [];
      return [{subnet: `${bytesOf(destination).join('.')}/${prefix}`, via}];
    });
