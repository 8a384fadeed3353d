/** How many services there are, in words. Pure. */
import {counted} from './consequences.ts';

/** `4 services, 1 job`: what runs once is no service that should run. */
export const serviceCount = (services: readonly {readonly isJob: boolean}[]): string => {
  const jobs = services.filter(({isJob}) => isJob).length;
  return [
    ...(services.length > jobs ? [counted(services.length - jobs, 'service')] : []),
    ...(jobs > 0 ? [counted(jobs, 'job')] : []),
  ].join(', ');
};
