import {printable} from '../../printable.ts';
import type {StatusServices} from '../services.ts';
import {useEvents} from './use-events.ts';

/** Lines that are kept: enough to look back, and bounded however long the view stays open. */
const kept = 1000;

const append = (lines: readonly string[], line: string): readonly string[] => [...lines, ...printable(line).split('\n')].slice(-kept);

/** The last lines of a service's log, growing while the view is there. */
export const useLogs = (logs: StatusServices['logs'], service: string) => {
  const {state, ending} = useEvents({open: signal => logs(service, signal), reduce: append, initial: [] as readonly string[]});
  return {lines: state, ending};
};
