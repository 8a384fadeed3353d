/** What a plan leads to, in words: as `plan` prints them and the review shows them. Pure. */
import type {Consequences, Download, MemoryUse, OpenPort} from '../plan/consequences.ts';
import {printableLine} from '../printable.ts';
import {formatBytes, formatMemory} from './format.ts';

export const counted = (amount: number, one: string): string => `${amount} ${one}${amount === 1 ? '' : 's'}`;

export const portText = ({port, protocol, unfixed}: OpenPort): string =>
  unfixed ? `free port for ${port}/${protocol}` : `${port}/${protocol}`;

const everywhere: ReadonlySet<string | undefined> = new Set([undefined, '', '0.0.0.0', '::']);

const isLoopback = (address: string | undefined): boolean => address !== undefined && (address === '::1' || address.startsWith('127.'));

/** Who can reach it. */
export const audienceOf = ({address}: Pick<OpenPort, 'address'>): string => {
  if (everywhere.has(address)) return 'from everywhere';
  return isLoopback(address) ? 'loopback only' : `at ${address} only`;
};

/** What the host's own firewall has to say about the ports, and what to do. */
export const firewallTexts = ({ports, hostNetwork, aroundFirewall}: Consequences): readonly string[] => {
  const around =
    'Docker lets published ports through before ufw or firewalld is asked: closing them there has no effect. To limit who reaches them, use ' +
    "rules in the chain DOCKER-USER, or your provider's firewall.";
  const asked = 'Docker runs without root rights here, so the rules of ufw and firewalld hold for these ports.';
  return [
    ...(ports.length === 0 && hostNetwork.length === 0 ? ['Nothing is opened: no service publishes a port of this host.'] : []),
    ...(ports.some(({address}) => !isLoopback(address)) ? [aroundFirewall ? around : asked] : []),
  ];
};

export const hostNetworkText = (service: string): string =>
  `${service} shares the network of this host: whatever it listens on is open, as far as the host's own firewall lets it.`;

/** Images share layers, and sizes are those of another processor or version: never more than about. */
export const downloadText = (images: readonly Download[]): string => {
  if (images.length === 0) return 'Nothing to download: every image is here.';
  const known = images.filter(({size}) => size !== undefined);
  const unknown = images.length - known.length;
  if (known.length === 0) return `${counted(unknown, 'image')} to download, of unknown size.`;
  const bytes = known.reduce((sum, {size = 0}) => sum + size, 0);
  return `About ${formatBytes(bytes)} to download${unknown > 0 ? ` (${counted(unknown, 'image')} of unknown size not counted)` : ''}.`;
};

export const imageSizeText = ({size}: Download): string => (size === undefined ? 'size unknown' : `about ${formatBytes(size)}`);

export const memoryText = ({limit, unlimited, host}: MemoryUse): string => {
  const without = unlimited > 0 ? ` ${counted(unlimited, 'service')} without a limit ${unlimited === 1 ? 'comes' : 'come'} on top.` : '';
  if (limit === 0) return `No service has a memory limit.${host === undefined ? '' : ` This host has ${formatMemory(host)}.`}`;
  const sum = `Services may use up to ${formatMemory(limit)} of memory`;
  if (host === undefined) return `${sum}.${without}`;
  const has = limit > host ? `, more than the ${formatMemory(host)} of this host` : `; this host has ${formatMemory(host)}`;
  return `${sum}${has}.${without}`;
};

/** Cells in columns as wide as their widest; the last one ends where it ends. */
const aligned = (rows: readonly (readonly string[])[]): readonly string[] => {
  const clean = rows.map(cells => cells.map(printableLine));
  const width = (column: number) => Math.max(0, ...clean.map(cells => cells[column]?.length ?? 0));
  return clean.map(cells => `  ${cells.map((cell, column) => cell.padEnd(width(column))).join('  ')}`.trimEnd());
};

/** Lines without colour or control characters; headings start at the first column. */
export const consequenceLines = (consequences: Consequences): readonly string[] => [
  'Open ports',
  ...aligned(consequences.ports.map(port => [portText(port), audienceOf(port), port.service])),
  ...consequences.hostNetwork.map(({service}) => `  ${hostNetworkText(printableLine(service))}`),
  ...firewallTexts(consequences).map(text => `  ${text}`),
  ...(consequences.links.length > 0
    ? ['Addresses', ...aligned(consequences.links.map(({title, url, login}) => [title, url, login ?? '']))]
    : []),
  'Download and memory',
  `  ${downloadText(consequences.download)}`,
  `  ${memoryText(consequences.memory)}`,
];
