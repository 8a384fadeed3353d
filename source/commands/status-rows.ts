/** Containers, what they use, and what should run -> the rows of the status. Pure. */
import type {ContainerDetails} from '../engine/engine.ts';
import type {Usage} from '../engine/usage.ts';
import {type DriftFacts, driftCause} from '../plan/drift.ts';
import type {ServiceModel} from '../plan/model.ts';
import {labels} from '../plan/overlay.ts';
import type {Drift, History, PhaseName, ServiceStatus, StatusSnapshot} from '../plan/service-status.ts';

/** What the workspace says should run. */
export interface Expected {
  readonly services: readonly ServiceModel[];
  readonly facts: DriftFacts;
}

export interface RowsInput {
  readonly containers: readonly ContainerDetails[];
  /** Undefined while it is not known. */
  readonly expected: Expected | undefined;
  /** By container. */
  readonly used: (id: string) => (Usage & {readonly history: History}) | undefined;
  /** Since when a container is unhealthy, as far as it was seen. */
  readonly unhealthySince: (id: string) => number | undefined;
  readonly urls: ReadonlyMap<string, string>;
  readonly phases: readonly PhaseName[];
}

const numberOf = ({labels: own}: ContainerDetails) => own.get('com.docker.compose.container-number');
const placeOf = (container: ContainerDetails) => `${container.service} ${numberOf(container) ?? container.id}`;

/**
 * Without those that compose made to take the place of another: they bear its number, and are nobody's row before it is gone, which takes
 * as long as it has to stop.
 */
export const inPlace = (containers: readonly ContainerDetails[]): readonly ContainerDetails[] => {
  const taken = new Set(containers.filter(({state}) => state !== 'created').map(placeOf));
  return containers.filter(container => container.state !== 'created' || !taken.has(placeOf(container)));
};

/** `shop`, or `shop 2` where a service has several containers. */
const nameIn = (container: ContainerDetails, replicas: number): string =>
  replicas > 1 ? `${container.service} ${numberOf(container) ?? '?'}` : container.service;

const countOf = (all: readonly ContainerDetails[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const {service} of all) counts.set(service, (counts.get(service) ?? 0) + 1);
  return counts;
};

export const rowName = (container: ContainerDetails, all: readonly ContainerDetails[]): string =>
  nameIn(container, countOf(all).get(container.service) ?? 0);

const driftOf = (container: ContainerDetails, service: ServiceModel | undefined, expected: Expected | undefined): Drift | undefined => {
  if (!expected) return undefined;
  if (!service) return {kind: 'stray', cause: 'no overlay knows it'};
  const cause = driftCause(service, container, expected.facts);
  return cause === undefined ? undefined : {kind: 'changed', cause};
};

const illSinceOf = (container: ContainerDetails, {unhealthySince}: RowsInput) =>
  container.state === 'running' ? unhealthySince(container.id) : container.finishedAt;

const statusOf = (container: ContainerDetails, name: string, input: RowsInput, model: ServiceModel | undefined): ServiceStatus => {
  const used = container.state === 'running' ? input.used(container.id) : undefined;
  return {
    service: container.service,
    name,
    component: container.labels.get(labels.component),
    phase: container.labels.get(labels.phase),
    containerId: container.id,
    image: container.image,
    state: container.state,
    health: container.health,
    isJob: container.isJob,
    exitCode: container.exitCode,
    startedAt: container.state === 'running' ? container.startedAt : undefined,
    restarts: container.restarts,
    cpu: used?.cpuPercent,
    cpuLimit: container.cpuLimit,
    memory: used?.memory,
    memoryLimit: container.memoryLimit,
    rates: used?.rates,
    history: used?.history,
    ports: container.ports,
    url: input.urls.get(container.service),
    needs: model?.dependsOn.map(({service}) => service),
    drift: driftOf(container, model, input.expected),
    illSince: illSinceOf(container, input),
  };
};

const missingOf = (service: ServiceModel, url: string | undefined): ServiceStatus => ({
  service: service.name,
  name: service.name,
  component: service.component,
  phase: service.phase,
  containerId: '',
  image: service.image,
  state: 'missing',
  health: undefined,
  isJob: service.isJob,
  exitCode: undefined,
  startedAt: undefined,
  restarts: 0,
  cpu: undefined,
  memory: undefined,
  memoryLimit: service.memoryLimit,
  ports: [],
  url,
  drift: {kind: 'missing', cause: 'it has no container'},
});

const orderIn = (phases: readonly PhaseName[]) => {
  const places = new Map(phases.map(({id}, place) => [id, place]));
  const placeOf = ({phase}: ServiceStatus) => places.get(phase ?? '') ?? phases.length;
  const names = new Intl.Collator(undefined, {numeric: true});
  return (a: ServiceStatus, b: ServiceStatus) => placeOf(a) - placeOf(b) || names.compare(a.name, b.name);
};

/**
 * A row a container, and one for each service that should run and has none. A phase behind the last one that has containers is not rolled
 * out yet: nothing of it is missing.
 */
export const rowsOf = (input: RowsInput): Pick<StatusSnapshot, 'services' | 'ahead'> => {
  const {expected, phases, urls} = input;
  const containers = inPlace(input.containers);
  const replicas = countOf(containers);
  const models = new Map(expected?.services.map(service => [service.name, service]));
  const there = containers.map(container =>
    statusOf(container, nameIn(container, replicas.get(container.service) ?? 0), input, models.get(container.service)),
  );
  const wanted = (expected?.services ?? []).filter(service => service.replicas > 0 && !replicas.has(service.name));
  const reached = phases.findLastIndex(({id}) => there.some(({phase, drift}) => phase === id && drift?.kind !== 'stray'));
  const isReached = ({phase}: ServiceModel) => phases.findIndex(({id}) => id === phase) <= reached;
  const missing = wanted.filter(isReached).map(service => missingOf(service, urls.get(service.name)));
  return {
    services: [...there, ...missing].sort(orderIn(phases)),
    ahead: phases.filter(({id}, place) => place > reached && wanted.some(({phase}) => phase === id)),
  };
};
