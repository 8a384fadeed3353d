/** What a rollout needs of the engine and of compose. */
import type {DirectoryOfProject} from '../engine/commands.ts';
import {composeUp} from '../engine/compose.ts';
import type {Engine} from '../engine/engine.ts';
import {pullImage} from '../engine/pull.ts';
import type {LoggedLine, ResourceEvent} from '../events.ts';
import type {ImageLock} from '../plan/image-lock.ts';
import type {PortHolder} from '../plan/port-holder.ts';
import {readListeners} from '../preflight/listeners.ts';
import {containerHolder, listenerHolder} from '../preflight/port-holder.ts';
import type {Place} from '../preflight/sockets.ts';
import type {Explanation} from '../rollout/failure.ts';
import type {RolloutServices} from '../rollout/rollout.ts';
import {imageLockFile} from '../workspace/image-lock.ts';
import type {ReadyHost} from './host.ts';
import {isLocal} from './preflight.ts';

const logTail = 20;

/** Milliseconds since 1970 by a clock that nobody sets: limits hold, and none is passed at once, when the host's clock is set meanwhile. */
const steadyNow = () => Math.round(performance.timeOrigin + performance.now());

const explain = async (engine: Engine, id: string): Promise<Explanation> => {
  const details = await engine.inspect(id);
  const log: LoggedLine[] = [];
  const options = {tail: logTail, follow: false, signal: AbortSignal.timeout(5000)};
  for await (const lines of engine.logBatches(id, options)) log.push(...lines.map(({stream, text}) => ({stream, text})));
  const {healthChecks, exitCode, oomKilled, memoryLimit, restarts, startedAt} = details;
  return {healthChecks, exitCode, oomKilled, memoryLimit, restarts, startedAt, log};
};

export const rolloutServices = (host: ReadyHost, compose: DirectoryOfProject, decide: RolloutServices['decide']): RolloutServices => ({
  containers: () => host.engine.containers(compose.project),
  changes: signal => host.engine.events(compose.project, {signal}),
  pull: (image, signal) => pullImage(host.engine, {...image, signal}),
  volumes: async names => new Set((await host.engine.volumesNamed(names)).keys()),
  up: async (services, {recreate}) => {
    // What compose says on the way is told again by the engine's own events.
    for await (const _ of composeUp(services, compose, {env: host.env, recreate}));
  },
  remove: async ({service, component}) => {
    // Looked for anew: a container may have been replaced, or removed by an earlier run that was cut off.
    const containers = await host.engine.containers(compose.project);
    const own = containers.filter(container => container.service === service && container.component === component);
    await Promise.all(own.map(({id}) => host.engine.remove(id)));
  },
  removeNetwork: name => host.engine.removeNetwork(name),
  explain: id => explain(host.engine, id),
  portHolder: place => portHolder(host, compose.project, place),
  decide,
  now: steadyNow,
});

/** Listeners are those of this host: of an engine elsewhere only its containers are known. */
const portHolder = async (host: ReadyHost, project: string, place: Place): Promise<PortHolder | undefined> => {
  const published = containerHolder(place, await host.engine.foreignPorts(project));
  if (published || !isLocal(host)) return published;
  return listenerHolder(place, await readListeners());
};

/** The lock file was written. */
export const lockEvent = (lock: ImageLock): ResourceEvent => ({
  id: `file/${imageLockFile}`,
  kind: 'file',
  parentId: 'run',
  status: 'done',
  text: 'Written',
  details: `the digests of ${lock.length} images`,
  at: Date.now(),
});
