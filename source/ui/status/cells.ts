/** The cells of the table of services. Pure. */

import {formatDuration, formatMemory, formatRate} from '../../display/format.ts';
import {conditionOf} from '../../display/health-sentence.ts';
import type {Drift, ServiceStatus} from '../../plan/service-status.ts';
import {printableLine} from '../../printable.ts';
import type {Figures, Tone} from '../theme.ts';
import {sparkline} from './sparkline.ts';

export interface TableView {
  readonly width: number;
  readonly figures: Figures;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** By name, what is being done to a service. */
  readonly busy: ReadonlyMap<string, string>;
  /** Limits are left out: there are not enough columns for them. */
  readonly brief: boolean;
}

export interface Cell {
  readonly text: string;
  readonly tone: Tone;
}

export const cell = (text: string, tone: Tone = 'plain'): Cell => ({text, tone});

const none = cell('-', 'muted');

const stateTones: Readonly<Record<ServiceStatus['state'], Tone>> = {
  created: 'muted',
  running: 'good',
  paused: 'warning',
  restarting: 'warning',
  removing: 'warning',
  exited: 'bad',
  dead: 'bad',
  missing: 'bad',
};

export const stateCell = (service: ServiceStatus, {busy}: TableView): Cell => {
  const {name, state, exitCode} = service;
  const doing = busy.get(name);
  if (doing !== undefined) return cell(doing, 'warning');
  if (state === 'exited' && conditionOf(service) === 'well') return cell('finished', 'muted');
  return state === 'exited' ? cell(`exited (${exitCode ?? '?'})`, 'bad') : cell(state, stateTones[state]);
};

const healthTones = {starting: 'warning', healthy: 'good', unhealthy: 'bad'} as const;

export const healthCell = ({health}: ServiceStatus): Cell => (health ? cell(health, healthTones[health]) : none);

const driftWords: Readonly<Record<Drift['kind'], string>> = {changed: 'differs', stray: 'in none', missing: ''};

export const driftCell = ({drift}: ServiceStatus): Cell => cell(drift ? driftWords[drift.kind] : '', 'warning');

export const restartsCell = ({restarts}: ServiceStatus): Cell => cell(restarts > 0 ? String(restarts) : '', 'warning');

export const uptimeCell = ({state, startedAt}: ServiceStatus, {now}: TableView): Cell =>
  state === 'running' && startedAt !== undefined ? cell(formatDuration(now - startedAt)) : none;

/** From this part of its limit on a service is slowed down, or close to being killed. */
const tight = 0.9;

/** All of one core, where no limit is set. */
const oneCore = 100;

const cpuTone = ({cpu = 0, cpuLimit = oneCore}: ServiceStatus): Tone => (cpu >= cpuLimit * tight ? 'warning' : 'plain');

export const cpuCell = (service: ServiceStatus, {brief}: TableView): Cell => {
  const {cpu, cpuLimit} = service;
  if (cpu === undefined) return none;
  return cell(`${cpu.toFixed(1)}%${cpuLimit === undefined || brief ? '' : ` of ${Math.round(cpuLimit)}%`}`, cpuTone(service));
};

const memoryTone = ({memory = 0, memoryLimit}: ServiceStatus): Tone =>
  memoryLimit !== undefined && memory >= memoryLimit * tight ? 'warning' : 'plain';

export const memoryCell = (service: ServiceStatus, {brief}: TableView): Cell => {
  const {memory, memoryLimit} = service;
  if (memory === undefined) return none;
  const used = memoryLimit === undefined || brief ? '' : ` of ${formatMemory(memoryLimit)}`;
  return cell(formatMemory(memory) + used, memoryTone(service));
};

/** Cells of a sparkline. */
export const sparkWidth = 10;

const quiet = (tone: Tone): Tone => (tone === 'plain' ? 'accent' : tone);

export const cpuSparkCell = (service: ServiceStatus, {figures}: TableView): Cell => {
  const values = service.history?.cpu ?? [];
  if (values.length === 0) return cell('');
  const full = service.cpuLimit ?? Math.max(oneCore, ...values);
  return cell(sparkline(values, full, sparkWidth, figures), quiet(cpuTone(service)));
};

/** Without a limit the most it used lately is the highest block. */
export const memorySparkCell = (service: ServiceStatus, {figures}: TableView): Cell => {
  const values = service.history?.memory ?? [];
  if (values.length === 0) return cell('');
  return cell(sparkline(values, service.memoryLimit ?? Math.max(...values), sparkWidth, figures), quiet(memoryTone(service)));
};

const pair = (one: number, other: number): Cell => cell(`${formatRate(one)}/${formatRate(other)}`, one + other >= 1 ? 'plain' : 'muted');

export const networkCell = ({rates}: ServiceStatus): Cell => (rates ? pair(rates.received, rates.sent) : none);
export const diskCell = ({rates}: ServiceStatus): Cell => (rates ? pair(rates.read, rates.written) : none);

/** `0.0.0.0:443->443/tcp` and its IPv6 twin are one port to a person: `443`. A bound address is kept. */
export const shortPort = (port: string): string => {
  const [, address = '', published = '', target = '', protocol = 'tcp'] = /^(.*):(\d+)->(\d+)\/(\w+)$/.exec(port) ?? [];
  if (published === '') return port;
  const everywhere = ['0.0.0.0', '::', '[::]'].includes(address);
  return `${everywhere ? '' : `${address}:`}${published}${published === target ? '' : `->${target}`}${protocol === 'tcp' ? '' : `/${protocol}`}`;
};

export const portsCell = ({ports}: ServiceStatus): Cell => cell([...new Set(ports.map(shortPort))].join(' '));

export const urlCell = ({url}: ServiceStatus): Cell => cell(printableLine(url ?? ''), 'accent');

/** `registry.example/team/shop:1.0@sha256:…` is `shop:1.0`. */
const shortImage = (image: string): string => (image.split('/').at(-1) ?? image).replace(/(.)@sha256:[0-9a-f]+$/, '$1');

export const imageCell = ({image}: ServiceStatus): Cell => cell(printableLine(shortImage(image)), 'muted');
