import type {StatusServices} from '../services.ts';
import {appendLog, emptyLog} from '../status/log-buffer.ts';
import {useEvents} from './use-events.ts';

/** A log as it is kept while somebody looks at it, and how its stream ended. */
export type FollowedLog = ReturnType<typeof useLogs>;

/** The end of a service's log, growing while the view is there. */
export const useLogs = (logs: StatusServices['logs'], service: string) => {
  const {state, ending} = useEvents({open: signal => logs(service, signal), reduce: appendLog, initial: emptyLog});
  return {log: state, ending};
};
