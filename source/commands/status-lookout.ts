/** The containers of a project as they are now: the engine's events say which one to look at again, a list now and then corrects the rest. */
import {setTimeout} from 'node:timers/promises';
import {concurrently} from '../engine/concurrently.ts';
import type {ContainerEvent} from '../engine/container-event.ts';
import type {ContainerDetails, Engine} from '../engine/engine.ts';
import {EngineError} from '../engine/engine-error.ts';
import {UserError} from '../errors.ts';

/** Events are lost without a word when their reader is slow (moby drops them after 100 ms): so long may an error last. */
const listEvery = 30_000;
const firstDelay = 250;
const longestDelay = 2000;
const inspectedAtOnce = 16;

export interface LookoutInput {
  readonly engine: Pick<Engine, 'containers' | 'inspect' | 'events'>;
  readonly project: string;
  /** Something happened: now `look`. */
  readonly changed: () => void;
  /** A container came or went. */
  readonly moved: () => void;
}

export interface Lookout {
  /** As of the last look. */
  readonly containers: ReadonlyMap<string, ContainerDetails>;
  /** Since when the engine does not answer; milliseconds since 1970. */
  readonly lostAt: number | undefined;
  unhealthySince(id: string): number | undefined;
  /** Asks the engine for what changed since the last look, or for everything where that is not known. Throws what is no fault of the engine. */
  look(): Promise<void>;
  /** The engine did not answer somebody: the next look asks for everything. */
  doubt(): void;
  close(): Promise<void>;
}

const pause = (milliseconds: number, signal: AbortSignal) => setTimeout(milliseconds, undefined, {signal}).catch(() => undefined);

const undefinedIfGone = (error: unknown): undefined => {
  if (!(error instanceof EngineError && error.kind === 'not-found')) throw error;
};

export const openLookout = ({engine, project, changed, moved}: LookoutInput): Lookout => {
  const containers = new Map<string, ContainerDetails>();
  const unhealthy = new Map<string, number>();
  const touched = new Set<string>();
  const closing = new AbortController();
  let listedAt: number | undefined;
  let lostAt: number | undefined;
  let isFirst = true;
  let fault: {readonly error: unknown} | undefined;

  const note = ({containerId, action, health, at}: ContainerEvent) => {
    touched.add(containerId);
    if (health === 'unhealthy') unhealthy.set(containerId, unhealthy.get(containerId) ?? at);
    if (action === 'create' || action === 'destroy') moved();
  };
  let settleFirst: () => void = () => undefined;
  /** The first list is made when nothing can be missed after it any more, or when there is no stream to be had. */
  const first = new Promise<void>(resolve => {
    settleFirst = resolve;
  });
  const follow = async () => {
    const onOpen = () => {
      listedAt = undefined;
      settleFirst();
      changed();
    };
    for await (const event of engine.events(project, {signal: closing.signal, onOpen})) {
      note(event);
      changed();
    }
  };
  const watch = async () => {
    for (let delay = firstDelay; !closing.signal.aborted; delay = Math.min(longestDelay, delay * 2)) {
      const openedAt = Date.now();
      await follow().catch((error: unknown) => {
        if (!(error instanceof UserError) && !closing.signal.aborted) throw error;
      });
      settleFirst();
      if (closing.signal.aborted) return;
      if (Date.now() - openedAt > longestDelay) delay = firstDelay;
      listedAt = undefined;
      changed();
      await pause(delay, closing.signal);
    }
  };
  // What is no fault of the engine is a bug: whoever looks next is told.
  const watching = watch().catch((error: unknown) => {
    fault = {error};
    settleFirst();
    changed();
  });

  const list = async () => {
    listedAt = Date.now();
    touched.clear();
    const all = await engine.containers(project);
    const isSame = all.length === containers.size && all.every(({id}) => containers.has(id));
    containers.clear();
    for (const container of all) containers.set(container.id, container);
    if (!isSame && !isFirst) moved();
    isFirst = false;
  };
  const inspect = async () => {
    const ids = [...touched];
    touched.clear();
    await concurrently(ids, inspectedAtOnce, async id => {
      const found = await engine.inspect(id).catch(undefinedIfGone);
      if (found) containers.set(id, found);
      else containers.delete(id);
    });
  };
  const settle = () => {
    for (const id of unhealthy.keys()) if (containers.get(id)?.health !== 'unhealthy') unhealthy.delete(id);
  };

  return {
    containers,
    get lostAt() {
      return lostAt;
    },
    unhealthySince: id => unhealthy.get(id),
    async look() {
      await first;
      if (fault) throw fault.error;
      const askedAt = Date.now();
      try {
        if (listedAt === undefined || Date.now() - listedAt >= listEvery) await list();
        else if (touched.size > 0) await inspect();
        lostAt = undefined;
        settle();
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        listedAt = undefined;
        lostAt ??= askedAt;
      }
    },
    doubt: () => {
      listedAt = undefined;
    },
    async close() {
      closing.abort();
      await watching;
    },
  };
};
