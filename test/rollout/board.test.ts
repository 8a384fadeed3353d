import {expect, test} from 'vitest';
import {bell} from '../../source/rollout/bell.ts';
import {type BoardSource, openBoard} from '../../source/rollout/board.ts';
import {container} from '../helpers/observed.ts';
import {gate} from '../helpers/scripted-engine.ts';

const source = (more: Partial<BoardSource>): BoardSource => ({
  containers: async () => [],
  changes: async function* (signal) {
    await new Promise(resolve => signal.addEventListener('abort', resolve));
    yield* [];
  },
  ...more,
});

test('a ring while nobody waits is kept, once', async () => {
  const {ring, wait} = bell();
  ring();
  ring();
  await wait(60_000);
  const second = {over: false};
  const waiting = wait(60_000).then(() => {
    second.over = true;
  });
  await new Promise(resolve => setImmediate(resolve));
  expect(second.over).toBe(false);
  ring();
  await waiting;
});

test('without a ring, the wait ends by itself', async () => {
  await bell().wait(1);
});

test('what is listed replaces what was known; what fails leaves it', async () => {
  const lists = [[container('door'), container('lamp')], [container('door', {state: 'exited'})]];
  const board = openBoard(
    source({
      containers: async () => {
        const list = lists.shift();
        if (!list) throw new Error('away');
        return list;
      },
    }),
    () => undefined,
  );
  await board.refresh();
  expect([...board.containers.keys()]).toEqual(['door', 'lamp']);
  await board.refresh();
  expect([...board.containers].map(([name, replicas]) => [name, replicas.map(({state}) => state)])).toEqual([['door', ['exited']]]);
  await expect(board.refresh()).rejects.toThrow('away');
  expect([...board.containers.keys()]).toEqual(['door']);
  await board.close();
});

test('every event rings, and ends are counted from the last reset on', async () => {
  const all = gate();
  const rings: string[] = [];
  const board = openBoard(
    source({
      changes: async function* (signal) {
        yield {service: 'door', action: 'start'};
        yield {service: 'door', action: 'die'};
        yield {service: 'lamp', action: 'die'};
        yield {service: 'door', action: 'die'};
        all.open();
        await new Promise(resolve => signal.addEventListener('abort', resolve));
      },
    }),
    () => void rings.push('ring'),
  );
  await all.opened;
  expect([rings.length, board.deaths('door'), board.deaths('lamp'), board.deaths('other')]).toEqual([4, 2, 1, 0]);
  board.resetDeaths('door');
  expect(board.deaths('door')).toBe(0);
  await board.close();
});

test('how a process ended last is known, and that the kernel ended it where the process itself was meant', async () => {
  const all = gate();
  const board = openBoard(
    source({
      changes: async function* (signal) {
        yield {service: 'door', action: 'die', exitCode: 1};
        yield {service: 'door', action: 'oom'};
        yield {service: 'door', action: 'die', exitCode: 137};
        yield {service: 'lamp', action: 'oom'};
        yield {service: 'lamp', action: 'die', exitCode: 3};
        yield {service: 'bell', action: 'die', exitCode: 137};
        all.open();
        await new Promise(resolve => signal.addEventListener('abort', resolve));
      },
    }),
    () => undefined,
  );
  await all.opened;
  expect(['door', 'lamp', 'bell', 'other'].map(board.lastEnd)).toEqual([
    {exitCode: 137, oomKilled: true},
    {exitCode: 3, oomKilled: false},
    {exitCode: 137, oomKilled: false},
    undefined,
  ]);
  board.resetDeaths('door');
  expect(board.lastEnd('door')).toBeUndefined();
  await board.close();
});

test('a stream that breaks is opened again, and rings, since something may have happened meanwhile', async () => {
  const again = gate();
  const rung = gate();
  const opened = {count: 0};
  const board = openBoard(
    source({
      changes: async function* (signal) {
        opened.count += 1;
        if (opened.count === 1) throw new Error('reset by peer');
        again.open();
        await new Promise(resolve => signal.addEventListener('abort', resolve));
        yield* [];
      },
    }),
    rung.open,
  );
  await Promise.all([again.opened, rung.opened]);
  await board.close();
  expect(opened.count).toBe(2);
});
