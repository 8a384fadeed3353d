/** Eight hours of the live status in a few seconds: the clock is simulated, and nothing grows. */
import {setImmediate} from 'node:timers/promises';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {type StatusInput, watchStatus} from '../../source/commands/status-feed.ts';
import type {ContainerEvent} from '../../source/engine/container-event.ts';
import {containerOf} from '../../source/engine/container-record.ts';
import type {ContainerDetails, Engine} from '../../source/engine/engine.ts';
import {EngineError} from '../../source/engine/engine-error.ts';
import {createQueue} from '../../source/engine/queue.ts';
import {statsOf} from '../../source/engine/usage.ts';
import type {StatusSnapshot} from '../../source/plan/service-status.ts';
import {reduceStatusView, type StatusView, startStatusView} from '../../source/ui/status/state.ts';
import {recording} from '../engine/recordings.ts';

const ticks = 8 * 3600;
const services = 2;

const {inspected, stats} = JSON.parse(recording('overlay2-answers.json')) as {
  readonly inspected: readonly object[];
  readonly stats: {readonly cpu_stats: object; readonly networks: object};
};

/** Frees what is not held any more, then says what is. */
const heldBytes = (): number => {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
};

/** Below the wire: 60,000 answers over a socket would take minutes. The records are those of an engine. */
const simulated = () => {
  const containers = new Map<string, ContainerDetails>();
  const queue = createQueue<ContainerEvent>();
  const [record] = inspected;
  let made = 0;
  let measured = 0;
  const say = (id: string, action: string) =>
    queue.push({
      ...{containerId: id, action, service: id, attributes: new Map(), health: undefined},
      exitCode: undefined,
      at: Date.now(),
      cursor: '',
    });
  const engine: Pick<Engine, 'containers' | 'inspect' | 'events' | 'stats'> = {
    containers: async () => [...containers.values()],
    inspect: async id => {
      const found = containers.get(id);
      if (!found) throw new EngineError('not-found', 'gone', {});
      return found;
    },
    async *events(_, {onOpen}) {
      onOpen?.();
      yield* queue;
    },
    stats: async () => {
      measured += 1;
      const cpu_stats = {...stats.cpu_stats, cpu_usage: {total_usage: measured * 1e6}, system_cpu_usage: measured * 2e6};
      return statsOf({...stats, cpu_stats, read: new Date().toISOString()});
    },
  };
  const add = (service: string) => {
    made += 1;
    const id = `${service}-${made}`;
    containers.set(id, {...containerOf(record), id, service, state: 'running', labels: new Map()});
    say(id, 'create');
  };
  const remove = (service: string) => {
    for (const {id} of [...containers.values()].filter(one => one.service === service)) {
      containers.delete(id);
      say(id, 'destroy');
    }
  };
  for (let place = 0; place < services; place += 1) add(`s${place}`);
  return {engine: engine as Engine, add, remove, end: () => queue.end(undefined), measured: () => measured};
};

beforeEach(() => {
  vi.useFakeTimers({toFake: ['Date', 'setTimeout', 'clearTimeout'], now: Date.UTC(2026, 10, 20, 10)});
});
afterEach(() => {
  vi.useRealTimers();
});

test('eight hours at a sample a second, with a container made anew every five seconds, hold no more memory than one', async () => {
  const world = simulated();
  const input: StatusInput = {engine: world.engine, project: 'recorded', urls: new Map()};
  const ending = new AbortController();
  let view: StatusView = startStatusView;
  let last: StatusSnapshot | undefined;
  let seen = 0;
  const follow = async () => {
    for await (const snapshot of watchStatus(input, ending.signal, {sampleMs: 1000})) {
      seen += 1;
      last = snapshot;
      view = reduceStatusView(view, {type: 'services', services: snapshot.services.map(({name}) => name), rows: snapshot.services});
    }
  };
  const following = follow();
  const held: number[] = [];
  for (let tick = 1; tick <= ticks; tick += 1) {
    if (tick % 5 === 0) {
      const service = `s${(tick / 5) % services}`;
      world.remove(service);
      world.add(service);
    }
    vi.advanceTimersByTime(1000);
    await setImmediate();
    if (tick % 3600 === 0) held.push(heldBytes());
  }
  expect(view.rows.map(({name}) => name)).toEqual(['s0', 's1']);
  expect(seen).toBeGreaterThan(ticks);
  expect(world.measured()).toBeGreaterThan(ticks * (services - 1));
  expect(Math.max(...(last?.services.map(({history}) => history?.memory.length ?? 0) ?? []))).toBeLessThanOrEqual(20);
  // Forgotten containers are a kilobyte each: 3,600 of them in the last five hours.
  const growth = Math.min(...held.slice(-3)) - Math.min(...held.slice(0, 3));
  expect(growth).toBeLessThan(1_000_000);
  ending.abort();
  world.end();
  await following;
}, 120_000);
