import type {Env} from '../engine/process.ts';
import type {StatusServices} from '../ui/services.ts';
import type {Context} from './context.ts';
import {type ServiceActions, type ServiceActionsInput, serviceActions} from './service-actions.ts';
import {type StatusInput, watchStatus} from './status-feed.ts';

/** What of the process around it the live view uses; `env` leads children to the engine. */
export const surroundingsOf = (
  {directory, workingDirectory, out, regain, signal}: Context,
  env: Env,
): Omit<ServiceActionsInput, 'engine' | 'project' | 'mounted'> => ({directory, folder: workingDirectory, env, out, regain, signal});

/** In the live view figures move once a second. */
const liveSampleMs = 1000;

/** Remembers what was begun until it has ended, one way or the other. */
const keeper = () => {
  const underWay = new Set<Promise<unknown>>();
  return {
    kept:
      (work: (row: string) => Promise<void>) =>
      (row: string): Promise<void> => {
        const begun = work(row);
        const settled: Promise<unknown> = begun.catch(() => undefined).finally(() => underWay.delete(settled));
        underWay.add(settled);
        return begun;
      },
    idle: async () => void (await Promise.all(underWay)),
  };
};

/**
 * The live view's services: what it watches, and what it does. An order to the engine is lost when the connection goes before it has arrived,
 * so whoever leaves waits for those as well.
 */
export const statusServices = (input: StatusInput & ServiceActionsInput): StatusServices & Pick<ServiceActions, 'idle'> => {
  const {restart, stop, start, idle, ...actions} = serviceActions(input);
  const orders = keeper();
  return {
    watch: (signal, sight) => watchStatus(input, signal, sight ? {sight, sampleMs: liveSampleMs} : {}),
    ...actions,
    restart: orders.kept(restart),
    stop: orders.kept(stop),
    start: orders.kept(start),
    idle: async () => {
      await orders.idle();
      await idle();
    },
  };
};

/** The same, opened when something is asked of them. */
export const lateServices = (open: () => Promise<StatusServices>): StatusServices => ({
  watch: async function* (signal, sight) {
    yield* (await open()).watch(signal, sight);
  },
  details: async function* (row, signal) {
    yield* (await open()).details(row, signal);
  },
  logs: async function* (row, signal) {
    yield* (await open()).logs(row, signal);
  },
  saveLog: async (row, timestamps) => (await open()).saveLog(row, timestamps),
  dependents: async row => (await open()).dependents(row),
  restart: async row => (await open()).restart(row),
  stop: async row => (await open()).stop(row),
  start: async row => (await open()).start(row),
  apply: async (row, tell) => (await open()).apply(row, tell),
  shell: async row => (await open()).shell(row),
  open: async url => (await open()).open(url),
});
