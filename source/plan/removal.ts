/** What runs and is not selected: left alone, or, when the operator asked for it, removed. Pure. */
import type {Catalog} from '../catalog/catalog.ts';
import {titleOf} from './instances.ts';
import type {ServiceModel} from './model.ts';
import type {Observed, ObservedContainer} from './observed.ts';
import type {Op, Plan, Removal, RemovedService, Step} from './plan.ts';
import type {Selection} from './selection.ts';

export interface RemovalInput {
  readonly catalog: Catalog;
  readonly selection: Selection;
  readonly services: readonly ServiceModel[];
  readonly observed: Observed;
  /** Networks of the selection, as the engine names them. */
  readonly networks: readonly string[];
  /** What the operator asked for: all of it, or those services that were asked about. */
  readonly remove: boolean | readonly string[];
}

/** Id under which the displays show what is removed, beside the phases of the plan. */
export const removalPhase = 'removal';

/** Titles of everything that is shown as a phase. */
export const phaseTitles = ({phases}: Pick<Plan, 'phases'>): ReadonlyMap<string, string> =>
  new Map([...phases.map(({id, title}) => [id, title] as const), [removalPhase, 'Removal']]);

export const noRemoval: Removal = {services: [], networks: []};

/** Containers of services that are not selected. */
export const leftContainers = ({
  services,
  observed,
}: Pick<RemovalInput, 'services'> & {readonly observed: Pick<Observed, 'engine'>}): readonly ObservedContainer[] => {
  const names = new Set(services.map(({name}) => name));
  return (observed.engine?.containers ?? []).filter(container => !names.has(container.service));
};

/** Of one that is not selected: the operator asked for its removal. What the wizard did not set up is never removed. */
export const isAsked = ({component, service}: Pick<ObservedContainer, 'component' | 'service'>, remove: RemovalInput['remove']): boolean =>
  component !== undefined && (remove === true || (remove !== false && remove.includes(service)));

const merged = (containers: readonly ObservedContainer[]): readonly ObservedContainer[] => {
  const byService = new Map<string, ObservedContainer>();
  for (const container of containers) {
    const before = byService.get(container.service);
    const volumes = [...new Set([...(before?.volumes ?? []), ...container.volumes])].sort();
    byService.set(container.service, {...container, volumes});
  }
  return [...byService.values()];
};

/** One a service, dependents first: nothing loses what it needs while it still runs. A circle is cut where it closes. */
export const dependentsFirst = (all: readonly ObservedContainer[]): readonly ObservedContainer[] => {
  const containers = merged(all);
  const sorted = new Set<ObservedContainer>();
  const visiting = new Set<string>();
  const visit = (container: ObservedContainer): void => {
    if (visiting.has(container.service)) return;
    visiting.add(container.service);
    for (const other of containers) if (other.dependsOn.includes(container.service)) visit(other);
    sorted.add(container);
  };
  for (const container of containers) visit(container);
  return [...sorted];
};

/**
 * A component that is still selected comes in another variant: its new services answer to the same names on the network.
 * A port can be published once. All else stays until what was selected is healthy, so that nothing misses it meanwhile.
 */
const isInTheWay = ({component, publishedPorts}: ObservedContainer, {selection, services}: RemovalInput): boolean =>
  selection.components.some(({id}) => id === component) ||
  services.some(({ports}) => ports.some(({port}) => publishedPorts.includes(port)));

/** Removed first, together with whatever needs them. */
const firstOnes = (containers: readonly ObservedContainer[], input: RemovalInput): ReadonlySet<string> => {
  const first = new Set(containers.filter(container => isInTheWay(container, input)).map(({service}) => service));
  // Dependents come before what they need, so one pass from the end reaches all of them.
  for (const {service, dependsOn} of containers.toReversed()) if (dependsOn.some(needed => first.has(needed))) first.add(service);
  return first;
};

const removedServices = (input: RemovalInput): readonly RemovedService[] => {
  const containers = dependentsFirst(leftContainers(input).filter(container => isAsked(container, input.remove)));
  const first = firstOnes(containers, input);
  return containers.map(({service, component = '', volumes}) => ({service, component, volumes, first: first.has(service)}));
};

/** Networks that the wizard made for this project and that nothing of the selection uses. */
const unusedNetworks = ({catalog, selection, observed, networks}: RemovalInput): readonly string[] => {
  const own = catalog.platform.networks.map(({id}) => `${selection.project}_${id}`);
  return (observed.engine?.networks ?? [])
    .filter(({name, project}) => project === selection.project && own.includes(name) && !networks.includes(name))
    .map(({name}) => name);
};

export const removalOf = (input: RemovalInput): Removal =>
  input.remove !== false ? {services: removedServices(input), networks: unusedNetworks(input)} : noRemoval;

const step = (op: Op, resource: string, cause: string): Step => ({id: `${op}/${resource}`, op, resource, cause, dependsOn: []});

/** What becomes of the data. */
const keptData = (volumes: readonly string[]): string =>
  volumes.length === 0
    ? 'has no data of its own'
    : `keeps the ${volumes.length === 1 ? 'volume' : 'volumes'} ${volumes.join(', ')}; docker volume rm ${volumes.join(' ')} deletes ${volumes.length === 1 ? 'it' : 'them'}`;

const removalCause = ({component, volumes}: RemovedService, {catalog, selection}: RemovalInput): string => {
  const title = titleOf(catalog, component);
  const stays = selection.components.some(({id}) => id === component);
  return `${stays ? `no longer part of ${title}` : `${title} is not selected any more`}; ${keptData(volumes)}`;
};

const leaveCause = ({component}: ObservedContainer): string =>
  component === undefined
    ? 'not set up by infra-wizard; left alone'
    : 'runs, but is not selected; nothing is removed unasked, --remove asks for it';

/** One step for each service or network that is left over: what comes before all phases, and what comes after them. */
export const leftoverSteps = (
  removal: Removal,
  input: RemovalInput,
): {readonly before: readonly Step[]; readonly after: readonly Step[]} => {
  const removed = new Set(removal.services.map(({service}) => service));
  const stay = merged(leftContainers(input)).filter(({service}) => !removed.has(service));
  const steps = (first: boolean) =>
    removal.services
      .filter(service => service.first === first)
      .map(service => step('remove', service.service, removalCause(service, input)));
  return {
    before: steps(true),
    after: [
      ...stay.map(container => step('leave', container.service, leaveCause(container))),
      ...steps(false),
      ...removal.networks.map(network => step('remove', network, 'a network that nothing selected uses')),
    ],
  };
};
