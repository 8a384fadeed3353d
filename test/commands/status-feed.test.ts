/** The feed of the status: what it asks of the engine, how soon it tells, and what it keeps. */
import {expect, onTestFinished, test, vi} from 'vitest';
import {type StatusInput, statusOnce, type WatchOptions, watchStatus} from '../../source/commands/status-feed.ts';
import {type ConnectOptions, connect} from '../../source/engine/client.ts';
import type {StatusSnapshot} from '../../source/plan/service-status.ts';
import {type LiveEngine, liveEngine} from '../helpers/live-engine.ts';

const names = ['api', 'db', 'web'];

interface Watching {
  /** The newest snapshot. */
  readonly last: () => StatusSnapshot | undefined;
  /** Once it is so. */
  until(isSo: (snapshot: StatusSnapshot) => boolean): Promise<StatusSnapshot>;
  stop(): Promise<void>;
}

const opened = async (
  services: readonly string[] = names,
  options: ConnectOptions = {},
): Promise<{readonly world: LiveEngine; readonly input: StatusInput}> => {
  const world = await liveEngine({services});
  const engine = connect(world.endpoint, options);
  onTestFinished(async () => {
    engine.close();
    await world.close();
    expect(world.refused).toEqual([]);
  });
  return {world, input: {engine, project: 'recorded', urls: new Map()}};
};

const watching = (input: StatusInput, options: WatchOptions = {}): Watching => {
  const ending = new AbortController();
  let last: StatusSnapshot | undefined;
  const follow = async () => {
    for await (const snapshot of watchStatus(input, ending.signal, {sampleMs: 20, ...options})) last = snapshot;
  };
  const following = follow();
  const stop = async () => {
    ending.abort();
    await following;
  };
  onTestFinished(stop);
  return {
    last: () => last,
    stop,
    until: isSo =>
      vi.waitFor(
        () => {
          if (!last || !isSo(last)) throw new Error(`It is not so: ${JSON.stringify(last)}`);
          return last;
        },
        {timeout: 10_000, interval: 5},
      ),
  };
};

const statesOf = ({services}: StatusSnapshot) => Object.fromEntries(services.map(({name, state}) => [name, state]));
const isMeasured = ({services}: StatusSnapshot) => services.every(({cpu, rates}) => cpu !== undefined && rates !== undefined);

test('one look measures twice, so that shares and rates are known', async () => {
  const {world, input} = await opened();
  const snapshot = await statusOnce(input, new AbortController().signal);
  expect(isMeasured(snapshot)).toBe(true);
  expect(snapshot.services.map(({name, memoryLimit, cpuLimit}) => [name, memoryLimit, cpuLimit])).toEqual(
    names.map(name => [name, 2 ** 28, 100]),
  );
  expect(world.asked).toEqual({list: 1, inspect: 3, stats: 6, events: 0});
});

test('a death is told by its event, for which only the container that died is looked at again', async () => {
  const {world, input} = await opened();
  const {until} = watching(input, {sight: {shown: () => []}});
  await until(({services}) => services.length === 3);
  const {list = 0, inspect = 0} = world.asked;
  world.die('db', 1);
  const snapshot = await until(found => statesOf(found).db === 'exited');
  expect(snapshot.services.find(({name}) => name === 'db')).toMatchObject({exitCode: 1, illSince: expect.any(Number)});
  expect({list: world.asked.list, inspect: world.asked.inspect}).toEqual({list, inspect: inspect + 1});
});

test('containers made and removed by hand come and go, and nothing is kept of those that went', async () => {
  const {world, input} = await opened();
  const {until} = watching(input);
  await until(snapshot => snapshot.services.length === 3 && isMeasured(snapshot));
  world.add('cron');
  await until(snapshot => Object.keys(statesOf(snapshot)).join() === 'api,cron,db,web' && isMeasured(snapshot));
  world.remove('db');
  await until(snapshot => Object.keys(statesOf(snapshot)).join() === 'api,cron,web');
});

test('only what is looked at is measured, and nothing while nothing is', async () => {
  const {world, input} = await opened();
  let shown: readonly string[] = [world.ids.get('web') ?? ''];
  const {until} = watching(input, {sight: {shown: () => shown}});
  await until(({services}) => services.some(({name, cpu}) => name === 'web' && cpu !== undefined));
  expect([...world.takeMeasured()]).toEqual(['web']);
  shown = [];
  world.sicken('api');
  const sick = await until(({services}) => services.some(({health}) => health === 'unhealthy'));
  expect(sick.services.find(({name}) => name === 'api')?.illSince).toEqual(expect.any(Number));
  // A round that had begun may still end.
  world.takeMeasured();
  world.die('api');
  await until(snapshot => statesOf(snapshot).api === 'exited');
  expect([...world.takeMeasured()]).toEqual([]);
});

test('an engine that goes away is told at once with since when, and what changed meanwhile when it is back', async () => {
  const {world, input} = await opened();
  const {until, last} = watching(input);
  await until(({services}) => services.length === 3);
  await world.down();
  const lost = await until(({connected}) => !connected);
  expect([lost.lostAt, Object.keys(statesOf(lost))]).toEqual([expect.any(Number), names]);
  world.silently(engine => {
    engine.remove('web');
    engine.die('db');
  });
  await world.up();
  await until(({connected}) => connected);
  expect(statesOf(last() as StatusSnapshot)).toEqual({api: 'running', db: 'exited'});
});

test('an engine that was stuck and said nothing when it went on is asked again by itself', async () => {
  const {world, input} = await opened(names, {limitMs: 1000});
  const {until} = watching(input, {sight: {shown: () => []}});
  await until(({services}) => services.length === 3);
  world.sicken('api');
  await until(({services}) => services.some(({health}) => health === 'unhealthy'));
  const thaw = world.freeze();
  world.die('db');
  await until(({connected}) => !connected);
  thaw();
  await until(({connected}) => connected);
});

test('stopping closes every connection and ends every wait', async () => {
  const {world, input} = await opened();
  const {until, stop} = watching(input);
  await until(isMeasured);
  await stop();
  const {stats} = world.asked;
  await new Promise(resolve => setImmediate(resolve));
  expect(world.asked.stats).toBe(stats);
});

test('what no event told is found by the list that is made every 30 s', async () => {
  vi.useFakeTimers({toFake: ['Date'], now: Date.now()});
  onTestFinished(() => void vi.useRealTimers());
  const {world, input} = await opened();
  const {until} = watching(input);
  await until(isMeasured);
  world.silently(engine => engine.remove('web'));
  const before = world.asked.list;
  vi.setSystemTime(Date.now() + 29_000);
  world.sicken('api');
  const sick = await until(({services}) => services.some(({health}) => health === 'unhealthy'));
  expect([world.asked.list, Object.keys(statesOf(sick))]).toEqual([before, names]);
  vi.setSystemTime(Date.now() + 1000);
  await until(snapshot => !('web' in statesOf(snapshot)));
});
