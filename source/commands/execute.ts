/** Carries a prepared plan out: files, secrets, images, services. Every change is told as an event and noted in the journal. */
import {composeUp} from '../engine/compose.ts';
import type {Engine} from '../engine/engine.ts';
import {EngineError} from '../engine/engine-error.ts';
import {pullImage} from '../engine/pull.ts';
import type {Failure, ResourceEvent} from '../events.ts';
import {type LocalImage, platformOf, recordImages} from '../plan/image-lock.ts';
import type {GivenSecrets} from '../plan/secrets.ts';
import type {Explanation} from '../rollout/failure.ts';
import {type Decision, type RolloutServices, rollout} from '../rollout/rollout.ts';
import {saveWorkspaceAnswers} from '../workspace/answers.ts';
import {refuseReplacedSecrets} from '../workspace/given-secrets.ts';
import {imageLockFile, saveImageLock} from '../workspace/image-lock.ts';
import {openJournal} from '../workspace/journal.ts';
import {acquireLock} from '../workspace/lock.ts';
import {ensureSecrets} from '../workspace/secrets.ts';
import {writeFiles} from '../workspace/workspace.ts';
import type {ReadyHost} from './host.ts';
import type {Prepared} from './prepare.ts';

export interface ExecuteOptions {
  readonly signal: AbortSignal;
  readonly decide: (failures: readonly Failure[]) => Promise<Decision>;
  /** Ids of preflight checks that the operator goes on in spite of. */
  readonly ignored: readonly string[];
  /** @default none */
  readonly secrets?: GivenSecrets;
}

const logTail = 20;

/** Milliseconds since 1970 by a clock that nobody sets: limits hold, and none is passed at once, when the host's clock is set meanwhile. */
const steadyNow = () => Math.round(performance.timeOrigin + performance.now());

const explain = async (engine: Engine, id: string): Promise<Explanation> => {
  const details = await engine.inspect(id);
  const log: string[] = [];
  for await (const line of engine.logs(id, {tail: logTail, follow: false, signal: AbortSignal.timeout(5000)})) log.push(line);
  const {healthOutput, exitCode, oomKilled, memoryLimit} = details;
  return {healthOutput, exitCode, oomKilled, memoryLimit, log};
};

const rolloutServices = (host: ReadyHost, {compose}: Prepared, {decide}: ExecuteOptions): RolloutServices => ({
  containers: () => host.engine.containers(compose.project),
  changes: signal => host.engine.events(compose.project, {signal}),
  pull: (image, signal) => pullImage(host.engine, {...image, signal}),
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
  decide,
  now: steadyNow,
});

/** Writes files and secrets; the part of a rollout that needs no Docker. */
async function* writeWorkspace(
  {compose, rendered, observed, selection}: Prepared,
  secrets: GivenSecrets = new Map(),
): AsyncGenerator<ResourceEvent, void> {
  const given = new Map([...secrets].filter(([id]) => rendered.secrets.some(secret => secret.id === id)));
  await refuseReplacedSecrets(compose.directory, given);
  yield* writeFiles(compose.directory, rendered.files, observed.files);
  yield* await ensureSecrets(compose.directory, rendered.secrets, {given});
  await saveWorkspaceAnswers(compose.directory, selection.answers);
}

async function* journalled(directory: string, events: AsyncIterable<ResourceEvent>): AsyncGenerator<ResourceEvent, void> {
  const journal = await openJournal(directory);
  try {
    for await (const event of events) {
      await journal.record(event);
      yield event;
    }
  } finally {
    await journal.close();
  }
}

const endsRun = ({kind, status}: ResourceEvent) => kind === 'run' && (status === 'done' || status === 'error' || status === 'warning');

/** An engine that is away has nothing to add: the next run writes down what it pulled, and this one ends as it ended. */
const nothingIfAway = (error: unknown): ReadonlyMap<string, LocalImage> => {
  if (error instanceof EngineError) return new Map();
  throw error;
};

/** What is there now, however the rollout ended. */
async function* writeImageLock(host: ReadyHost, {compose, services, observed}: Prepared): AsyncGenerator<ResourceEvent, void> {
  const images = await host.engine.images([...new Set(services.map(({image}) => image))]).catch(nothingIfAway);
  const lock = recordImages(observed.lock, {services, images, platform: platformOf(host.info.architecture)});
  if (!(await saveImageLock(compose.directory, lock))) return;
  const details = `the digests of ${lock.length} images`;
  yield {id: `file/${imageLockFile}`, kind: 'file', parentId: 'run', status: 'done', text: 'Written', details, at: Date.now()};
}

async function* steps(host: ReadyHost, prepared: Prepared, options: ExecuteOptions): AsyncGenerator<ResourceEvent, void> {
  const text = `Ignoring ${options.ignored.join(', ')}`;
  if (options.ignored.length > 0) yield {id: 'run', kind: 'run', status: 'waiting', text, at: Date.now()};
  yield* writeWorkspace(prepared, options.secrets);
  const settings = {signal: options.signal, parallelPulls: 4, imageSizes: prepared.imageSizes};
  const events = rollout(prepared.plan, rolloutServices(host, prepared, options), settings);
  for await (const event of events) {
    if (endsRun(event)) yield* writeImageLock(host, prepared);
    yield event;
  }
}

/** Holds the workspace's lock all the while; throws UserError with exit code 4 when another run has it. */
export async function* execute(host: ReadyHost, prepared: Prepared, options: ExecuteOptions): AsyncGenerator<ResourceEvent, void> {
  const {directory, project} = prepared.compose;
  const lock = await acquireLock(directory, {project, command: 'up'});
  try {
    yield* journalled(directory, steps(host, prepared, options));
  } finally {
    await lock.release();
  }
}

/** The same without Docker: writes, and nothing else. */
export async function* executeWrite(prepared: Prepared, secrets?: GivenSecrets): AsyncGenerator<ResourceEvent, void> {
  const {directory, project} = prepared.compose;
  const lock = await acquireLock(directory, {project, command: 'write'});
  try {
    yield* writeWorkspace(prepared, secrets);
  } finally {
    await lock.release();
  }
}
