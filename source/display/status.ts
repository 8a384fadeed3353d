/** The services as they run now, as text. Pure. */
import type {ServiceStatus, StatusSnapshot} from '../plan/service-status.ts';
import {printableLine} from '../printable.ts';
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
  if (services.length === 0) return [connected ? `Nothing of ${printableLine(project)} runs here.` : 'The engine cannot be reached.'];
  const rows = table(
    columns,
    services.map(service => rowOf(service, at)),
  );
  return connected ? rows : [...rows, 'The engine cannot be reached: these are the last known states.'];
};

/** A service as it is said: only what there is to say, and no columns. */
const sentenceOf = (service: ServiceStatus, at: number): string => {
  const {name, health, startedAt, state, cpu, memory, memoryLimit, restarts, url} = service;
  const limit = memoryLimit === undefined ? '' : ` of ${formatMemory(memoryLimit)}`;
  const parts = [
    stateOf(service),
    ...(health === undefined ? [] : [health]),
    ...(state === 'running' && startedAt !== undefined ? [`up ${formatDuration(at - startedAt)}`] : []),
    ...(cpu === undefined ? [] : [`CPU ${cpu.toFixed(1)} percent of a core`]),
    ...(memory === undefined ? [] : [`memory ${formatMemory(memory)}${limit}`]),
    ...(restarts > 0 ? [`restarted ${restarts} ${restarts === 1 ? 'time' : 'times'}`] : []),
    ...(url === undefined ? [] : [`at ${url}`]),
  ];
  return printableLine(`${name}: ${parts.join(', ')}.`);
};

const soundsLike = ({state, health, restarts, exitCode}: ServiceStatus) => [state, health, restarts, exitCode].join();

/** What is new since another look: services whose state changed, came or went. Figures that move all the time are no news. */
export const statusNews = (before: StatusSnapshot, after: StatusSnapshot): readonly string[] => {
  const known = new Map(before.services.map(service => [service.name, soundsLike(service)]));
  const there = new Set(after.services.map(({name}) => name));
  return [
    ...(before.connected === after.connected ? [] : [after.connected ? 'The engine answers again.' : 'The engine cannot be reached.']),
    ...after.services.filter(service => known.get(service.name) !== soundsLike(service)).map(service => sentenceOf(service, after.at)),
    ...before.services.filter(({name}) => !there.has(name)).map(({name}) => `${printableLine(name)}: gone.`),
  ];
};

/** The same, one sentence a service: columns mean nothing to who hears them. */
export const statusSentences = (snapshot: StatusSnapshot): readonly string[] => {
  const {services, at, connected} = snapshot;
  if (services.length === 0) return statusLines(snapshot);
  const lost = connected ? [] : ['The engine cannot be reached: these are the last known states.'];
  return [...lost, ...services.map(service => sentenceOf(service, at))];
};
