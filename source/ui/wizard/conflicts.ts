/** What of the picks can not be on this host, or not together: said at the row that causes it. Pure. */
import {formatMemory} from '../../display/format.ts';
import {platformSettings} from '../../plan/answers.ts';
import {conflictsIn, missingAlternatives} from '../../plan/close.ts';
import type {ServiceDemand} from '../../plan/demand.ts';
import type {HostFindings, TakenPort} from '../../plan/findings.ts';
import {networksOf} from '../../plan/inputs.ts';
import {baseOf} from '../../plan/instances.ts';
import {clashes, type Draft} from '../../plan/select.ts';
import {overlaps, proposeFree} from '../../plan/subnets.ts';

export interface Conflict {
  /** Component at whose row it is said. */
  readonly component: string;
  /** A few words, for the row. */
  readonly brief: string;
  /** What is wrong and what to do. */
  readonly text: string;
}

/** What conflicts are looked for in. `host`: undefined while it is not known. */
export interface Picks {
  readonly draft: Draft;
  readonly services: readonly ServiceDemand[];
  readonly host: HostFindings | undefined;
}

const titleOf = ({catalog}: Draft, id: string) => catalog.components.get(id)?.title ?? id;

/** `gateway.https_port` is of `gateway`, and `site.blog.host` of `site.blog`. */
const ownerOf = (where: string) => where.slice(0, where.lastIndexOf('.'));

const between = ({draft}: Picks): readonly Conflict[] => {
  const {catalog, closure, inputs} = draft;
  return [
    ...conflictsIn(catalog, closure).map(({where, what, next}) => ({component: where, brief: 'conflict', text: `${what} ${next}`})),
    ...missingAlternatives(catalog, closure).map(({where, what}) => {
      const titles = (catalog.components.get(where)?.requiresOneOf ?? []).map(id => titleOf(draft, id));
      return {component: where, brief: 'lacks something', text: `${what} Pick at least one of ${titles.join(', ')}.`};
    }),
    ...clashes(inputs).map(({where, type, value, what, next}) => {
      const brief = type === 'port' ? `port ${value} twice` : 'name twice';
      return {component: ownerOf(where), brief, text: `${what} ${next}`};
    }),
  ];
};

const everywhere = (address: string | undefined) => address === undefined || address === '' || address === '0.0.0.0' || address === '::';

const isSame = (wanted: ServiceDemand['ports'][number], {address, port, protocol}: TakenPort) =>
  wanted.port === port && wanted.protocol === protocol && (everywhere(wanted.address) || everywhere(address) || wanted.address === address);

/** What our own project holds it has by right. */
const ofOthers = <T extends {readonly project: string | undefined}>(taken: readonly T[], {project}: Draft): readonly T[] =>
  taken.filter(other => other.project !== project);

const portsInUse = ({draft, services, host}: Picks): readonly Conflict[] =>
  services.flatMap(({component, ports}) =>
    ports.flatMap(wanted => {
      const taken = ofOthers(host?.ports ?? [], draft).find(other => isSame(wanted, other));
      const text = `Port ${wanted.port} for ${titleOf(draft, component)} is in use by ${taken?.holder}. Free it, or set another port.`;
      return taken ? [{component, brief: `port ${wanted.port} in use`, text}] : [];
    }),
  );

/** The first component on a network brings it. */
const bringerOf = ({catalog, components}: Draft, network: string): string | undefined => {
  const selected = new Set(components.flatMap(({id}) => [id, baseOf(id)]));
  return components.find(({id, variant}) => {
    const component = catalog.components.get(id);
    return component !== undefined && networksOf(component, variant, selected).includes(network);
  })?.id;
};

const subnetsInUse = ({draft, host}: Picks): readonly Conflict[] => {
  const others = ofOthers(host?.subnets ?? [], draft);
  const wanted = draft.inputs.filter(({component, input}) => component === platformSettings && input.type === 'subnet');
  return wanted.flatMap(({input, value}) => {
    const taken = others.find(({subnet}) => overlaps(value, subnet));
    const network = draft.catalog.platform.networks.find(({id}) => input.id === `${id}_subnet`);
    const component = network && bringerOf(draft, network.id);
    if (!taken || component === undefined) return [];
    const used = [...others.map(({subnet}) => subnet), ...wanted.filter(other => other.input !== input).map(other => other.value)];
    const free = proposeFree(value, used);
    const next = free === undefined ? 'Set another subnet.' : `Free is ${free}: s leads to the settings.`;
    return [{component, brief: 'subnet in use', text: `The subnet ${value} of ${network?.id} is in use by ${taken.by}. ${next}`}];
  });
};

/** The engine refuses to create a container that may use more processors than there are. */
const tooFewProcessors = ({draft, services, host}: Picks): readonly Conflict[] =>
  services.flatMap(({component, service, cpus}) => {
    if (!host || cpus <= host.cpus) return [];
    const text = `${service} of ${titleOf(draft, component)} may use ${cpus} CPUs and this host has ${host.cpus}: Docker refuses to create it.`;
    return [{component, brief: `needs ${cpus} CPUs`, text}];
  });

/** The picks beyond the one with which the memory of the host is used up, in the order they were made. `memoryWith`: what the first so many take. */
export const beyondMemory = (picks: readonly string[], memoryWith: (count: number) => number, have: number): readonly string[] => {
  const first = picks.findIndex((_, index) => memoryWith(index + 1) > have);
  return first < 0 ? [] : picks.slice(first);
};

export const tooMuchMemory = (draft: Draft, component: string, used: number, have: number): Conflict => ({
  component,
  brief: 'too much memory',
  text: `${titleOf(draft, component)} does not fit: all services together may use ${formatMemory(used)}, and this host has ${formatMemory(have)}.`,
});

/** All but the memory, which depends on the order of the picks. */
export const conflictsOf = (picks: Picks): readonly Conflict[] => [
  ...between(picks),
  ...portsInUse(picks),
  ...subnetsInUse(picks),
  ...tooFewProcessors(picks),
];
