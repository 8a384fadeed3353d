/**
 * Executes a plan and tells what happens. Decides nothing by itself: what a state means is judged in `judge.ts`, what comes next in
 * `waves.ts`, and what to do about a failure is asked.
 */

import {createQueue} from '../engine/queue.ts';
import type {Failure, ResourceEvent, ResourceStatus} from '../events.ts';
import type {Plan, PlannedPhase, RemovedService} from '../plan/plan.ts';
import type {PortHolder} from '../plan/port-holder.ts';
import {presentImages} from '../plan/pull-steps.ts';
import {bell} from './bell.ts';
import {type BoardSource, openBoard} from './board.ts';
import type {Explanation, TakenPort} from './failure.ts';
import {runGroup} from './group.ts';
import {type NeededImage, neededImages} from './pull-order.ts';
import {startPulls} from './pulls.ts';
import {announceRemoval, runRemoval} from './removal.ts';
import type {Stage} from './stage.ts';
import {serviceEvent} from './tell.ts';

export type Decision = 'retry' | 'continue' | 'stop';

/** What a rollout does to the world, and what it asks. */
export interface RolloutServices extends BoardSource {
  pull(image: NeededImage, signal: AbortSignal): AsyncIterable<ResourceEvent>;
  /** Of these volumes, those that are there. Throws EngineError. */
  volumes(names: readonly string[]): Promise<ReadonlySet<string>>;
  /** Hands services to compose: created or recreated where they differ, started, not waited for. Throws ExternalError. */
  up(services: readonly string[], options: {readonly recreate: boolean}): Promise<void>;
  /** Stops and removes the containers of a service that bear its component's label; volumes stay. Throws UserError. */
  remove(service: RemovedService): Promise<void>;
  /** False: something is connected to it, so it stays. Throws UserError. */
  removeNetwork(name: string): Promise<boolean>;
  explain(containerId: string): Promise<Explanation>;
  /** Who has a port of the host; undefined where nobody can be seen. */
  portHolder(port: TakenPort): Promise<PortHolder | undefined>;
  /** Asked when nothing can go on without an answer. `continue` only makes sense when every failure is dispensable. */
  decide(failures: readonly Failure[]): Promise<Decision>;
  /** Milliseconds since 1970. */
  now(): number;
}

export interface RolloutOptions {
  /** Aborted: what runs is finished, nothing new is begun. */
  readonly signal: AbortSignal;
  /** Images under way at once, at most. */
  readonly parallelPulls: number;
  /** Image to about how many bytes are downloaded for it. @default not known of any */
  readonly imageSizes?: ReadonlyMap<string, number> | undefined;
  /** What the run says it does. @default Rolling out */
  readonly verb?: string;
}

export type RolloutEnd = 'done' | 'stopped' | 'interrupted';

const rollingOut = 'Rolling out';
const resumable = 'What runs is left as it is. Run the same command again to go on.';
const endings: Readonly<Record<RolloutEnd, {readonly status: ResourceStatus; readonly text: string; readonly details?: string}>> = {
  done: {status: 'done', text: 'Done'},
  stopped: {status: 'error', text: 'Stopped', details: resumable},
  interrupted: {status: 'warning', text: 'Interrupted', details: resumable},
};

type Emit = (event: Omit<ResourceEvent, 'at'>) => void;

/** Everything that will be looked at, so that a display can show what is still to come. */
const announce = (plan: Plan, {verb = rollingOut, imageSizes = new Map()}: RolloutOptions, emit: Emit) => {
  const present = presentImages(plan.phases);
  emit({id: 'run', kind: 'run', status: 'working', text: verb, details: plan.project});
  for (const phase of plan.phases) {
    const parentId = `phase/${phase.id}`;
    emit({id: parentId, kind: 'phase', parentId: 'run', status: 'waiting', text: 'Waiting', details: phase.title});
    for (const reference of present.get(phase.id) ?? [])
      emit({id: `image/${reference}`, kind: 'image', parentId, status: 'skipped', text: 'Present'});
    for (const {op, resource} of phase.steps) {
      const expected = imageSizes.get(resource);
      const size = expected === undefined ? {} : {expected};
      if (op === 'pull') emit({id: `image/${resource}`, kind: 'image', parentId, status: 'waiting', text: 'Waiting', ...size});
    }
    for (const service of phase.services) emit({...serviceEvent(service), status: 'waiting', text: 'Waiting'});
  }
  announceRemoval(plan.removal, emit);
};

/** Phases that are gated together. */
const groups = ({phases, allAtOnce}: Plan): readonly (readonly PlannedPhase[])[] => (allAtOnce ? [phases] : phases.map(phase => [phase]));

const openStage = (
  plan: Plan,
  services: RolloutServices,
  {signal, parallelPulls, verb = rollingOut}: RolloutOptions,
  emit: Emit,
): Stage => {
  const doorbell = bell();
  const images = neededImages(plan);
  const missing = new Set(images.map(({reference}) => reference));
  const all = plan.phases.flatMap(phase => phase.services.map(({image}) => image));
  const pulls = startPulls({
    images,
    present: all.filter(image => !missing.has(image)),
    parallel: parallelPulls,
    signal,
    pull: (image, aborted) => services.pull(image, aborted),
    emit,
    changed: doorbell.ring,
  });
  const board = openBoard(services, doorbell.ring);
  return {services, signal, emit, verb, doorbell, pulls, board, tracks: new Map(), leftOut: new Set(), said: new Map()};
};

const conduct = async (plan: Plan, services: RolloutServices, options: RolloutOptions, emit: Emit): Promise<void> => {
  const ending = new AbortController();
  announce(plan, options, emit);
  const stage = openStage(plan, services, {...options, signal: AbortSignal.any([options.signal, ending.signal])}, emit);
  options.signal.addEventListener('abort', stage.doorbell.ring, {once: true});
  let end: RolloutEnd = 'done';
  try {
    end = await runRemoval(stage, plan.removal, 'before');
    for (const group of groups(plan)) {
      if (end !== 'done') break;
      end = await runGroup(stage, group);
    }
    if (end === 'done') end = await runRemoval(stage, plan.removal, 'after');
  } finally {
    ending.abort();
    await Promise.allSettled([stage.board.close(), stage.pulls.settled()]);
  }
  emit({id: 'run', kind: 'run', ...endings[end]});
};

/** Yields until the plan is reached, somebody says stop, or the signal is aborted; throws when the engine stays away. */
export async function* rollout(plan: Plan, services: RolloutServices, options: RolloutOptions): AsyncGenerator<ResourceEvent, void> {
  const events = createQueue<ResourceEvent>();
  const abandoned = new AbortController();
  const signal = AbortSignal.any([options.signal, abandoned.signal]);
  const conducted = conduct(plan, services, {...options, signal}, event => events.push({at: services.now(), ...event})).then(
    () => events.end(),
    error => events.end(error),
  );
  try {
    yield* events;
  } finally {
    abandoned.abort();
    await conducted;
  }
}
