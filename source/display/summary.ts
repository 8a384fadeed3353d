/** The health of a platform in a sentence. Pure. */
import type {ServiceStatus} from '../plan/service-status.ts';
import {printableLine} from '../printable.ts';

export const isWell = ({state, health, isJob, exitCode}: ServiceStatus) =>
  (state === 'running' && health !== 'unhealthy' && health !== 'starting') || (state === 'exited' && isJob && exitCode === 0);

const stateOf = ({name, state, health}: ServiceStatus) => `${printableLine(name)} is ${state === 'running' ? (health ?? state) : state}`;

/** `12 of 13 services are well; api is unhealthy`. */
export const statusSummary = (services: readonly ServiceStatus[]): string => {
  const unwell = services.filter(service => !isWell(service));
  const count = `${services.length - unwell.length} of ${services.length} ${services.length === 1 ? 'service is' : 'services are'} well`;
  if (unwell.length === 0) return count;
  const others = unwell.length > 2 ? [`${unwell.length - 2} more are not`] : [];
  return `${count}; ${[...unwell.slice(0, 2).map(stateOf), ...others].join(', ')}`;
};
