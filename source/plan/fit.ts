/** Which tier a host is large enough for. Pure. */
import type {Tier} from '../catalog/catalog.ts';
import type {HostFindings} from './findings.ts';

/** Of what a tier asks for: a host is sold with 8 GB and shows 7.6 GiB, and of its disk the system has a part already. */
const enough = {cpus: 1, memory: 0.9, disk: 0.7};

/** Of what a host has too little. */
export interface Shortage {
  readonly of: 'hosts' | 'cpus' | 'memory' | 'disk';
  readonly have: number;
  readonly want: number;
}

export type Capacity = Pick<HostFindings, 'cpus' | 'memory' | 'diskFree'>;

/** Empty: the tier fits. A disk that could not be measured is no shortage. */
export const shortagesOf = (tier: Tier, {cpus, memory, diskFree}: Capacity): readonly Shortage[] => {
  const all: readonly (Shortage & {readonly least: number})[] = [
    {of: 'hosts', have: 1, want: tier.hosts, least: tier.hosts},
    {of: 'cpus', have: cpus, want: tier.cpus, least: tier.cpus * enough.cpus},
    {of: 'memory', have: memory, want: tier.memory, least: tier.memory * enough.memory},
    {of: 'disk', have: diskFree ?? tier.disk, want: tier.disk, least: tier.disk * enough.disk},
  ];
  return all.filter(({have, least}) => have < least).map(({least: _, ...shortage}) => shortage);
};

/** Tiers stand in the catalogue from the smallest to the largest. Undefined: the host is too small for any. */
export const largestFitting = (tiers: readonly Tier[], host: Capacity): Tier | undefined =>
  tiers.findLast(tier => shortagesOf(tier, host).length === 0);
