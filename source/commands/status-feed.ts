/** The project as it runs, again and again: the engine's events say when to look, one-shot statistics fill the numbers. */
import {setTimeout} from 'node:timers/promises';
import type {ContainerDetails, Engine} from '../engine/engine.ts';
import {type StatsSample, type Usage, usage} from '../engine/usage.ts';
import {labels} from '../plan/overlay.ts';
import type {ServiceStatus, StatusSnapshot} from '../plan/service-status.ts';
import {bell} from '../rollout/bell.ts';
import {openBoard} from '../rollout/board.ts';

export interface StatusInput {
  readonly engine: Engine;
  readonly project: string;
  /** Service to the address that answers for it. */
  readonly urls: ReadonlyMap<string, string>;
}

const interval = 2000;

/** `shop`, or `shop 2` where a service has several containers. */
export const rowName = (container: ContainerDetails, all: readonly ContainerDetails[]): string => {
  const replicas = all.filter(({service}) => service === container.service).length;
  return replicas > 1 ? `${container.service} ${container.labels.get('com.docker.compose.container-number') ?? '?'}` : container.service;
};

const statusOf = (container: ContainerDetails, name: string, used: Usage | undefined, urls: StatusInput['urls']): ServiceStatus => ({
  service: container.service,
  name,
  component: container.labels.get(labels.component),
  phase: container.labels.get(labels.phase),
  containerId: container.id,
  image: container.image,
  state: container.state,
  health: container.health,
  isJob: container.isJob,
  exitCode: container.exitCode,
  startedAt: container.state === 'running' ? container.startedAt : undefined,
  restarts: container.restarts,
  cpu: used?.cpuPercent,
  memory: used?.memory,
  memoryLimit: container.memoryLimit,
  ports: container.ports,
  url: urls.get(container.service),
});

/** The engine counts processor time: a share needs two samples. */
const createMeter = (engine: Engine) => {
  const samples = new Map<string, StatsSample>();
  const used = new Map<string, Usage>();
  const measure = async ({id, state}: ContainerDetails) => {
    if (state !== 'running') {
      samples.delete(id);
      used.delete(id);
      return;
    }
    // A container that ends while it is measured simply has no numbers any more.
    const sample = await engine.stats(id).catch(() => undefined);
    if (!sample) return;
    used.set(id, usage(samples.get(id), sample));
    samples.set(id, sample);
  };
  return {
    async measureAll(containers: readonly ContainerDetails[]) {
      await Promise.all(containers.map(measure));
    },
    of: (id: string) => used.get(id),
  };
};

const byPhase = (a: ServiceStatus, b: ServiceStatus) =>
  (a.phase ?? '~').localeCompare(b.phase ?? '~') || a.name.localeCompare(b.name, undefined, {numeric: true});

const rowsOf = (containers: readonly ContainerDetails[], meter: ReturnType<typeof createMeter>, urls: StatusInput['urls']) =>
  containers.map(container => statusOf(container, rowName(container, containers), meter.of(container.id), urls)).sort(byPhase);

/** One look, with processor shares measured over half a second. */
export const statusOnce = async ({engine, project, urls}: StatusInput): Promise<StatusSnapshot> => {
  const meter = createMeter(engine);
  const containers = await engine.containers(project);
  await meter.measureAll(containers);
  if (containers.some(({state}) => state === 'running')) await setTimeout(500);
  await meter.measureAll(containers);
  const services = rowsOf(containers, meter, urls);
  return {project, connected: true, services, at: Date.now()};
};

/** Yields at every change and every two seconds, until aborted. While the engine is away the last rows stay, marked as not connected. */
export async function* watchStatus({engine, project, urls}: StatusInput, signal: AbortSignal): AsyncGenerator<StatusSnapshot, void> {
  const doorbell = bell();
  const meter = createMeter(engine);
  let containers: readonly ContainerDetails[] = [];
  const source = {
    containers: async () => {
      containers = await engine.containers(project);
      return containers;
    },
    changes: (aborted: AbortSignal) => engine.events(project, {signal: aborted, onOpen: doorbell.ring}),
  };
  const board = openBoard(source, doorbell.ring);
  signal.addEventListener('abort', doorbell.ring, {once: true});
  try {
    while (!signal.aborted) {
      const connected = await board.refresh().then(
        () => true,
        () => false,
      );
      yield {project, connected, services: rowsOf(containers, meter, urls), at: Date.now()};
      if (connected) await meter.measureAll(containers);
      await doorbell.wait(interval);
    }
  } finally {
    await board.close();
  }
}
