import fc from 'fast-check';
import {expect, test} from 'vitest';
import {formatBytes, formatDuration, formatMemory, formatPercent, formatRate, formatSpeed} from '../../source/display/format.ts';

test('bytes are counted in thousands, with at most one decimal', () => {
  expect([0, 7, 999, 1000, 1500, 85_597, 396_000_000, 999_700, 1_234_000_000, 5e15].map(formatBytes)).toEqual([
    '0 B',
    '7 B',
    '999 B',
    '1 kB',
    '1.5 kB',
    '85.6 kB',
    '396 MB',
    '1 MB',
    '1.2 GB',
    '5 PB',
  ]);
});

test('nonsense counts as nothing', () => {
  expect([formatBytes(-1), formatBytes(Number.NaN), formatDuration(-5), formatDuration(Number.POSITIVE_INFINITY)]).toEqual([
    '0 B',
    '0 B',
    '0s',
    '0s',
  ]);
});

test('memory is counted in powers of two', () => {
  expect([512 * 2 ** 20, 7.8 * 2 ** 30, 2 ** 20, 1023.9 * 2 ** 20].map(formatMemory)).toEqual(['512 MiB', '7.8 GiB', '1 MiB', '1 GiB']);
});

test('a speed is bytes a second', () => {
  expect(formatSpeed(12_400_000)).toBe('12.4 MB/s');
});

test('a duration has two units at most', () => {
  expect([0, 400, 9949, 9960, 12_400, 59_400, 59_600, 65_000, 3_599_600, 7_620_000, 273_600_000].map(formatDuration)).toEqual([
    '0s',
    '0.4s',
    '9.9s',
    '10s',
    '12s',
    '59s',
    '1m 00s',
    '1m 05s',
    '1h 00m',
    '2h 07m',
    '3d 04h',
  ]);
});

test('a percentage says 100 only of all', () => {
  expect([formatPercent(0, 0), formatPercent(5, 0), formatPercent(999, 1000), formatPercent(10, 10), formatPercent(11, 10)]).toEqual([
    '0%',
    '0%',
    '99%',
    '100%',
    '100%',
  ]);
});

test('sizes and durations stay narrow enough for a column', () => {
  fc.assert(fc.property(fc.double({min: 0, max: 9e17, noNaN: true}), bytes => formatBytes(bytes).length <= 8));
  fc.assert(fc.property(fc.double({min: 0, max: 9e10, noNaN: true}), duration => formatDuration(duration).length <= 9));
});

test('rates are bytes a second without a word too many', () => {
  expect([0, 12, 999, 85_600, 1_200_000, 12e9].map(formatRate)).toEqual(['0', '12', '999', '85.6k', '1.2M', '12G']);
});
