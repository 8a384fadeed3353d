/** The columns of the table of services. Pure. */
import {formatDuration, formatMemory} from '../../display/format.ts';
import type {ServiceStatus} from '../../plan/service-status.ts';
import {printableLine} from '../../printable.ts';
import type {Figures, Tone} from '../theme.ts';

export interface TableView {
  readonly width: number;
  readonly figures: Figures;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly selected: string | undefined;
  /** By name, what is being done to a service. */
  readonly busy: ReadonlyMap<string, string>;
  /** Limits are left out: there are not enough columns for them. */
  readonly brief: boolean;
}

interface Cell {
  readonly text: string;
  readonly tone: Tone;
}

export interface Column {
  readonly title: string;
  /** Columns it takes at least and at most; what its cells need decides between them. */
  readonly min: number;
  readonly max: number;
  readonly right?: boolean;
  /** Where there is no room for all, those with the highest number go first. */
  readonly rank: number;
  readonly cell: (service: ServiceStatus, view: TableView) => Cell;
}

const cell = (text: string, tone: Tone = 'plain'): Cell => ({text, tone});

const stateTones: Readonly<Record<ServiceStatus['state'], Tone>> = {
  created: 'muted',
  running: 'good',
  paused: 'warning',
  restarting: 'warning',
  removing: 'warning',
  exited: 'bad',
  dead: 'bad',
};

const stateCell = ({name, state, isJob, exitCode}: ServiceStatus, {busy}: TableView): Cell => {
  const doing = busy.get(name);
  if (doing !== undefined) return cell(doing, 'warning');
  if (state === 'exited' && isJob && exitCode === 0) return cell('finished', 'muted');
  return state === 'exited' ? cell(`exited (${exitCode ?? '?'})`, 'bad') : cell(state, stateTones[state]);
};

const healthTones = {starting: 'warning', healthy: 'good', unhealthy: 'bad'} as const;

const healthCell = ({health}: ServiceStatus): Cell => (health ? cell(health, healthTones[health]) : cell('-', 'muted'));

const uptimeCell = ({state, startedAt, restarts}: ServiceStatus, {now}: TableView): Cell => {
  if (state !== 'running' || startedAt === undefined) return cell('-', 'muted');
  const again = restarts > 0 ? ` (${restarts}x)` : '';
  return cell(formatDuration(now - startedAt) + again, restarts > 0 ? 'warning' : 'plain');
};

const cpuCell = ({cpu}: ServiceStatus): Cell =>
  cpu === undefined ? cell('-', 'muted') : cell(`${cpu.toFixed(1)}%`, cpu >= 90 ? 'warning' : 'plain');

/** From this part of its limit on a service is close to being killed. */
const tight = 0.9;

const memoryCell = ({memory, memoryLimit}: ServiceStatus, {brief}: TableView): Cell => {
  if (memory === undefined) return cell('-', 'muted');
  if (memoryLimit === undefined) return cell(formatMemory(memory));
  const used = brief ? formatMemory(memory) : `${formatMemory(memory)} of ${formatMemory(memoryLimit)}`;
  return cell(used, memory >= memoryLimit * tight ? 'warning' : 'plain');
};

/** `0.0.0.0:443->443/tcp` and its IPv6 twin are one port to a person: `443`. A bound address is kept. */
export const shortPort = (port: string): string => {
  const [, address = '', published = '', target = '', protocol = 'tcp'] = /^(.*):(\d+)->(\d+)\/(\w+)$/.exec(port) ?? [];
  if (published === '') return port;
  const everywhere = ['0.0.0.0', '::', '[::]'].includes(address);
  return `${everywhere ? '' : `${address}:`}${published}${published === target ? '' : `->${target}`}${protocol === 'tcp' ? '' : `/${protocol}`}`;
};

const portsCell = ({ports}: ServiceStatus): Cell => cell([...new Set(ports.map(shortPort))].join(' '));

export const columns: readonly Column[] = [
  {title: 'Service', min: 12, max: 36, rank: 0, cell: ({name}) => cell(printableLine(name))},
  {title: 'State', min: 10, max: 12, rank: 1, cell: stateCell},
  {title: 'Health', min: 9, max: 9, rank: 2, cell: healthCell},
  {title: 'Uptime', min: 7, max: 14, right: true, rank: 3, cell: uptimeCell},
  {title: 'CPU', min: 6, max: 7, right: true, rank: 4, cell: cpuCell},
  {title: 'Memory', min: 8, max: 22, right: true, rank: 5, cell: memoryCell},
  {title: 'Ports', min: 5, max: 28, rank: 6, cell: portsCell},
  {title: 'URL', min: 16, max: 60, rank: 7, cell: ({url}) => cell(printableLine(url ?? ''), 'accent')},
];
