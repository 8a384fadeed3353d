/** What the basics mean for this host, and what is picked against what it has. Pure. */
import type {Catalog, Tier} from '../../catalog/catalog.ts';
import {formatBytes, formatMemory} from '../../display/format.ts';
import type {Answers} from '../../plan/answers.ts';
import {type Budget, memoryLeft} from '../../plan/budget.ts';
import type {HostFindings} from '../../plan/findings.ts';
import {largestFitting, type Shortage, shortagesOf} from '../../plan/fit.ts';
import {type Line, segment} from '../text/line.ts';
import {wrap} from '../text/width.ts';
import type {Figures} from '../theme.ts';
import type {Loadable} from './state.ts';

const sides: Readonly<Record<Shortage['of'], (have: string, want: string) => string>> = {
  hosts: (have, want) => `${have} of ${want} servers`,
  cpus: (have, want) => `${have} of ${want} CPUs`,
  memory: (have, want) => `${have} of ${want} memory`,
  disk: (have, want) => `${have} of ${want} free disk`,
};

const amounts: Readonly<Record<Shortage['of'], (value: number) => string>> = {
  hosts: String,
  cpus: String,
  memory: formatMemory,
  disk: formatBytes,
};

const lacks = (tier: Tier, host: HostFindings): string =>
  shortagesOf(tier, host)
    .map(({of, have, want}) => sides[of](amounts[of](have), amounts[of](want)))
    .join(', ');

/** Undefined when the host has what the tier asks for, or is not known yet. */
export const hostRemark = (catalog: Catalog, {tier: id}: Answers, host: Loadable<HostFindings>): string | undefined => {
  const tier = catalog.platform.tiers.find(one => one.id === id);
  const short = tier && host.status === 'ready' ? lacks(tier, host.value) : '';
  return short === '' ? undefined : `This host has less than the tier asks for: ${short}.`;
};

/** Of every tier, whether this host fits, and by how much not. */
export const tierRemarks = (catalog: Catalog, host: Loadable<HostFindings>, width: number, figures: Figures): readonly Line[] => {
  if (host.status !== 'ready') return [];
  return catalog.platform.tiers.flatMap((tier): readonly Line[] => {
    const short = lacks(tier, host.value);
    if (short === '') return [[segment(`${figures.done} `, 'good'), segment(`${tier.title} fits this host`, 'muted')]];
    return wrap(`${tier.title}: this host has ${short}`, width - 2).map((row, index) => [
      segment(index === 0 ? `${figures.warning} ` : '  ', 'warning'),
      segment(row, 'warning'),
    ]);
  });
};

/** What the host is large enough for. */
export interface SizeRemark {
  readonly fits: boolean;
  readonly text: string;
}

/** Undefined while the host is not known. */
export const sizeRemark = ({platform: {tiers}}: Catalog, host: Loadable<HostFindings>): SizeRemark | undefined => {
  const [smallest] = tiers;
  if (!smallest || host.status !== 'ready') return undefined;
  const largest = largestFitting(tiers, host.value);
  if (largest) return {fits: true, text: `fits ${largest.title}`};
  return {fits: false, text: `small for every tier; ${smallest.title} will be tight: ${lacks(smallest, host.value)}`};
};

/** `2.8 of 7.6 GiB`; the unit of the first is left out where both have the same. */
const ofWhole = (part: number, whole: number): string => {
  const [used, unit = ''] = formatMemory(part).split(' ');
  const have = formatMemory(whole);
  return have.endsWith(unit) ? `${used} of ${have}` : `${used} ${unit} of ${have}`;
};

/** What the picks take of the host, the longest wording first; nothing where nothing is limited. */
export const budgetAsides = (budget: Budget): readonly Line[] => {
  const {memory, cpus} = budget;
  const {have} = memory;
  if (memory.used === 0) return [];
  if (have === undefined) return [[segment(`${formatMemory(memory.used)} memory`, 'muted')]];
  const tone = (memoryLeft(budget) ?? 0) < 0 ? 'warning' : 'muted';
  const used = ofWhole(memory.used, have);
  const processors = `CPU limits ${Number(cpus.used.toFixed(2))} on ${cpus.have}`;
  return [[segment(`${used} memory`, tone), segment(`, ${processors}`, 'muted')], [segment(`${used} memory`, tone)], [segment(used, tone)]];
};
