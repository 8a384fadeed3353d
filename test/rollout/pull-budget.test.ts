import {describe, expect, test} from 'vitest';
import {type Line, mayBegin, nextToBegin, type PullUnderWay} from '../../source/rollout/pull-budget.ts';

const megabyte = 1_000_000;

const pull = (left: number | undefined, more: Partial<PullUnderWay> = {}): PullUnderWay => ({
  ...{registry: 'docker.io', left, answered: true, age: 9000, silence: 0, pause: 'no'},
  ...more,
});

/** A line of 20 MB a second, that never carried more, with registries that need half a second. */
const line = (pulls: readonly PullUnderWay[], more: Partial<Line> = {}): Line => ({
  ...{pulls, speed: 20 * megabyte, best: 20 * megabyte, lookup: 500, most: 4},
  ...more,
});

describe('another image may begin', () => {
  test.each<[string, Line]>([
    ['when none is under way', line([], {speed: undefined, best: 0})],
    ['when as much is left as comes while the next one is looked up', line([pull(10 * megabyte)])],
    ['when all that is left of several is no more than that', line([pull(4 * megabyte), pull(5 * megabyte)])],
    ['when few bytes are left, however slow the line', line([pull(2 * megabyte)], {speed: 10_000})],
    ['when the others are only unpacked', line([pull(0), pull(0)])],
    ['when the others wait for their next attempt', line([pull(90 * megabyte, {pause: 'own'}), pull(undefined, {pause: 'asked'})])],
    ['when the registries of the others do not answer', line([pull(undefined, {answered: false, silence: 1000}), pull(0)])],
    ['when nothing was heard of one for long, though it had begun', line([pull(90 * megabyte, {silence: 90_000})], {speed: 0})],
    ['when the line carries less than half of what it has carried', line([pull(90 * megabyte)], {speed: 9 * megabyte})],
  ])('%s', (_name, state) => expect(mayBegin(state)).toBe(true));
});

describe('no other image begins', () => {
  test.each<[string, Line]>([
    ['while more is left than that', line([pull(11 * megabyte)])],
    ['while more is left of several', line([pull(6 * megabyte), pull(6 * megabyte)])],
    ['while it is not known how much is left', line([pull(undefined)])],
    ['while it is looked up', line([pull(undefined, {answered: false, silence: 900})])],
    ['while a registry that is far away answers', line([pull(undefined, {answered: false, silence: 1900})], {lookup: 1000})],
    ['while it is not known of one of them', line([pull(megabyte), pull(undefined)])],
    ['while speed is not known and much is left', line([pull(3 * megabyte)], {speed: undefined})],
    ['beside as many as may be under way', line([pull(0), pull(0), pull(0), pull(0)])],
    ['while what the last one adds can not be seen', line([pull(90 * megabyte), pull(90 * megabyte, {age: 4900})], {speed: megabyte})],
    [
      'while a slow line brings the next step that can be seen',
      line([pull(90 * megabyte, {silence: 9000})], {speed: 200_000, best: 250_000}),
    ],
    ['while a slow line brings the first step that can be seen', line([pull(undefined, {silence: 70_000})], {speed: undefined, best: 0})],
    ['on a line so slow that its speed is not seen well', line([pull(90 * megabyte)], {speed: 100_000, best: 250_000})],
  ])('%s', (_name, state) => expect(mayBegin(state)).toBe(false));
});

test('a registry that asked to wait is asked for nothing else, others are', () => {
  const queue = [
    {registry: 'docker.io', name: 'first'},
    {registry: 'quay.io', name: 'second'},
  ];
  expect(nextToBegin(queue, line([pull(undefined, {pause: 'asked'})]))?.name).toBe('second');
  expect(nextToBegin(queue, line([pull(undefined, {pause: 'own'})]))?.name).toBe('first');
  expect(nextToBegin(queue.slice(0, 1), line([pull(undefined, {pause: 'asked'})]))).toBeUndefined();
});
