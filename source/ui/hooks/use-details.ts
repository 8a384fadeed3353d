import type {ServiceDetails} from '../../plan/service-details.ts';
import type {StatusServices} from '../services.ts';
import {useEvents} from './use-events.ts';

const latest = (_: ServiceDetails | undefined, details: ServiceDetails): ServiceDetails | undefined => details;

/** What is known of a service, kept up to date while the view is there; undefined until the first answer. */
export const useDetails = (details: StatusServices['details'], service: string) => {
  const {state, ending} = useEvents({open: signal => details(service, signal), reduce: latest, initial: undefined});
  return {details: state, ending};
};
