/** Is every subnet free on the engine and on the host. */
import {type Offer, offerFlag} from '../../plan/findings.ts';
import {type Check, failed, fine} from '../check.ts';
import type {PreflightContext, WantedNetwork} from '../facts.ts';
import {overlaps, parseSubnet, proposeFree} from '../subnets.ts';

interface Used {
  readonly subnet: string;
  readonly by: string;
}

const networksOf = ({engine}: PreflightContext) => (engine.kind === 'ready' ? engine.engine.networks : []);

/** Networks of others, and what the host reaches elsewhere. A network's own bridge appears among the host's routes too. */
const usedBy = (context: PreflightContext): readonly Used[] => {
  const networks = networksOf(context);
  const bridged = new Set(networks.flatMap(({subnets}) => subnets));
  const foreign = networks
    .filter(({project}) => project !== context.project)
    .flatMap(({name, project, subnets}) =>
      subnets.map(subnet => ({subnet, by: `the Docker network ${name}${project ? ` of the compose project ${project}` : ''}`})),
    );
  const routed = (context.local ? context.host.subnets : [])
    .filter(({subnet}) => !bridged.has(subnet))
    .map(({subnet, via}) => ({subnet, by: `a route of this host by ${via}`}));
  return [...foreign, ...routed];
};

interface Clash {
  readonly wanted: WantedNetwork;
  readonly used: Used;
}

const clashesOf = (wanted: readonly WantedNetwork[], used: readonly Used[]): readonly Clash[] =>
  wanted.flatMap((network, index) => {
    const others = wanted.slice(0, index).map(({name, subnet}) => ({subnet, by: `the network ${name} of this selection`}));
    const taken = [...used, ...others].find(({subnet}) => overlaps(network.subnet, subnet));
    return taken ? [{wanted: network, used: taken}] : [];
  });

interface Proposal {
  readonly next: string;
  readonly offer?: Offer;
}

/** One a clash, none overlapping another or what stays. */
const proposals = (clashes: readonly Clash[], wanted: readonly WantedNetwork[], used: readonly Used[]): readonly Proposal[] => {
  const clashing = new Set(clashes.map(clash => clash.wanted));
  const taken = [...used, ...wanted.filter(network => !clashing.has(network))].map(({subnet}) => subnet);
  return clashes.map(({wanted: {name, subnet, setting}}) => {
    const free = proposeFree(subnet, taken);
    if (free === undefined)
      return {next: `No private subnet of that size is free for ${name}: remove networks that are not needed (docker network prune).`};
    taken.push(free);
    if (!setting) return {next: `Free for ${name}: ${free}`};
    const offer = {...setting, value: free};
    return {next: `Free for ${name}: ${free}; take it with ${offerFlag(offer)}`, offer};
  });
};

const subnetsFree: Check = {
  id: 'D36',
  title: 'Subnets are free',
  level: 'blocking',
  applies: ({networks}) => networks.length > 0,
  run: context => {
    const broken = context.networks.filter(({subnet}) => !parseSubnet(subnet));
    if (broken.length > 0) {
      return failed(broken.map(({name, subnet}) => `${subnet} of ${name} is no IPv4 subnet`).join('; '), 'Write it as 172.30.0.0/24.');
    }
    const used = usedBy(context);
    const clashes = clashesOf(context.networks, used);
    if (clashes.length === 0) return fine(context.networks.map(({subnet}) => subnet).join(', '));
    const what = clashes.map(({wanted, used: taken}) => `${wanted.subnet} of ${wanted.name} overlaps ${taken.subnet}, ${taken.by}`);
    const proposed = proposals(clashes, context.networks, used);
    return {
      ...failed(what.join('; '), ...proposed.map(({next}) => next)),
      offers: proposed.flatMap(({offer}) => offer ?? []),
    };
  },
};

export const networkChecks: readonly Check[] = [subnetsFree];
