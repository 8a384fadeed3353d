import {describe, expect, test} from 'vitest';
import type {ResourceEvent} from '../../source/events.ts';
import {emptyRollout, type PullTotals, pullTotals, type RolloutState, reduce} from '../../source/rollout/state.ts';
import {amountsOf, carry, emptyTransfer, speedOf, type Transfer} from '../../source/rollout/transfer.ts';
import {stores, throttled} from '../engine/recordings.ts';
import {recordedEvents} from '../engine/replay-pulls.ts';

const layer = (image: string, digest: string, at: number, more: Partial<ResourceEvent>): ResourceEvent => ({
  ...{id: `layer/${image}/${digest}`, kind: 'layer', parentId: `image/${image}`, status: 'working', text: 'Downloading', at},
  ...more,
});
const fold = (events: readonly ResourceEvent[]): Transfer => events.reduce(carry, emptyTransfer);
const all = (transfer: Transfer) => amountsOf(transfer, () => true);
const waits = {status: 'waiting', text: 'Waiting'} as const;

test('a layer that two images fetch together is counted once, for the one that spoke of it first', () => {
  const transfer = fold([
    layer('a', '1', 0, {current: 10, total: 100}),
    layer('b', '1', 0, {current: 10, total: 100}),
    layer('b', '2', 0, {current: 5, total: 50}),
    layer('a', '1', 9, {current: 60, total: 100}),
    layer('b', '1', 9, {current: 40, total: 100}),
  ]);
  expect(all(transfer)).toEqual({current: 65, total: 150, left: 85, isOpen: false});
  expect(amountsOf(transfer, image => image === 'image/b')).toEqual({current: 5, total: 50, left: 45, isOpen: false});
});

test('a layer that was there, or that another image has brought, is no part of what an image downloads', () => {
  const transfer = fold([
    layer('a', '1', 0, {status: 'done', text: 'Pulled', current: 100, total: 100}),
    layer('b', '1', 1, {status: 'skipped', text: 'Present'}),
    layer('b', '0', 1, {status: 'skipped', text: 'Present'}),
  ]);
  expect(amountsOf(transfer, image => image === 'image/b')).toEqual({current: 0, total: 0, left: 0, isOpen: false});
  expect(all(transfer).total).toBe(100);
});

test('a new attempt that begins from nothing shows no fewer bytes, but they have to come again', () => {
  const before = [
    layer('a', '1', 0, {...waits}),
    layer('a', '1', 0, {current: 100, total: 1000}),
    layer('a', '1', 900, {current: 600, total: 1000}),
  ];
  expect(all(fold(before))).toMatchObject({current: 600, left: 400});
  const again = [...before, layer('a', '1', 5000, {...waits}), layer('a', '1', 6000, {current: 100, total: 1000})];
  expect(all(fold(again))).toEqual({current: 600, total: 1000, left: 900, isOpen: false});
});

test('what an engine goes on with from an earlier attempt came over no line', () => {
  const resumed = fold([
    layer('a', '1', 0, {current: 0, total: 40e6}),
    layer('a', '2', 0, {current: 100_000, total: 200_000}),
    layer('a', '1', 100, {current: 11.5e6, total: 40e6}),
    layer('a', '1', 2000, {current: 13.5e6, total: 40e6}),
  ]);
  expect(speedOf(resumed, {now: 2000})).toBe(1_050_000);
  expect(all(resumed)).toMatchObject({current: 13.6e6, left: 26.6e6});
});

test('a clock that is set back begins the measure anew', () => {
  const counts = [0, 1e6, 2e6, 3e6].map((current, index) => layer('a', '1', 9000 + index * 1000, {current, total: 9e6}));
  const set = carry(fold(counts), layer('a', '1', 500, {current: 3.1e6, total: 9e6}));
  expect([speedOf(fold(counts), {now: 12_000}), speedOf(set, {now: 900})]).toEqual([1e6, undefined]);
});

test('an image that is over has nothing to come', () => {
  const begun = [layer('a', '1', 0, {current: 10, total: 100}), layer('a', '2', 0, {...waits})];
  const image: ResourceEvent = {id: 'image/a', kind: 'image', status: 'done', text: 'Pulled', at: 9};
  expect(all(fold(begun))).toMatchObject({left: 90, isOpen: true});
  expect(all(fold([...begun, image]))).toEqual({current: 100, total: 100, left: 0, isOpen: false});
  const failed = [...begun, {...image, status: 'error', text: 'Error'} as const];
  expect(all(fold(failed))).toEqual({current: 10, total: 100, left: 0, isOpen: false});
  expect(all(fold([...failed, layer('b', '1', 10, {current: 30, total: 100})]))).toMatchObject({current: 30, left: 70});
});

/** What the catalogue would say: about, and without knowing what they share. */
const announced: readonly ResourceEvent[] = [
  {id: 'image/keycloak/keycloak:26.8.0', kind: 'image', ...waits, at: 0, parentId: 'phase/data', expected: 180e6},
  {id: 'image/library/postgres:17.11', kind: 'image', ...waits, at: 0, parentId: 'phase/data', expected: 70e6},
];

interface Moment {
  readonly at: number;
  readonly totals: PullTotals;
}

/** What a display shows each second. */
const secondsOf = (events: readonly ResourceEvent[]): readonly Moment[] => {
  const moments: Moment[] = [];
  let state: RolloutState = announced.reduce(reduce, emptyRollout);
  for (const event of events) {
    for (let now = (moments.length + 1) * 1000; now < event.at; now += 1000) moments.push({at: now, totals: pullTotals(state, {now})});
    state = reduce(state, event);
  }
  return moments;
};

describe.each(stores)('two images that share layers, recorded on %s while the speed of the line changed', store => {
  const events = recordedEvents(`${store}-throttled.ndjson`, image => !image.startsWith('quay.io/'));
  const moments = secondsOf(events);
  /** When the last byte was here. */
  const arrived = events.findLast(({text, kind}) => kind === 'layer' && text === 'Downloading')?.at ?? 0;
  const sections = throttled.map(({from, bytesPerSecond}, index) => ({
    from,
    bytesPerSecond,
    until: throttled[index + 1]?.from ?? arrived - 2000,
  }));

  test('each layer is counted once, whoever fetches it: also for a third image that is the same as the first', () => {
    const everything = recordedEvents(`${store}-throttled.ndjson`);
    const sizes = new Map<string, number>();
    for (const {kind, id, total = 0} of everything)
      if (kind === 'layer') sizes.set(id.slice(-12), Math.max(total, sizes.get(id.slice(-12)) ?? 0));
    const sum = [...sizes.values()].reduce((total, size) => total + size, 0);
    const state = everything.reduce(reduce, emptyRollout);
    expect(pullTotals(state)).toMatchObject({images: 3, pulled: 3, current: sum, total: sum, known: 'exactly'});
    expect(sum).toBeGreaterThan(200e6);
  });

  test('neither the bytes nor the bar ever fall', () => {
    let before = emptyRollout;
    for (const event of events) {
      const after = reduce(before, event);
      expect(pullTotals(after).current).toBeGreaterThanOrEqual(pullTotals(before).current);
      expect(after.share).toBeGreaterThanOrEqual(before.share);
      before = after;
    }
    expect(before.share).toBe(1);
  });

  test('the speed is that of the line within five seconds of a change', () => {
    for (const {from, until, bytesPerSecond} of sections) {
      const inside = moments.filter(({at}) => at >= from + 5500 && at <= until);
      const off = inside.map(({totals}) => Math.abs((totals.speed ?? 0) / bytesPerSecond - 1));
      expect(Math.max(0, ...off), `from ${from}`).toBeLessThan(0.25);
    }
  });

  test('the time left is said early, is never negative, and comes closer to the truth', () => {
    const said = moments.filter(({at}) => at < arrived).map(({at, totals}) => ({at, left: totals.secondsLeft ?? Number.NaN}));
    expect(said.findIndex(({left}) => left > 0)).toBeLessThan(2);
    const last = said.filter(({at}) => at > 16_000).map(({at, left}) => Math.abs(left - (arrived - at) / 1000));
    const middle = Math.floor(last.length / 2);
    expect(Math.max(...last.slice(middle))).toBeLessThanOrEqual(2);
    expect(Math.max(...last.slice(middle))).toBeLessThan(Math.max(...last.slice(0, middle)));
  });

  test('the time left does not jump: it follows the line by no more than half of it a second', () => {
    const said = moments.filter(({at, totals}) => at >= 3000 && at < arrived - 2000 && totals.secondsLeft !== undefined);
    const jumps = said.slice(1).map(({totals}, index) => (totals.secondsLeft ?? 0) / (said[index]?.totals.secondsLeft ?? 1));
    expect(jumps.length).toBeGreaterThan(15);
    expect(jumps.filter(jump => jump < 0.5 || jump > 1.5)).toEqual([]);
  });
});
