/** What the basics mean for this host. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import {formatBytes, formatMemory} from '../../display/format.ts';
import type {Answers} from '../../plan/answers.ts';
import type {HostFindings} from '../../plan/findings.ts';
import type {Loadable} from './state.ts';

/** A host is sold with 8 GB and shows 7.6 GiB: this much less is no shortage. */
const tolerance = 0.9;

/** Undefined when the host has what the tier asks for, or is not known yet. */
export const hostRemark = (catalog: Catalog, {tier: id}: Answers, host: Loadable<HostFindings>): string | undefined => {
  const tier = catalog.platform.tiers.find(one => one.id === id);
  if (!tier || host.status !== 'ready') return undefined;
  const {cpus, memory, diskFree} = host.value;
  const short = [
    ...(tier.hosts > 1 ? [`1 of ${tier.hosts} servers`] : []),
    ...(cpus < tier.cpus ? [`${cpus} of ${tier.cpus} CPUs`] : []),
    ...(memory < tier.memory * tolerance ? [`${formatMemory(memory)} of ${formatMemory(tier.memory)} memory`] : []),
    ...(diskFree !== undefined && diskFree < tier.disk * tolerance ? [`${formatBytes(diskFree)} of ${formatBytes(tier.disk)} disk`] : []),
  ];
  return short.length === 0 ? undefined : `This host has less than the tier asks for: ${short.join(', ')}.`;
};
