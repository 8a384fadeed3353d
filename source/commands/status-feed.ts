/** The project as it runs, again and again: the engine's events say when to look, one-shot statistics fill the numbers. */
import {setTimeout} from 'node:timers/promises';
import type {Engine} from '../engine/engine.ts';
import type {PhaseName, StatusSnapshot} from '../plan/service-status.ts';
import {bell} from '../rollout/bell.ts';
import type {Sight} from '../ui/services.ts';
import {openLookout} from './status-lookout.ts';
import {createMeter, type Meter} from './status-meter.ts';
import type {Overlays, Reading} from './status-model.ts';
import {rowsOf} from './status-rows.ts';

export interface StatusInput {
  readonly engine: Engine;
  readonly project: string;
  /** Service to the address that answers for it. */
  readonly urls: ReadonlyMap<string, string>;
  /** All of the platform, in the order of the rollout. @default none */
  readonly phases?: readonly PhaseName[];
  /** What should run. @default not known: no drift is told and nothing is missing */
  readonly overlays?: Overlays | undefined;
}

export interface WatchOptions {
  /** What is looked at: only that is measured. @default all services */
  readonly sight?: Sight | undefined;
  /** Milliseconds between two samples of a container. @default 2000 */
  readonly sampleMs?: number;
}

/** The longest time without a look, whatever the engine says. */
const lookEvery = 30_000;
/** One that was stuck says nothing when it goes on: its events come on, and nobody has lost them. */
const lookWhileLost = 2000;
/** Between the two samples that a share of processor time needs, when there is no third. */
const shortSpan = 500;

type Watched = Pick<StatusInput, 'project' | 'urls' | 'phases'>;

const factsOf = (reading: Reading | undefined) => ({
  expected: reading && 'expected' in reading ? reading.expected : undefined,
  driftUnknown: reading && 'problem' in reading ? reading.problem : undefined,
});

const snapshotOf = (
  {project, urls, phases = []}: Watched,
  {containers, lostAt, unhealthySince}: Pick<ReturnType<typeof openLookout>, 'containers' | 'lostAt' | 'unhealthySince'>,
  meter: Meter,
  reading: Reading | undefined,
): StatusSnapshot => {
  const {expected, driftUnknown} = factsOf(reading);
  const rows = rowsOf({containers: [...containers.values()], expected, used: meter.of, unhealthySince, urls, phases});
  return {project, connected: lostAt === undefined, ...rows, at: Date.now(), phases, lostAt, driftUnknown};
};

/** One look, with processor shares and rates measured over half a second. Throws EngineError. */
export const statusOnce = async ({engine, overlays, ...input}: StatusInput, signal: AbortSignal): Promise<StatusSnapshot> => {
  const meter = createMeter(engine);
  const reading = overlays?.read(signal);
  const found = await engine.containers(input.project);
  const running = found.filter(({state}) => state === 'running').map(({id}) => id);
  await meter.measure(running);
  if (running.length > 0) await setTimeout(shortSpan);
  await meter.measure(running);
  const containers = new Map(found.map(container => [container.id, container]));
  return snapshotOf(input, {containers, lostAt: undefined, unhealthySince: () => undefined}, meter, await reading);
};

/**
 * Yields at every change and every new sample, until aborted. While the engine is away the last rows stay, marked as not connected.
 * The overlays are read when it begins, when they change, and when containers come and go.
 */
export async function* watchStatus(
  {engine, overlays, ...input}: StatusInput,
  signal: AbortSignal,
  {sight, sampleMs = 2000}: WatchOptions = {},
): AsyncGenerator<StatusSnapshot, void> {
  const doorbell = bell();
  const closing = new AbortController();
  const meter = createMeter(engine);
  let reading: Reading | undefined;
  let fault: {readonly error: unknown} | undefined;
  const inBackground = async (work: () => Promise<void>) => {
    await work().catch((error: unknown) => {
      if (!closing.signal.aborted) fault = {error};
    });
    doorbell.ring();
  };

  const outdated = bell();
  const ended = bell();
  const lookout = openLookout({engine, project: input.project, changed: doorbell.ring, moved: outdated.ring});
  const readOverlays = async () => {
    while (overlays && !closing.signal.aborted) {
      reading = await overlays.read(closing.signal);
      doorbell.ring();
      await outdated.wait(lookEvery);
    }
  };
  const measure = async () => {
    while (!closing.signal.aborted) {
      const begin = performance.now();
      const seen = sight && new Set(sight.shown());
      const running = [...lookout.containers.values()].filter(({id, state}) => state === 'running' && (seen?.has(id) ?? true));
      if (running.length > 0 && lookout.lostAt === undefined) {
        const isAnswered = await meter.measure(running.map(({id}) => id));
        if (!isAnswered) lookout.doubt();
        doorbell.ring();
      }
      // An engine that takes long gets a rest all the same.
      await ended.wait(Math.max(sampleMs / 2, sampleMs - (performance.now() - begin)));
    }
  };

  const stop = () => {
    closing.abort();
    for (const one of [doorbell, outdated, ended]) one.ring();
  };
  signal.addEventListener('abort', stop, {once: true});
  if (signal.aborted) stop();
  overlays?.watch(outdated.ring, closing.signal);
  const background: Promise<void>[] = [];
  try {
    while (!signal.aborted) {
      await lookout.look();
      if (background.length === 0) background.push(inBackground(readOverlays), inBackground(measure));
      meter.keep(new Set(lookout.containers.keys()));
      if (fault) throw fault.error;
      yield snapshotOf(input, lookout, meter, reading);
      await doorbell.wait(lookout.lostAt === undefined ? lookEvery : lookWhileLost);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
    await Promise.all([...background, lookout.close()]);
  }
}
