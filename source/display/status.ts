/** The services as they run now, as text. Pure. */
import type {Drift, ServiceStatus, StatusSnapshot} from '../plan/service-status.ts';
import {printableLine} from '../printable.ts';
import {formatDuration, formatMemory, formatRate, formatSpeed} from './format.ts';
import {healthSentence, platformHealth} from './health-sentence.ts';
import {type Column, table} from './tables.ts';

const columns: readonly Column[] = [
  {title: 'SERVICE'},
  {title: 'STATE'},
  {title: 'HEALTH'},
  {title: 'UP', align: 'right'},
  {title: 'CPU', align: 'right'},
  {title: 'MEMORY', align: 'right'},
  {title: 'NET IN/OUT', align: 'right'},
  {title: 'DISK R/W', align: 'right'},
  {title: 'RESTARTS', align: 'right'},
  {title: 'OVERLAY'},
  {title: 'PORTS'},
  {title: 'URL'},
];

const none = '-';

const stateOf = ({state, exitCode}: ServiceStatus) => (state === 'exited' && exitCode !== undefined ? `exited (${exitCode})` : state);

const driftWords: Readonly<Record<Drift['kind'], string>> = {changed: 'differs', stray: 'in none', missing: 'missing'};

const rowOf = (service: ServiceStatus, at: number): readonly string[] => [
  service.name,
  stateOf(service),
  service.health ?? none,
  service.state === 'running' && service.startedAt !== undefined ? formatDuration(at - service.startedAt) : none,
  service.cpu === undefined ? none : `${service.cpu.toFixed(1)}%`,
  service.memory === undefined ? none : formatMemory(service.memory),
  service.rates ? `${formatRate(service.rates.received)}/${formatRate(service.rates.sent)}` : none,
  service.rates ? `${formatRate(service.rates.read)}/${formatRate(service.rates.written)}` : none,
  String(service.restarts),
  service.drift ? driftWords[service.drift.kind] : none,
  service.ports.join(', ') || none,
  service.url ?? none,
];

/** One row a service, in the order given; then how the whole is. */
export const statusLines = (snapshot: StatusSnapshot): readonly string[] => {
  const {services, at} = snapshot;
  const rows = table(
    columns,
    services.map(service => rowOf(service, at)),
  );
  return [...rows, healthSentence(snapshot, at)];
};

const driftSentences: Readonly<Record<Drift['kind'], (cause: string) => string>> = {
  changed: cause => `differs from its overlay (${cause})`,
  stray: () => 'in no overlay',
  missing: () => 'without a container',
};

/** A service as it is said: only what there is to say, and no columns. */
const sentenceOf = (service: ServiceStatus, at: number): string => {
  const {name, health, startedAt, state, cpu, cpuLimit, memory, memoryLimit, rates, restarts, url, drift} = service;
  const cpuOf = cpuLimit === undefined ? '' : ` of ${Math.round(cpuLimit)}`;
  const limit = memoryLimit === undefined ? '' : ` of ${formatMemory(memoryLimit)}`;
  const parts = [
    stateOf(service),
    ...(health === undefined ? [] : [health]),
    ...(state === 'running' && startedAt !== undefined ? [`up ${formatDuration(at - startedAt)}`] : []),
    ...(cpu === undefined ? [] : [`CPU ${cpu.toFixed(1)}${cpuOf} percent of a core`]),
    ...(memory === undefined ? [] : [`memory ${formatMemory(memory)}${limit}`]),
    ...(rates ? [`network ${formatSpeed(rates.received)} in and ${formatSpeed(rates.sent)} out`] : []),
    ...(rates ? [`disk ${formatSpeed(rates.read)} read and ${formatSpeed(rates.written)} written`] : []),
    ...(restarts > 0 ? [`restarted ${restarts} ${restarts === 1 ? 'time' : 'times'}`] : []),
    ...(drift ? [driftSentences[drift.kind](drift.cause)] : []),
    ...(url === undefined ? [] : [`at ${url}`]),
  ];
  return printableLine(`${name}: ${parts.join(', ')}.`);
};

const soundsLike = ({state, health, restarts, exitCode, drift}: ServiceStatus) =>
  [state, health, restarts, exitCode, drift?.kind, drift?.cause].join();

/** What is new since another look: services whose state changed, came or went. Figures that move all the time are no news. */
export const statusNews = (before: StatusSnapshot, after: StatusSnapshot): readonly string[] => {
  const known = new Map(before.services.map(service => [service.name, soundsLike(service)]));
  const there = new Set(after.services.map(({name}) => name));
  const changed = after.services.filter(service => known.get(service.name) !== soundsLike(service));
  const gone = before.services.filter(({name}) => !there.has(name));
  const answers =
    before.connected === after.connected ? [] : [after.connected ? 'The engine answers again.' : healthSentence(after, after.at)];
  return [
    ...answers,
    ...changed.map(service => sentenceOf(service, after.at)),
    ...gone.map(({name}) => `${printableLine(name)}: gone.`),
    ...(after.connected && platformHealth(before) !== platformHealth(after) ? [healthSentence(after, after.at)] : []),
  ];
};

/** How the whole is, and then a sentence a service: columns mean nothing to who hears them. */
export const statusSentences = (snapshot: StatusSnapshot): readonly string[] => {
  const {services, at} = snapshot;
  return [healthSentence(snapshot, at), ...services.map(service => sentenceOf(service, at))];
};
