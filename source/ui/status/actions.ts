/** What can be done to a service, and what speaks against it. Pure. */
import type {ServiceStatus} from '../../plan/service-status.ts';
import type {SelectOption} from '../components/select/select.tsx';

/** Those that change something are asked about first, but for a start, which takes nothing away. */
export const confirmed = ['restart', 'stop', 'apply'] as const;
export type ConfirmedVerb = (typeof confirmed)[number];
export type Verb = ConfirmedVerb | 'start' | 'shell' | 'open' | 'save';

export const isConfirmed = (verb: Verb): verb is ConfirmedVerb => confirmed.some(one => one === verb);

/** What is under way, with the newest word about it. */
export interface Busy {
  readonly service: string;
  readonly verb: Verb;
  readonly said: string;
}

/** In the row of the service, and in sentences. */
export const doing: Readonly<Record<Verb, string>> = {
  restart: 'restarting',
  stop: 'stopping',
  start: 'starting',
  apply: 'applying',
  shell: 'in a shell',
  open: 'opening',
  save: 'saving',
};

/** Rows whose service is being changed, with the word for it. */
export const busyWords = (busy: readonly Busy[]): ReadonlyMap<string, string> =>
  new Map(busy.filter(({verb}) => isConfirmed(verb) || verb === 'start').map(({service, verb}) => [service, doing[verb]]));

/** Processes are there that can be ended. */
const runs = ({state}: ServiceStatus) => state === 'running' || state === 'restarting' || state === 'paused';

const paused = ({name}: ServiceStatus) => `${name} is paused: docker unpause lets it go on, r starts it anew.`;

const against: Readonly<Record<Verb, (service: ServiceStatus) => string | undefined>> = {
  restart: () => undefined,
  stop: service => (runs(service) ? undefined : `${service.name} does not run: there is nothing to stop.`),
  apply: ({name, drift}) => (drift?.kind === 'stray' ? `${name} is in no overlay: there is nothing to apply.` : undefined),
  start: service => {
    if (service.state === 'paused') return paused(service);
    return runs(service) ? `${service.name} runs already.` : undefined;
  },
  shell: service => {
    if (service.state === 'paused') return paused(service);
    return service.state === 'running' ? undefined : `${service.name} does not run: S starts it.`;
  },
  open: service => (service.url === undefined ? `${service.name} has no address of its own.` : undefined),
  save: () => undefined,
};

const needsContainer: readonly Verb[] = ['restart', 'start', 'shell', 'save'];

/** Why it can not be done now; undefined when it can. */
export const refusal = (verb: Verb, service: ServiceStatus | undefined, busy: readonly Busy[]): string | undefined => {
  if (!service) return 'No service is chosen.';
  const other = busy.find(one => one.service === service.name && one.verb !== 'open');
  if (other && verb !== 'open') return `Wait for it: ${service.name} is ${doing[other.verb]}.`;
  if (needsContainer.includes(verb) && !service.containerId) return `${service.name} has no container: u makes one from its overlay.`;
  return against[verb](service);
};

const leave: SelectOption = {value: 'no', label: 'No, leave it alone'};

/** The first answer is no. */
export const confirmOptions: Readonly<Record<ConfirmedVerb, readonly SelectOption[]>> = {
  restart: [leave, {value: 'yes', label: 'Restart it now; what uses it is cut off for a moment'}],
  stop: [leave, {value: 'yes', label: 'Stop it; it stays stopped until somebody starts it'}],
  apply: [leave, {value: 'yes', label: 'Apply it; compose makes it anew if it differs'}],
};

export const question = (verb: ConfirmedVerb, service: string): string =>
  ({restart: `Restart ${service}?`, stop: `Stop ${service}?`, apply: `Apply the overlay of ${service} again?`})[verb];

const mostNamed = 4;

/** Who feels it. `undefined`: nobody has said yet. */
export const meaning = (dependents: readonly string[] | 'unknown' | undefined): string => {
  if (dependents === undefined) return 'Looking for what depends on it.';
  if (dependents === 'unknown') return 'What depends on it could not be found out.';
  if (dependents.length === 0) return 'Nothing that runs depends on it.';
  const named = dependents.slice(0, mostNamed).join(', ');
  const more = dependents.length > mostNamed ? ` and ${dependents.length - mostNamed} more` : '';
  return `${named}${more} ${dependents.length === 1 ? 'depends' : 'depend'} on it and ${dependents.length === 1 ? 'runs' : 'run'} now.`;
};
