/** What the containers of the project are like now: fed by the engine's events, corrected by listing them again. */
import {setTimeout} from 'node:timers/promises';
import type {Health, ObservedContainer} from '../plan/observed.ts';

export interface ContainerChange {
  readonly service: string;
  /** As the engine says it: start, die, health_status: healthy, oom. */
  readonly action: string;
  /** Of `health_status`. */
  readonly health?: Health | undefined;
  /** Of `die`. */
  readonly exitCode?: number | undefined;
}

/** How a process ended, as the event said: of a container that was started again the engine remembers neither. */
export interface LastEnd {
  readonly exitCode: number | undefined;
  /** The kernel killed it for want of memory. */
  readonly oomKilled: boolean;
}

export interface BoardSource {
  containers(): Promise<readonly ObservedContainer[]>;
  /** Ends or throws when the connection is lost. */
  changes(signal: AbortSignal): AsyncIterable<ContainerChange>;
}

export interface Board {
  /** By service; a service has one for each of its replicas. */
  readonly containers: ReadonlyMap<string, readonly ObservedContainer[]>;
  /** How often a service's process ended since it was counted from zero. */
  deaths(service: string): number;
  /** The last of them; undefined when there was none. */
  lastEnd(service: string): LastEnd | undefined;
  resetDeaths(service: string): void;
  /** How often its process started or ended. */
  stirs(service: string): number;
  /** How often the engine called it unhealthy: a list shows only what it is by then. */
  ills(service: string): number;
  /** Lists again; throws what the engine says. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** Exit code of a process that was ended by SIGKILL. A child alone may be killed for want of memory, and the process goes on. */
const killed = 137;

const firstDelay = 250;
const longestDelay = 2000;

const pause = (milliseconds: number, signal: AbortSignal) => setTimeout(milliseconds, undefined, {signal}).catch(() => undefined);

/** `changed` is called after every event: the stream says that something happened, the list says what is. */
export const openBoard = (source: BoardSource, changed: () => void): Board => {
  const containers = new Map<string, ObservedContainer[]>();
  const deaths = new Map<string, number>();
  const ends = new Map<string, LastEnd>();
  /** Services of which a process is about to end: the engine says so before it does. */
  const outOfMemory = new Set<string>();
  const stirs = new Map<string, number>();
  const ills = new Map<string, number>();
  const closing = new AbortController();

  const follow = async () => {
    for await (const {service, action, health, exitCode} of source.changes(closing.signal)) {
      if (action === 'oom') outOfMemory.add(service);
      if (action === 'die') {
        deaths.set(service, (deaths.get(service) ?? 0) + 1);
        ends.set(service, {exitCode, oomKilled: outOfMemory.delete(service) && exitCode === killed});
      }
      if (action === 'die' || action === 'start') stirs.set(service, (stirs.get(service) ?? 0) + 1);
      if (health === 'unhealthy') ills.set(service, (ills.get(service) ?? 0) + 1);
      changed();
    }
  };
  const watch = async () => {
    for (let delay = firstDelay; !closing.signal.aborted; delay = Math.min(longestDelay, delay * 2)) {
      // A lost stream says nothing that the next list does not say too, and that one is reported.
      await follow().catch(() => undefined);
      await pause(delay, closing.signal);
      changed();
    }
  };
  const watching = watch();
  return {
    containers,
    deaths: service => deaths.get(service) ?? 0,
    lastEnd: service => ends.get(service),
    resetDeaths: service => {
      deaths.delete(service);
      ends.delete(service);
    },
    stirs: service => stirs.get(service) ?? 0,
    ills: service => ills.get(service) ?? 0,
    async refresh() {
      const listed = await source.containers();
      containers.clear();
      for (const container of listed) containers.set(container.service, [...(containers.get(container.service) ?? []), container]);
    },
    async close() {
      closing.abort();
      await watching;
    },
  };
};
