/** A small world for a rollout: containers that change by script when something is done to them. What no script foresees fails the test. */
import {expect, onTestFinished} from 'vitest';
import {ExternalError} from '../../source/errors.ts';
import type {Failure, ResourceEvent} from '../../source/events.ts';
import type {ObservedContainer} from '../../source/plan/observed.ts';
import type {PortHolder} from '../../source/plan/port-holder.ts';
import type {ContainerChange} from '../../source/rollout/board.ts';
import type {Explanation} from '../../source/rollout/failure.ts';
import type {Decision, RolloutServices} from '../../source/rollout/rollout.ts';
import {container} from './observed.ts';

/** What the world does: change a container, move the clock, say what the engine would say. */
export interface World {
  readonly containers: Map<string, ObservedContainer>;
  /** Everything that was done, in order: `up a b`, `recreate a`, `pull a:1`, `explain a`, `decide a: ...`. */
  readonly calls: string[];
  set(service: string, change: Partial<ObservedContainer>): void;
  remove(service: string): void;
  /** An event of the engine; rings the rollout. */
  say(service: string, action: string, more?: Pick<ContainerChange, 'health' | 'exitCode'>): void;
  /** Milliseconds since 1970; moved by hand. */
  clock: number;
  /** While set, listing containers fails with it. */
  engineError: Error | undefined;
  /** That the engine has. */
  readonly volumes: Set<string>;
}

/** Called when compose was handed services; throws what compose would end with. */
export type UpReaction = (world: World) => void | Promise<void>;

export interface Script {
  readonly containers?: readonly ObservedContainer[];
  /** By `up a b` or `recreate a`: what happens then. Each line is expected as often as it is listed. */
  readonly up?: readonly (readonly [string, UpReaction])[];
  /** By `remove a` or `remove network a`: what happens then. Each line is expected as often as it is listed. */
  readonly removals?: readonly (readonly [string, (world: World) => unknown])[];
  /** By image: what its pull says. */
  readonly pulls?: Readonly<Record<string, (world: World) => AsyncIterable<Partial<ResourceEvent>>>>;
  readonly decisions?: readonly ((failures: readonly Failure[], world: World) => Decision | Promise<Decision>)[];
  /** By port: who has it. */
  readonly holders?: Readonly<Record<number, PortHolder>>;
  readonly explanations?: Readonly<Record<string, Explanation>>;
  /** Between the engine's making of a list and its arrival here. */
  readonly listing?: (world: World, count: number) => Promise<void> | void;
}

export interface ScriptedEngine {
  readonly services: RolloutServices;
  readonly world: World;
}

export const composeFailed = (...lastLines: readonly string[]): ExternalError =>
  new ExternalError(['docker', 'compose', 'up'], 1, lastLines);

/** Compose made these services and they are right at once. */
export const becomes =
  (changes: Readonly<Record<string, Partial<ObservedContainer>>>) =>
  (world: World): void => {
    for (const [service, change] of Object.entries(changes)) {
      world.set(service, change);
      world.say(service, 'start');
    }
  };

export const healthy: Partial<ObservedContainer> = {state: 'running', health: 'healthy', exitCode: undefined};

/** Healthy by as many good probes in a row as are asked of what was unhealthy before. */
export const steady: Partial<ObservedContainer> = {
  ...healthy,
  healthChecks: [1, 2, 3].map(at => ({at, exitCode: 0, output: ''})),
};

const channel = () => {
  const waiting: ContainerChange[] = [];
  let wake: (() => void) | undefined;
  return {
    push(change: ContainerChange) {
      waiting.push(change);
      wake?.();
    },
    async *read(signal: AbortSignal): AsyncGenerator<ContainerChange, void> {
      const stop = () => wake?.();
      signal.addEventListener('abort', stop);
      while (!signal.aborted) {
        for (let change = waiting.shift(); change; change = waiting.shift()) yield change;
        if (signal.aborted) break;
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
      signal.removeEventListener('abort', stop);
    },
  };
};

/** Ends the test with every call that did not come or was not expected. */
export const scriptedEngine = ({
  containers = [],
  up = [],
  removals = [],
  pulls = {},
  decisions = [],
  explanations = {},
  holders = {},
  listing,
}: Script): ScriptedEngine => {
  const changes = channel();
  const expectedUps = [...up];
  const expectedRemovals = [...removals];
  const expectedPulls = new Set(Object.keys(pulls));
  const expectedDecisions = [...decisions];
  const unexpected: string[] = [];
  const refuse = (call: string) => {
    unexpected.push(call);
    return new Error(`unexpected: ${call}`);
  };
  const world: World = {
    containers: new Map(containers.map(one => [one.service, one])),
    calls: [],
    set(service, change) {
      world.containers.set(service, container(service, {...world.containers.get(service), ...change}));
    },
    remove: service => void world.containers.delete(service),
    say: (service, action, more = {}) => changes.push({service, action, ...more}),
    clock: 0,
    engineError: undefined,
    volumes: new Set(),
  };
  const counts = {lists: 0};
  onTestFinished(() => {
    const missing = [
      ...[...expectedUps, ...expectedRemovals].map(([call]) => call),
      ...[...expectedPulls].map(image => `pull ${image}`),
      ...expectedDecisions.map(() => 'decide'),
    ];
    expect([...unexpected.map(call => `unexpected: ${call}`), ...missing.map(call => `did not come: ${call}`)]).toEqual([]);
  });
  const take = (call: string) => {
    world.calls.push(call);
    const index = expectedRemovals.findIndex(([name]) => name === call);
    const [found] = index < 0 ? [] : expectedRemovals.splice(index, 1);
    if (!found) throw refuse(call);
    return found[1](world);
  };
  const services: RolloutServices = {
    async containers() {
      if (world.engineError) throw world.engineError;
      const list = [...world.containers.values()];
      counts.lists += 1;
      await listing?.(world, counts.lists);
      return list;
    },
    changes: signal => changes.read(signal),
    remove: async ({service}) => void take(`remove ${service}`),
    removeNetwork: async name => take(`remove network ${name}`) === true,
    async *pull({reference, parentId}) {
      const call = `pull ${reference}`;
      world.calls.push(call);
      const script = pulls[reference];
      if (!script) throw refuse(call);
      expectedPulls.delete(reference);
      for await (const event of script(world)) {
        yield {id: `image/${reference}`, kind: 'image', parentId, status: 'working', text: 'Pulling', at: world.clock, ...event};
      }
    },
    async volumes(names) {
      if (world.engineError) throw world.engineError;
      return new Set(names.filter(name => world.volumes.has(name)));
    },
    async up(names, {recreate}) {
      const call = `${recreate ? 'recreate' : 'up'} ${names.join(' ')}`;
      world.calls.push(call);
      const index = expectedUps.findIndex(([expected]) => expected === call);
      const [found] = index < 0 ? [] : expectedUps.splice(index, 1);
      if (!found) throw refuse(call);
      await found[1](world);
    },
    async explain(id) {
      world.calls.push(`explain ${id}`);
      const found = explanations[id];
      if (!found) throw new Error('no such container');
      return found;
    },
    async portHolder({port}) {
      world.calls.push(`who has ${port}`);
      return holders[port];
    },
    async decide(failures) {
      const call = `decide ${failures.map(({service, cause}) => `${service} ${cause}`).join(', ')}`;
      world.calls.push(call);
      const decision = expectedDecisions.shift();
      if (!decision) throw refuse(call);
      return decision(failures, world);
    },
    now: () => world.clock,
  };
  return {services, world};
};

/** A pull that ends well. */
export const pulled = async function* (): AsyncGenerator<Partial<ResourceEvent>> {
  yield {status: 'working', text: 'Pulling'};
  yield {status: 'done', text: 'Pulled'};
};

/** A pull that the registry refuses. */
export const refused = async function* (): AsyncGenerator<Partial<ResourceEvent>> {
  yield {
    status: 'error',
    text: 'Failed',
    failure: {cause: 'pull', reason: 'The registry said no.', next: ['Retry later.'], dispensable: true},
  };
};

/** Something that a test opens when it is time. */
export const gate = (): {readonly opened: Promise<void>; open(): void} => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return {opened, open: () => open()};
};
