import {expect, test} from 'vitest';
import type {ResourceEvent} from '../../source/events.ts';
import {type PullsInput, startPulls} from '../../source/rollout/pulls.ts';
import {gate, pulled, refused} from '../helpers/scripted-engine.ts';

const images = ['a', 'b', 'c', 'd', 'e'].map(reference => ({reference, parentId: 'phase/first'}));

const start = (pull: (reference: string) => AsyncIterable<Partial<ResourceEvent>>, more: Partial<PullsInput> = {}) => {
  const pulls = startPulls({
    images,
    present: ['x'],
    parallel: 2,
    signal: new AbortController().signal,
    emit: () => undefined,
    changed: () => undefined,
    ...more,
    pull: async function* ({reference, parentId}) {
      for await (const event of pull(reference))
        yield {id: `image/${reference}`, kind: 'image', parentId, status: 'working', text: '', at: 0, ...event};
    },
  });
  return pulls;
};

const bytes = (current: number, total: number): Partial<ResourceEvent> => ({status: 'working', text: 'Downloading', current, total});

test('in their order, the next when few bytes of the one before are left, and each that arrives is present', async () => {
  const gates = new Map(images.map(({reference}) => [reference, gate()]));
  const begun: string[] = [];
  const pulls = start(async function* (reference) {
    begun.push(reference);
    yield bytes(0, 90e6);
    await gates.get(reference)?.opened;
    yield bytes(89e6, 90e6);
    if (reference === 'b') yield* pulled();
    else await gates.get('e')?.opened;
    yield* pulled();
  });
  expect(begun).toEqual(['a']);
  gates.get('a')?.open();
  await expect.poll(() => begun).toEqual(['a', 'b']);
  gates.get('b')?.open();
  await expect.poll(() => begun).toEqual(['a', 'b', 'c']);
  expect([...pulls.present]).toEqual(['x', 'b']);
  for (const one of gates.values()) one.open();
  await pulls.settled();
  expect([...pulls.present].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'x']);
});

test.each<[string, Partial<ResourceEvent>]>([
  ['unpacks', {status: 'working', text: 'Extracting'}],
  ['waits for its next attempt', {status: 'working', text: 'Retrying', wait: {until: 9e12, attempt: 2, attempts: 5, asked: false}}],
])('an image that %s leaves the line to the next one', async (_name, event) => {
  const over = gate();
  const begun: string[] = [];
  const pulls = start(
    async function* (reference) {
      begun.push(reference);
      yield bytes(0, 90e6);
      yield event;
      await over.opened;
      yield* pulled();
    },
    {parallel: 5},
  );
  await expect.poll(() => begun).toEqual(['a', 'b', 'c', 'd', 'e']);
  over.open();
  await pulls.settled();
  expect(pulls.present.size).toBe(6);
});

test('no more are under way than may be, though the line has room', async () => {
  const over = gate();
  const begun: string[] = [];
  const pulls = start(async function* (reference) {
    begun.push(reference);
    yield {status: 'working', text: 'Extracting'};
    await over.opened;
    yield* pulled();
  });
  await expect.poll(() => begun).toEqual(['a', 'b']);
  over.open();
  await pulls.settled();
  expect(begun).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('an image of which nothing is heard keeps the others for a second and no longer', async () => {
  const over = gate();
  const begun: {readonly reference: string; readonly at: number}[] = [];
  const pulls = start(async function* (reference) {
    begun.push({reference, at: performance.now()});
    if (reference === 'a') await over.opened;
    yield* pulled();
  });
  await expect.poll(() => begun.length, {timeout: 5000}).toBe(5);
  expect((begun[1]?.at ?? 0) - (begun[0]?.at ?? 0)).toBeGreaterThanOrEqual(1000);
  over.open();
  await pulls.settled();
});

test('one that fails is remembered and keeps nobody else; tried again, it is pulled once', async () => {
  const tries: string[] = [];
  const pulls = start(async function* (reference) {
    tries.push(reference);
    yield* reference === 'b' && tries.filter(one => one === 'b').length === 1 ? refused() : pulled();
  });
  await pulls.settled();
  expect([...pulls.failures].map(([reference, {reason}]) => [reference, reason])).toEqual([['b', 'The registry said no.']]);
  pulls.retry(['b', 'a']);
  pulls.retry(['b']);
  await pulls.settled();
  expect([tries, [...pulls.failures], pulls.present.has('b')]).toEqual([['a', 'b', 'c', 'd', 'e', 'b'], [], true]);
});

test('an aborted run begins no other pull', async () => {
  const stopping = new AbortController();
  const begun: string[] = [];
  const pulls = start(
    async function* (reference) {
      begun.push(reference);
      stopping.abort();
      yield* pulled();
    },
    {signal: stopping.signal, parallel: 1},
  );
  await pulls.settled();
  expect([begun, pulls.broken()]).toEqual([['a'], undefined]);
});

test('a bug in a pull is not taken for a failure of the registry', async () => {
  const rings = {count: 0};
  const pulls = start(
    async function* () {
      yield {text: 'Pulling'};
      throw new TypeError('a bug');
    },
    {
      changed: () => {
        rings.count += 1;
      },
    },
  );
  await pulls.settled();
  expect([pulls.broken(), [...pulls.failures], rings.count > 0]).toEqual([new TypeError('a bug'), [], true]);
});
