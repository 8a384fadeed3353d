/** Selection x services x observed -> Plan: the steps, each with its cause. Pure; calls nobody. */
import type {Catalog} from '../catalog/catalog.ts';
import {goneFrom, lostVolumes, plannedData} from './data.ts';
import {driftCause} from './drift.ts';
import {withInstances} from './instances.ts';
import {containersOf, madeAnew} from './job-again.ts';
import type {ServiceModel} from './model.ts';
import type {LeftFile, Observed, ObservedContainer, ObservedFile} from './observed.ts';
import {inDependencyOrder} from './order.ts';
import type {Op, Plan, PlannedPhase, PlannedService, Step} from './plan.ts';
import {pullSteps} from './pull-steps.ts';
import {leftoverSteps, type RemovalInput, removalOf} from './removal.ts';
import type {SelectedComponent, Selection} from './selection.ts';
import type {VolumeModel} from './services.ts';

const step = (op: Op, resource: string, cause: string, dependsOn: readonly string[] = []): Step => ({
  id: `${op}/${resource}`,
  op,
  resource,
  cause,
  dependsOn,
});

/** Why a file is written or not. */
export const fileCauses: Readonly<Record<ObservedFile['state'], string>> = {
  new: 'not there yet',
  same: 'as it should be',
  outdated: 'differs from what was selected',
  edited: 'edited by you, nothing new to write',
  conflict: 'edited by you, and what would be written changed too',
  unneeded: 'nothing that is selected writes it any more',
};

const fileOps: Readonly<Record<ObservedFile['state'], Op>> = {
  new: 'write',
  outdated: 'write',
  conflict: 'write',
  same: 'keep',
  edited: 'keep',
  unneeded: 'remove',
};

const fileStep = ({path, state, note}: ObservedFile): Step => step(fileOps[state], path, note ?? fileCauses[state]);

const leaveStep = ({path, why}: LeftFile): Step => step('leave', path, `of what is not selected any more; ${why}`);

/** Why a component is there, as the end of a sentence. */
const reasonText = (component: SelectedComponent | undefined, catalog: Catalog): string => {
  if (!component) return 'in your own overlay';
  const {because} = component;
  if (because.kind === 'platform') return 'part of every platform';
  if (because.kind === 'picked') return 'picked';
  return `required by ${catalog.components.get(because.by)?.title ?? because.by}`;
};

const isRight = (service: ServiceModel, container: ObservedContainer) =>
  service.isJob
    ? container.state === 'exited' && container.exitCode === 0
    : container.state === 'running' && (!service.hasHealthCheck || container.health !== 'unhealthy');

const stoppedCause = (service: ServiceModel, {state, exitCode, health}: ObservedContainer) => {
  if (state === 'running') return health === 'unhealthy' ? 'runs, but is unhealthy' : 'is running';
  if (state === 'exited') return service.isJob ? `ended with code ${exitCode}` : `stopped with code ${exitCode}`;
  return `is ${state}`;
};

/** Why one is made that is not there. */
const createCause = ({name}: ServiceModel, {observed, volumes = []}: PlanInput, reason: string): string => {
  const gone = observed.engine ? goneFrom(name, lostVolumes(observed.data ?? [], volumes, observed.engine.volumes)) : [];
  const cause = `not there yet; ${reason}`;
  return gone.length === 0 ? cause : `${cause}; starts empty, because ${gone.join(', ')} with its data is gone`;
};

const serviceStep = (service: ServiceModel, input: PlanInput, reason: string, needsPull: boolean): Step => {
  const {observed} = input;
  const dependsOn = [...(needsPull ? [`pull/${service.image}`] : []), ...service.dependsOn.map(dependency => dependency.service)];
  const containers = containersOf(service, observed);
  if (containers.length === 0 && service.replicas > 0) return step('create', service.name, createCause(service, input, reason), dependsOn);
  const drift = containers.map(container => driftCause(service, container, observed)).find(cause => cause !== undefined);
  if (drift) return step('recreate', service.name, drift, dependsOn);
  const wrong = containers.find(container => !isRight(service, container));
  if (wrong) return step('start', service.name, stoppedCause(service, wrong), dependsOn);
  const anew = service.isJob ? madeAnew(service, input) : undefined;
  if (anew) return step('start', service.name, `has to prepare ${anew} again, which is newer than its last run`, dependsOn);
  if (containers.length === service.replicas) return step('keep', service.name, 'runs as its overlay says', dependsOn);
  return step('start', service.name, `replicas: ${containers.length} there, ${service.replicas} wanted`, dependsOn);
};

/** Services that depend on it, components that require its component, the platform itself. */
const neededBy = (service: ServiceModel, {catalog, selection, services}: PlanInput): readonly string[] => {
  const dependants = services.filter(({dependsOn}) => dependsOn.some(({service: name}) => name === service.name)).map(({name}) => name);
  const component = catalog.components.get(service.component ?? '');
  const requiring = selection.components.filter(({requires}) => requires.includes(component?.id ?? ''));
  return [
    ...dependants,
    ...requiring.map(({id}) => catalog.components.get(id)?.title ?? id),
    ...(component?.required ? ['the platform'] : []),
  ];
};

const serviceOps = ['create', 'recreate', 'start', 'keep'] as const;

const planService = (service: ServiceModel, phase: string, {op}: Step, input: PlanInput): PlannedService => ({
  ...service,
  phase,
  op: serviceOps.find(candidate => candidate === op) ?? 'keep',
  neededBy: neededBy(service, input),
  ...plannedData(service.name, input.volumes ?? [], input.observed.engine?.volumes ?? new Map()),
});

export interface PlanInput {
  readonly catalog: Catalog;
  readonly selection: Selection;
  readonly services: readonly ServiceModel[];
  readonly observed: Observed;
  /** In which the services keep data. @default none */
  readonly volumes?: readonly VolumeModel[];
  /** Networks of the selection, as the engine names them. @default none */
  readonly networks?: readonly string[];
  /** What runs and is not selected is removed: all of it, or the services that are named. @default false */
  readonly remove?: boolean | readonly string[];
  /** Stop after this phase. */
  readonly until?: string | undefined;
}

const phasesUntil = (catalog: Catalog, until: string | undefined) => {
  const {phases} = catalog.platform;
  const last = phases.findIndex(({id}) => id === until);
  return last < 0 ? phases : phases.slice(0, last + 1);
};

/** A service comes no earlier than what it depends on: one of the operator's own services may be needed by an early one, and then moves there. */
const effectivePhases = (services: readonly ServiceModel[], phases: readonly string[]): ReadonlyMap<string, string> => {
  const position = new Map(services.map(({name, phase}) => [name, Math.max(0, phases.indexOf(phase))]));
  const byName = new Map(services.map(service => [service.name, service]));
  const lower = (name: string, to: number): void => {
    if ((position.get(name) ?? 0) <= to && position.has(name)) return;
    if (!position.has(name)) return;
    position.set(name, to);
    for (const dependency of byName.get(name)?.dependsOn ?? []) lower(dependency.service, to);
  };
  for (const {name, dependsOn} of services) for (const {service} of dependsOn) lower(service, position.get(name) ?? 0);
  return new Map([...position].map(([name, index]) => [name, phases[index] ?? '']));
};

const withLeftovers = (phases: readonly PlannedPhase[], {before, after}: ReturnType<typeof leftoverSteps>): readonly PlannedPhase[] =>
  phases.map((phase, index) => ({
    ...phase,
    steps: [...(index === 0 ? before : []), ...phase.steps, ...(index === phases.length - 1 ? after : [])],
  }));

/** The ordered steps from what is observed to what is selected. */
export const makePlan = ({catalog: base, ...given}: PlanInput): Plan => {
  const catalog = withInstances(base, given.selection.answers);
  const input = {...given, catalog};
  const {selection, services, observed, until} = input;
  const selected = new Map(selection.components.map(component => [component.id, component]));
  const files = [...observed.files.map(fileStep), ...(observed.leftFiles ?? []).map(leaveStep)];
  const sorted = inDependencyOrder(services);
  const phaseOf = effectivePhases(
    sorted,
    catalog.platform.phases.map(({id}) => id),
  );
  const pulled = new Set<string>();
  const phases = phasesUntil(catalog, until).flatMap(({id, title}): readonly PlannedPhase[] => {
    const members = sorted.filter(({name}) => phaseOf.get(name) === id);
    if (members.length === 0) return [];
    const needed = pullSteps(members, observed.lock, observed.engine);
    const missing = needed.map(({resource}) => resource);
    const pulls = needed.filter(({resource}) => !pulled.has(resource));
    for (const image of missing) pulled.add(image);
    const planned = members.map(service => {
      const reason = reasonText(selected.get(service.component ?? ''), catalog);
      const ownStep = serviceStep(service, input, reason, missing.includes(service.image));
      return {step: ownStep, service: planService(service, id, ownStep, input)};
    });
    return [{id, title, steps: [...pulls, ...planned.map(item => item.step)], services: planned.map(item => item.service)}];
  });
  const leftovers: RemovalInput = {catalog, selection, services, observed, networks: input.networks ?? [], remove: input.remove ?? false};
  const removal = removalOf(leftovers);
  const planned = withLeftovers(phases, leftoverSteps(removal, leftovers));
  const changes = [...files, ...planned.flatMap(({steps}) => steps)].some(({op}) => op !== 'keep' && op !== 'leave');
  return {project: selection.project, files, phases: planned, removal, allAtOnce: selection.answers.strategy === 'all-in-one', changes};
};
