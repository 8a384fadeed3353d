/** Services below a heading for each phase. Pure. */
import {conditionOf} from '../../display/health-sentence.ts';
import {serviceCount} from '../../display/service-count.ts';
import type {PhaseName, ServiceStatus} from '../../plan/service-status.ts';
import {type Line, segment} from '../text/line.ts';
import {phaseNumber} from './arrange.ts';

export type TableItem =
  | {readonly kind: 'heading'; readonly number: number; readonly title: string; readonly services: readonly ServiceStatus[]}
  | {readonly kind: 'service'; readonly service: ServiceStatus}
  | {readonly kind: 'space'};

/** What belongs to no phase: the operator's own services, and strays. */
const own = 'Your own';

const item = (service: ServiceStatus): TableItem => ({kind: 'service', service});

/** Consecutive services of a phase make a group: they are given in the order of the phases. */
export const grouped = (services: readonly ServiceStatus[], phases: readonly PhaseName[], isSpaced: boolean): readonly TableItem[] => {
  const numbers = [...new Set(services.map(service => phaseNumber(service, phases)))];
  return numbers.flatMap((number, place): readonly TableItem[] => {
    const members = services.filter(service => phaseNumber(service, phases) === number);
    const heading: TableItem = {kind: 'heading', number, title: phases[number - 1]?.title ?? own, services: members};
    return [...(isSpaced && place > 0 ? [{kind: 'space'} as const] : []), heading, ...members.map(item)];
  });
};

export const ungrouped = (services: readonly ServiceStatus[]): readonly TableItem[] => services.map(item);

/** `2 Data  4 services, 1 job, 1 not well`: its number is the key that leads to it. */
export const groupHeading = ({number, title, services}: Extract<TableItem, {kind: 'heading'}>): Line => {
  const ill = services.filter(service => conditionOf(service) === 'ill').length;
  const starting = services.filter(service => conditionOf(service) === 'starting').length;
  return [
    segment(`${number} `, 'muted'),
    segment(title, 'strong'),
    segment(`  ${serviceCount(services)}`, 'muted'),
    ...(ill > 0 ? [segment(`, ${ill} not well`, 'bad')] : []),
    ...(starting > 0 ? [segment(`, ${starting} starting`, 'warning')] : []),
  ];
};
