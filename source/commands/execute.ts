/** Carries a prepared plan out: files, secrets, images, services. Every change is told as an event and noted in the journal. */
import {EngineError} from '../engine/engine-error.ts';
import type {ResourceEvent} from '../events.ts';
import {type LocalImage, platformOf, recordImages} from '../plan/image-lock.ts';
import type {RollBackRequest} from '../plan/roll-back.ts';
import type {GivenSecrets} from '../plan/secrets.ts';
import {rollout} from '../rollout/rollout.ts';
import type {Decide} from '../ui/services.ts';
import {saveWorkspaceAnswers} from '../workspace/answers.ts';
import {refuseReplacedSecrets} from '../workspace/given-secrets.ts';
import {forgetGoingBack, goingBack} from '../workspace/going-back.ts';
import {loadImageLock, saveImageLock} from '../workspace/image-lock.ts';
import {openJournal} from '../workspace/journal.ts';
import {acquireLock} from '../workspace/lock.ts';
import {ensureSecrets} from '../workspace/secrets.ts';
import {writeFiles} from '../workspace/workspace.ts';
import type {Ground} from './find-roll-back.ts';
import type {ReadyHost} from './host.ts';
import {noteReached} from './note-reached.ts';
import {offerRollBack} from './offer-roll-back.ts';
import {untilAborted} from './on-failure.ts';
import type {Prepared} from './prepare.ts';
import {executeRollBack, type RollBackOptions} from './roll-back.ts';
import {lockEvent, rolloutServices} from './rollout-services.ts';

export interface ExecuteOptions {
  readonly signal: AbortSignal;
  readonly decide: Decide;
  /** Ids of preflight checks that the operator goes on in spite of. */
  readonly ignored: readonly string[];
  /** @default none */
  readonly secrets?: GivenSecrets;
  /** A roll back that has not ended is given up. @default it is gone on with, instead of the plan */
  readonly forward?: boolean;
}

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
  if (await saveImageLock(compose.directory, lock)) yield lockEvent(lock);
}

/** A roll back that was asked for begins where the rollout ended. */
async function* carryOut(host: ReadyHost, prepared: Prepared, {signal, decide}: ExecuteOptions): AsyncGenerator<ResourceEvent, void> {
  const offer = offerRollBack(host, prepared, decide);
  const right = new Map<string, boolean>();
  const services = rolloutServices(host, prepared.compose, offer.decide);
  for await (const event of rollout(prepared.plan, services, {signal, parallelPulls: 4, imageSizes: prepared.imageSizes})) {
    if (event.kind === 'phase') right.set(event.id.slice('phase/'.length), event.status === 'done' || event.status === 'skipped');
    if (!endsRun(event)) yield event;
    else {
      yield* writeImageLock(host, prepared);
      const {plan, volumes, selection, compose} = prepared;
      const phases = plan.phases.flatMap(({id}) => (right.get(id) ? [id] : []));
      const lock = await loadImageLock(compose.directory);
      await noteReached(host, compose.directory, {plan, phases, volumes, lock, answers: selection.answers});
      const request = offer.taken();
      if (request) yield* executeRollBack(host, {...prepared, directory: prepared.compose.directory}, request, {signal, decide});
      else yield event;
    }
  }
}

async function* steps(host: ReadyHost, prepared: Prepared, options: ExecuteOptions): AsyncGenerator<ResourceEvent, void> {
  const text = `Ignoring ${options.ignored.join(', ')}`;
  if (options.ignored.length > 0) yield {id: 'run', kind: 'run', status: 'waiting', text, at: Date.now()};
  const {directory, project} = prepared.compose;
  const unfinished = await goingBack(directory);
  const isOurs = unfinished?.project === project;
  if (isOurs && !options.forward) yield* executeRollBack(host, {...prepared, directory}, unfinished, options);
  else {
    if (isOurs) await forgetGoingBack(directory);
    yield* writeWorkspace(prepared, options.secrets);
    yield* carryOut(host, prepared, options);
  }
}

/** With the workspace's lock, and every event noted. Throws UserError with exit code 4 when another run has the lock. */
async function* alone(
  {directory, project}: Pick<Prepared['compose'], 'directory' | 'project'>,
  events: AsyncIterable<ResourceEvent>,
): AsyncGenerator<ResourceEvent, void> {
  const lock = await acquireLock(directory, {project, command: 'up'});
  try {
    yield* journalled(directory, events);
  } finally {
    await lock.release();
  }
}

export const execute = (host: ReadyHost, prepared: Prepared, options: ExecuteOptions): AsyncGenerator<ResourceEvent, void> =>
  alone(prepared.compose, steps(host, prepared, {...options, decide: untilAborted(options.decide, options.signal)}));

/** A roll back that was cut off, to its end. */
export const executeUnfinished = (
  host: ReadyHost,
  ground: Ground,
  request: RollBackRequest,
  options: RollBackOptions,
): AsyncGenerator<ResourceEvent, void> =>
  alone(
    {directory: ground.directory, project: request.project},
    executeRollBack(host, ground, request, {...options, decide: untilAborted(options.decide, options.signal)}),
  );

/** Without Docker: writes, and nothing else. */
export async function* executeWrite(prepared: Prepared, secrets?: GivenSecrets): AsyncGenerator<ResourceEvent, void> {
  const {directory, project} = prepared.compose;
  const lock = await acquireLock(directory, {project, command: 'write'});
  try {
    yield* writeWorkspace(prepared, secrets);
  } finally {
    await lock.release();
  }
}
