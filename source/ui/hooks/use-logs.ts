import type {StatusServices} from '../services.ts';
import {appendLog, emptyLog} from '../status/log-buffer.ts';
import {useEvents} from './use-events.ts';

/** The end of a service's log, growing while the view is there. */
export const useLogs = (logs: StatusServices['logs'], service: string) => {
  const {state, ending} = useEvents({open: signal => logs(service, signal), reduce: appendLog, initial: emptyLog});
  return {log: state, ending};
};
