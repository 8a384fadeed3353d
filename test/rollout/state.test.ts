import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ResourceEvent} from '../../source/events.ts';
import {childrenOf, emptyRollout, failuresOf, filesOf, phasesOf, pullTotals, reduce, runOf} from '../../source/rollout/state.ts';

const event = (id: string, more: Partial<ResourceEvent> = {}): ResourceEvent => ({
  id,
  kind: id.split('/')[0] as ResourceEvent['kind'],
  status: 'working',
  text: '',
  at: 0,
  ...more,
});
const image = (name: string, current: number, total: number, at: number, more: Partial<ResourceEvent> = {}) =>
  event(`image/${name}`, {current, total, at, parentId: 'phase/first', ...more});
const fold = (...events: readonly ResourceEvent[]) => events.reduce(reduce, emptyRollout);

test('resources keep the order in which they were first seen, and what was known about them', () => {
  const state = fold(
    event('run'),
    event('phase/b', {parentId: 'run'}),
    event('service/x', {parentId: 'phase/b', status: 'waiting'}),
    event('phase/a', {parentId: 'run'}),
    event('file/f'),
    event('phase/b', {status: 'done', at: 5, text: 'Healthy'}),
  );
  expect([...state.resources.keys()]).toEqual(['run', 'phase/b', 'service/x', 'phase/a', 'file/f']);
  expect(state.resources.get('phase/b')).toEqual({
    id: 'phase/b',
    kind: 'phase',
    parentId: 'run',
    status: 'done',
    text: 'Healthy',
    details: undefined,
    current: 0,
    total: 0,
    growing: false,
    startedAt: 0,
    endedAt: 5,
    failure: undefined,
    isJob: false,
  });
  expect(runOf(state)?.id).toBe('run');
  expect(phasesOf(state).map(({id}) => id)).toEqual(['phase/b', 'phase/a']);
  expect(filesOf(state).map(({id}) => id)).toEqual(['file/f']);
  expect(childrenOf(state, 'phase/b').map(({id}) => id)).toEqual(['service/x']);
});

test('time is counted from the first work to the last word, and begins again when work does', () => {
  const state = fold(
    event('service/x', {status: 'waiting', at: 1}),
    event('service/x', {at: 2}),
    event('service/x', {status: 'error', at: 4}),
  );
  expect(state.resources.get('service/x')).toMatchObject({startedAt: 2, endedAt: 4});
  expect(reduce(state, event('service/x', {at: 6})).resources.get('service/x')).toMatchObject({startedAt: 2, endedAt: undefined});
  expect([state.startedAt, state.now]).toEqual([1, 4]);
});

test('bytes never fall, whatever comes in whatever order', () => {
  const events = fc.array(fc.record({current: fc.nat(1000), total: fc.nat(1000), at: fc.nat(10_000)}), {minLength: 1, maxLength: 30});
  fc.assert(
    fc.property(events, list => {
      let state = emptyRollout;
      for (const {current, total, at} of list) {
        const next = reduce(state, image('a', current, total, at));
        const [before, after] = [state, next].map(one => one.resources.get('image/a'));
        expect(after?.current).toBeGreaterThanOrEqual(before?.current ?? 0);
        expect(after?.total).toBeGreaterThanOrEqual(before?.total ?? 0);
        expect(next.now).toBeGreaterThanOrEqual(state.now);
        expect(next.share).toBeGreaterThanOrEqual(state.share);
        state = next;
      }
    }),
  );
});

test('failures are those that stand', () => {
  const failure = {cause: 'exited', reason: 'door ended.', next: [], dispensable: true} as const;
  const failed = fold(event('service/door', {status: 'error', failure}));
  expect(failuresOf(failed)).toEqual([failure]);
  expect(failuresOf(reduce(failed, event('service/door')))).toEqual([]);
});

test('an image that can not be had is one failure, with the service that waits for it', () => {
  const failure = {cause: 'pull', reason: 'no such tag', next: [], image: 'door:2', dispensable: false} as const;
  const image = reduce(emptyRollout, event('image/door:2', {status: 'error', text: 'Error', failure}));
  expect(failuresOf(image)).toEqual([failure]);
  const both = reduce(image, event('service/door', {status: 'error', text: 'Failed', failure: {...failure, service: 'door'}}));
  expect(failuresOf(both)).toEqual([{...failure, service: 'door'}]);
});

test('the state before is left as it was', () => {
  const before = fold(event('run'));
  reduce(before, event('run', {status: 'done'}));
  expect(before.resources.get('run')?.status).toBe('working');
});

describe('how the pull goes', () => {
  const nothing = {
    ...{images: 0, pulled: 0, current: 0, total: 0, known: 'exactly', speed: undefined, secondsLeft: undefined, unpacking: false},
  };

  test('the time left follows from the speed', () => {
    const state = fold(image('a', 0, 1000, 0), image('a', 100, 1000, 500), image('a', 300, 1000, 1500));
    expect(pullTotals(state)).toEqual({...nothing, images: 1, current: 300, total: 1000, speed: 200, secondsLeft: 4});
  });

  test('nothing is promised while a size is unknown, nothing moves, or all is there', () => {
    const unknown = fold(image('a', 0, 1000, 0), image('b', 0, 0, 0), image('a', 250, 1000, 500), image('a', 750, 1000, 1500));
    expect(pullTotals(unknown)).toMatchObject({known: 'in part', secondsLeft: undefined, speed: 500});
    expect(pullTotals(emptyRollout)).toEqual(nothing);
    const done = fold(image('a', 0, 1000, 0), image('a', 1000, 1000, 1000, {status: 'done'}));
    expect(pullTotals(done)).toEqual({...nothing, images: 1, pulled: 1, current: 1000, total: 1000});
  });

  test('what the catalogue knows of an image stands in for what the engine has not told, and is called that', () => {
    const waits = image('b', 0, 0, 0, {status: 'waiting', expected: 4000});
    const state = fold(waits, image('a', 0, 1000, 0), image('a', 250, 1000, 500), image('a', 750, 1000, 1500));
    expect(pullTotals(state)).toMatchObject({known: 'about', total: 5000, secondsLeft: 9});
    const exceeded = fold(waits, image('b', 10, 4500, 100, {growing: true}));
    expect(pullTotals(exceeded)).toMatchObject({known: 'in part', secondsLeft: undefined});
    const told = fold(waits, image('b', 10, 6000, 100), image('b', 20, 6000, 200));
    expect(pullTotals(told)).toMatchObject({known: 'exactly', total: 6000});
  });

  test('a bar never goes back, even when an image is bigger than was expected', () => {
    const half = fold(image('a', 0, 0, 0, {expected: 1000, growing: true}), image('a', 500, 900, 100, {growing: true}));
    expect(half.share).toBe(0.5);
    expect(reduce(half, image('a', 600, 3000, 200)).share).toBe(0.5);
  });

  test('while the engine has not told all sizes, nothing is promised', () => {
    const growing = [
      image('a', 0, 100, 0, {growing: true}),
      image('a', 10, 100, 500, {growing: true}),
      image('a', 60, 100, 1500, {growing: true}),
    ];
    expect(pullTotals(fold(...growing))).toMatchObject({known: 'in part', secondsLeft: undefined});
    expect(pullTotals(fold(...growing, image('a', 60, 200, 1500)))).toMatchObject({known: 'exactly', total: 200, secondsLeft: 4});
  });

  test('images that were there count for nothing, and those of another phase not for this one', () => {
    const state = fold(image('a', 5, 10, 0), image('b', 0, 20, 0, {parentId: 'phase/second'}), image('c', 0, 0, 0, {status: 'skipped'}));
    expect(pullTotals(state)).toMatchObject({images: 2, current: 5, total: 30});
    expect(pullTotals(state, {phase: 'phase/second'})).toMatchObject({images: 1, current: 0, total: 20});
    expect(pullTotals(state, {image: 'image/a'})).toMatchObject({images: 1, current: 5, total: 10});
  });

  test('what stands still is said to, though no event tells', () => {
    const state = fold(image('a', 0, 1000, 0), image('a', 250, 1000, 500), image('a', 750, 1000, 1500));
    expect(pullTotals(state, {now: 1500}).speed).toBe(500);
    expect(pullTotals(state, {now: 4000}).speed).toBeLessThan(200);
    expect(pullTotals(state, {now: 7000})).toMatchObject({speed: undefined, secondsLeft: undefined});
  });

  test('while an image waits for its next attempt, nothing comes; while all is unpacked, nothing is left', () => {
    const coming = [image('a', 0, 1000, 0), image('a', 250, 1000, 500), image('a', 750, 1000, 1500)];
    const wait = {until: 9000, attempt: 2, attempts: 5, asked: false};
    expect(pullTotals(fold(...coming, image('a', 750, 1000, 1600, {text: 'Retrying', wait})))).toMatchObject({speed: undefined});
    const unpacked = fold(...coming, image('a', 1000, 1000, 2000, {text: 'Extracting'}));
    expect(pullTotals(unpacked)).toMatchObject({unpacking: true, speed: undefined, secondsLeft: undefined});
  });
});
