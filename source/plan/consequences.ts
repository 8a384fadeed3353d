/** What a plan leads to: open ports, addresses, what is downloaded, how much memory may be used. Pure. */
import type {Catalog} from '../catalog/catalog.ts';
import type {ApplicableInput} from './inputs.ts';
import {selectedComponents} from './instances.ts';
import {interpolate} from './interpolate.ts';
import type {PublishedPort, ServiceModel} from './model.ts';
import {componentOrigin, inputOrigin, linkOrigin, type Origin, portOrigin} from './origin.ts';
import type {Plan} from './plan.ts';
import {applicableInputs} from './select.ts';
import type {Selection} from './selection.ts';

export interface OpenPort extends PublishedPort {
  readonly service: string;
  /** `port` is the container's: which one of the host it is published to, the engine decides when it starts. @default false */
  readonly unfixed?: boolean;
  readonly origin?: Origin;
}

/** What answers once everything runs, and where the password for it lies. */
export interface PlatformLink {
  readonly title: string;
  readonly url: string;
  readonly login: string | undefined;
  readonly origin?: Origin;
}

export interface Download {
  readonly image: string;
  /** About how many bytes; undefined when nobody wrote it down. */
  readonly size: number | undefined;
  readonly origin?: Origin;
}

/** An answer of the first form, as it is asked there. */
export interface BasicAnswer {
  readonly title: string;
  readonly value: string;
  readonly origin: Origin;
}

export interface MemoryUse {
  /** Sum of the limits of everything that keeps running, bytes. */
  readonly limit: number;
  /** Services that keep running and have no limit. */
  readonly unlimited: number;
  /** Of the host, bytes; undefined when it is not known. */
  readonly host: number | undefined;
  /** The largest first. */
  readonly services: readonly {readonly service: string; readonly limit: number; readonly origin?: Origin}[];
}

export interface Consequences {
  readonly basics: readonly BasicAnswer[];
  readonly ports: readonly OpenPort[];
  /** Services in the host's network: whatever they listen on is open there. */
  readonly hostNetwork: readonly {readonly service: string; readonly origin?: Origin}[];
  /** Published ports are let through in front of the host's own firewall rules. */
  readonly aroundFirewall: boolean;
  readonly links: readonly PlatformLink[];
  /** Images that are not here yet. */
  readonly download: readonly Download[];
  readonly memory: MemoryUse;
  /** What the operator should know about a choice. */
  readonly notices: readonly {readonly text: string; readonly origin?: Origin}[];
}

type Services = Plan['phases'][number]['services'];

const from = (origin: Origin | undefined): {readonly origin?: Origin} => (origin ? {origin} : {});

export const linksOf = (catalog: Catalog, selection: Selection): readonly PlatformLink[] => {
  const inputs = applicableInputs(catalog, selection.answers);
  return selectedComponents(catalog, selection).flatMap(component =>
    component.links.map(({title, url, user, secret}) => ({
      title,
      url: interpolate(url, selection.values),
      login: secret === undefined ? undefined : `${user ? `${user}, ` : ''}password in secrets/${secret}`,
      ...from(linkOrigin(inputs, component, url)),
    })),
  );
};

const portsOf = (services: Services, inputs: readonly ApplicableInput[]): readonly OpenPort[] =>
  services.flatMap(service => [
    ...service.ports.map(port => ({...port, service: service.name, ...from(portOrigin(inputs, service, port))})),
    ...(service.unfixedPorts ?? []).map(port => ({
      ...port,
      service: service.name,
      unfixed: true,
      ...from(componentOrigin(service.component)),
    })),
  ]);

const downloadOf = ({phases}: Plan, services: Services, sizes: ReadonlyMap<string, number>): readonly Download[] =>
  phases
    .flatMap(({steps}) => steps)
    .filter(({op}) => op === 'pull')
    .map(({resource: image}) => ({
      image,
      size: sizes.get(image),
      ...from(componentOrigin(services.find(service => service.image === image)?.component)),
    }));

/** Jobs end before what waits for them begins, so their memory is not needed on top. */
export const memoryOf = (services: readonly ServiceModel[], host: number | undefined): MemoryUse => {
  const lasting = services.filter(({isJob, replicas}) => !isJob && replicas > 0);
  const limited = lasting
    .flatMap(({name, memoryLimit, replicas, component}) =>
      memoryLimit === undefined ? [] : [{service: name, limit: memoryLimit * replicas, ...from(componentOrigin(component))}],
    )
    .sort((a, b) => b.limit - a.limit);
  return {
    limit: limited.reduce((sum, {limit}) => sum + limit, 0),
    unlimited: lasting.length - limited.length,
    host,
    services: limited,
  };
};

const titleOf = (choices: readonly {readonly id: string; readonly title: string}[], id: string) =>
  choices.find(choice => choice.id === id)?.title ?? id;

const basicsOf = ({platform}: Catalog, {answers}: Selection, inputs: readonly ApplicableInput[]): readonly BasicAnswer[] => [
  {title: 'Tier', value: titleOf(platform.tiers, answers.tier), origin: {kind: 'basics', field: 'tier'}},
  {title: 'Environment', value: titleOf(platform.environments, answers.environment), origin: {kind: 'basics', field: 'environment'}},
  {
    title: 'Rollout',
    value: answers.strategy === 'incremental' ? 'Phase by phase' : 'All at once',
    origin: {kind: 'basics', field: 'strategy'},
  },
  ...inputs
    .filter(({input}) => input.early)
    .map(
      ({component, input, value, choices}): BasicAnswer => ({
        title: input.title,
        value: titleOf(choices, value),
        origin: inputOrigin({component, input}),
      }),
    ),
];

const noticesOf = ({notices}: Selection, inputs: readonly ApplicableInput[]): Consequences['notices'] =>
  notices.map(text => {
    const said = inputs.find(({value, choices}) => choices.some(({id, notice}) => id === value && notice === text));
    return {text, ...from(said && inputOrigin(said))};
  });

export interface ConsequencesInput {
  readonly catalog: Catalog;
  readonly selection: Selection;
  readonly plan: Plan;
  /** Memory of the host, bytes. */
  readonly hostMemory: number | undefined;
  /** The engine has no root rights: its ports are opened by an ordinary program, which the host's firewall rules hold for. */
  readonly rootless: boolean;
}

export const consequencesOf = ({catalog, selection, plan, hostMemory, rootless}: ConsequencesInput): Consequences => {
  const services = plan.phases.flatMap(phase => phase.services);
  const inputs = applicableInputs(catalog, selection.answers);
  return {
    basics: basicsOf(catalog, selection, inputs),
    ports: portsOf(services, inputs),
    hostNetwork: services
      .filter(({hostNetwork}) => hostNetwork)
      .map(({name, component}) => ({service: name, ...from(componentOrigin(component))})),
    aroundFirewall: !rootless,
    links: linksOf(catalog, selection),
    download: downloadOf(plan, services, catalog.imageSizes),
    memory: memoryOf(services, hostMemory),
    notices: noticesOf(selection, inputs),
  };
};
