/** The services as they run now, as text. Pure. */
import type {ServiceStatus, StatusSnapshot} from '../plan/service-status.ts';
import {formatDuration, formatMemory} from './format.ts';
import {type Column, table} from './tables.ts';

const columns: readonly Column[] = [
  {title: 'SERVICE'},
  {title: 'STATE'},
  {title: 'HEALTH'},
  {title: 'UP', align: 'right'},
  {title: 'CPU', align: 'right'},
  {title: 'MEMORY', align: 'right'},
  {title: 'RESTARTS', align: 'right'},
  {title: 'PORTS'},
  {title: 'URL'},
];

const none = '-';

const stateOf = ({state, exitCode}: ServiceStatus) => (state === 'exited' && exitCode !== undefined ? `exited (${exitCode})` : state);

const rowOf = (service: ServiceStatus, at: number): readonly string[] => [
  service.name,
  stateOf(service),
  service.health ?? none,
  service.state === 'running' && service.startedAt !== undefined ? formatDuration(at - service.startedAt) : none,
  service.cpu === undefined ? none : `${service.cpu.toFixed(1)}%`,
  service.memory === undefined ? none : formatMemory(service.memory),
  String(service.restarts),
  service.ports.join(', ') || none,
  service.url ?? none,
];

/** One row a service, in the order given. */
export const statusLines = ({services, at, connected, project}: StatusSnapshot): readonly string[] => {
  if (services.length === 0) return [connected ? `Nothing of ${project} runs here.` : 'The engine cannot be reached.'];
  const rows = table(
    columns,
    services.map(service => rowOf(service, at)),
  );
  return connected ? rows : [...rows, 'The engine cannot be reached: these are the last known states.'];
};
