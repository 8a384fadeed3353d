/** What is done to one service from the live view. */
import {browser} from '../engine/commands.ts';
import {composeUp} from '../engine/compose.ts';
import {composeLineText} from '../engine/compose-line.ts';
import type {Engine} from '../engine/engine.ts';
import {type Env, launch} from '../engine/process.ts';
import {findShell, openShell} from '../engine/shell.ts';
import {ExternalError, UserError} from '../errors.ts';
import {needsOf, withNeeds} from '../plan/needs.ts';
import {clipboardSequence, hasDesktop, webAddress} from '../plan/opening.ts';
import {printableLine} from '../printable.ts';
import type {Applied, Opened, StatusServices} from '../ui/services.ts';
import {containerOfRow, findService} from './find-service.ts';
import type {MountedOnDisk} from './mounted-on-disk.ts';
import {type ChangeWords, serviceChanges} from './service-changes.ts';
import {watchDetails} from './service-details.ts';
import {followBatches, saveLog} from './service-log.ts';
import type {Overlays} from './status-model.ts';

export interface ServiceActionsInput {
  readonly engine: Engine;
  readonly project: string;
  /** Absolute path of the workspace. */
  readonly directory: string;
  /** What should run. @default not known: nor is what depends on a service */
  readonly overlays?: Overlays | undefined;
  /** Where files for the operator go: the folder the program was started in. */
  readonly folder: string;
  /** For children: they talk to the same engine. */
  readonly env: Env;
  /** Writes to the terminal. */
  readonly out: (text: string) => void;
  /** Another program had the terminal. */
  readonly regain: () => void;
  /** The program is asked to end. */
  readonly signal: AbortSignal;
  /** What services read of the workspace's configuration. */
  readonly mounted: MountedOnDisk;
}

/** Compose makes it anew when it differs from its overlay, starts it when it is stopped, and does nothing else. */
const apply = async (input: ServiceActionsInput, row: string, tell: (text: string) => void): Promise<Applied> => {
  const {engine, project, directory, env} = input;
  const before = await containerOfRow(engine, project, row);
  const service = before?.service ?? row;
  await input.mounted.label(service);
  try {
    // Never cut off half-way: a compose that is asked to stop leaves the service stopped.
    for await (const said of composeUp([service], {project, directory}, {env, cwd: directory})) tell(printableLine(composeLineText(said)));
    const after = await containerOfRow(engine, project, row);
    if (before?.id !== after?.id) return 'anew';
    return before?.state === after?.state ? 'unchanged' : 'started';
  } catch (error) {
    if (!(error instanceof ExternalError)) throw error;
    throw new UserError(`The overlay of ${row} could not be applied.`, {
      why: error.lastLines.length > 0 ? `Compose says: ${error.lastLines.slice(-2).join(' ')}` : error.message,
      next: ['An image that is not here is pulled by infra-wizard up.', `Read its log: infra-wizard logs ${row}`],
      cause: error,
    });
  }
};

const enter = async ({engine, project, env, out, regain, signal}: ServiceActionsInput, row: string): Promise<void> => {
  const {id, name} = await findService(engine, project, row);
  const shell = await findShell(id, {env, signal});
  if (shell === undefined) {
    throw new UserError(`The image of ${row} has no shell.`, {
      why: 'It holds its program and little else, as small images do: there is nothing to type commands into.',
      next: [`Look into it from beside it: docker run --rm -it --pid container:${name} --network container:${name} busybox`],
    });
  }
  out(`${printableLine(`${shell} in ${name}.`)} exit comes back.\n`);
  await openShell(id, shell, {env, signal}).finally(regain);
};

/** Milliseconds after which a browser that was started is taken for shown: the first one stays until it is closed. */
const browserPatience = 2000;

/** A browser that can not be started is as good as none. */
const showed = async (argv: readonly string[], env: Env): Promise<boolean> => {
  const code = await launch(argv, {env, patienceMs: browserPatience}).catch((error: unknown) => {
    if (error instanceof ExternalError) return undefined;
    throw error;
  });
  return code === 0 || code === 'stays';
};

const openAddress = async ({env, out}: ServiceActionsInput, address: string): Promise<Opened> => {
  const url = webAddress(address);
  if (url === undefined) throw new UserError('This address can not be opened.', {why: 'Only http and https lead to a page.'});
  const argv = hasDesktop(env, process.platform) ? browser(process.platform, url) : undefined;
  if (argv && (await showed(argv, env))) return {how: 'opened', url};
  out(clipboardSequence(url));
  return {how: 'copied', url};
};

const words = {
  restart: {doing: 'Restarting', done: () => 'Restarted', failed: 'Not restarted'},
  stop: {doing: 'Stopping', done: () => 'Stopped', failed: 'Not stopped'},
  start: {doing: 'Starting', done: () => 'Started', failed: 'Not started'},
} as const;

const appliedWords: Readonly<Record<Applied, string>> = {anew: 'Recreated', started: 'Started', unchanged: 'Unchanged'};

const applyWords: ChangeWords<Applied> = {doing: 'Applying', done: applied => appliedWords[applied], failed: 'Not applied'};

export interface ServiceActions extends Omit<StatusServices, 'watch'> {
  /** Settles when nothing is under way any more that must not be cut off. */
  idle(): Promise<void>;
}

export const serviceActions = (input: ServiceActionsInput): ServiceActions => {
  const {engine, project, folder, overlays, signal} = input;
  const underWay = new Set<Promise<unknown>>();
  const changes = serviceChanges(input);
  // Compose gets one order after the other, as in a rollout.
  let lastApplied: Promise<unknown> = Promise.resolve();
  const idOf = async (row: string) => (await findService(engine, project, row)).id;
  const dependents = async (row: string) => {
    const [{service}, containers, reading] = await Promise.all([
      findService(engine, project, row),
      engine.containers(project),
      overlays?.read(signal),
    ]);
    const expected = reading && 'expected' in reading ? reading.expected.services : undefined;
    const users = withNeeds(containers, needsOf(expected ?? [])).filter(one => one.dependsOn.includes(service) && one.state === 'running');
    if (users.length === 0 && !expected) throw new UserError('What depends on it is not known: the overlays can not be read.');
    return [...new Set(users.map(user => user.service))].sort();
  };
  return {
    details: (row, ended) => watchDetails(input, row, ended),
    logs: (row, ended) => followBatches(input, row, ended),
    saveLog: (row, timestamps) => saveLog(input, row, {folder, timestamps, signal}),
    dependents,
    restart: row => changes.run(row, words.restart, async () => engine.restart(await idOf(row))),
    stop: row => changes.run(row, words.stop, async () => engine.stop(await idOf(row))),
    start: row => changes.run(row, words.start, async () => engine.start(await idOf(row))),
    apply: (row, tell) => {
      const before = lastApplied;
      const applying = changes.run(row, applyWords, async () => {
        await before;
        return apply(input, row, tell);
      });
      lastApplied = applying.catch(() => undefined);
      const forget = () => void underWay.delete(settled);
      const settled: Promise<void> = applying.then(forget, forget);
      underWay.add(settled);
      return applying;
    },
    shell: row => enter(input, row),
    open: address => openAddress(input, address),
    idle: async () => void (await Promise.all(underWay)),
  };
};
