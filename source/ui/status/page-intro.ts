/** The sentence above a page: how the service is now. Pure. */
import {formatDuration, formatMemory} from '../../display/format.ts';
import type {ServiceStatus} from '../../plan/service-status.ts';
import {printableLine} from '../../printable.ts';
import type {Figures} from '../theme.ts';
import {busyWords} from './actions.ts';
import {lineAt} from './log-buffer.ts';
import type {LogSurface} from './log-window.ts';
import type {StatusView} from './state.ts';

const parts = ({state, exitCode, health, startedAt, restarts, cpu, memory, memoryLimit}: ServiceStatus, now: number): readonly string[] => [
  state === 'exited' && exitCode !== undefined ? `exited (${exitCode})` : state,
  ...(health === undefined ? [] : [health]),
  ...(state === 'running' && startedAt !== undefined ? [`up ${formatDuration(now - startedAt)}`] : []),
  ...(restarts > 0 ? [`restarted ${restarts} ${restarts === 1 ? 'time' : 'times'}`] : []),
  ...(cpu === undefined ? [] : [`CPU ${cpu.toFixed(1)}%`]),
  ...(memory === undefined ? [] : [`${formatMemory(memory)}${memoryLimit === undefined ? '' : ` of ${formatMemory(memoryLimit)}`}`]),
];

/** `gateway: running, healthy, up 1d 02h, CPU 1.5%, 96 MiB of 256 MiB.` */
export const pageIntro = (name: string, service: ServiceStatus | undefined, busy: StatusView['busy'], now: number): string => {
  const word = busyWords(busy).get(name);
  const title = printableLine(name);
  if (!service) return `${title}: it is not there any more.`;
  return `${title}: ${[...(word === undefined ? [] : [word]), ...parts(service, now)].join(', ')}.`;
};

/** In the place of what is not known yet. */
export const waitingFor = (service: ServiceStatus | undefined, {ellipsis}: Figures): string => {
  if (!service) return 'Nothing of it is left. Esc leads back to the table.';
  return service.containerId ? `Asking the engine ${ellipsis}` : 'It has no container: u makes one from its overlay.';
};

/** Whether the log moves by itself, and where one is; the longest way to say it first. */
export const logPosition = (follows: boolean, {log}: Pick<LogSurface, 'log'>, last: number | undefined): readonly string[] => {
  if (log.lines.length === 0) return [];
  if (follows || last === undefined || lineAt(log, last) === undefined) return ['following'];
  const place = `line ${last - log.first + 1} of ${log.lines.length}`;
  return [`${place}; f follows`, place];
};
