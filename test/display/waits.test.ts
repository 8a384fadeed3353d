import {expect, test} from 'vitest';
import {formatClock} from '../../source/display/format.ts';
import {waitText, waitTexts} from '../../source/display/waits.ts';

/** 2026-11-20 14:05:10 UTC. */
const until = 1_795_183_510_000;

test('a wait that the registry asked for says until when, and how long that is', () => {
  const wait = {until, attempt: 2, attempts: 5, asked: true};
  expect(waitText(wait, until - 31_200)).toBe('registry asks to wait, until 14:05:10 UTC (32s), then attempt 2 of 5');
  expect(waitTexts(wait, until - 90_000).slice(1)).toEqual([
    'registry asks to wait, until 14:05:10 UTC (1m 30s)',
    'asked to wait, 1m 30s left',
  ]);
});

test('any other wait says which attempt comes when', () => {
  const wait = {until, attempt: 3, attempts: 5, asked: false};
  expect(waitTexts(wait, until - 3100)).toEqual(['attempt 3 of 5 at 14:05:10 UTC (in 4s)', 'attempt 3 of 5 in 4s']);
});

test('a wait that is over is never less than over', () => {
  expect(waitText({until, attempt: 3, attempts: 5, asked: false}, until + 5000)).toBe('attempt 3 of 5 at 14:05:10 UTC (in 0s)');
});

test('a time of the day is that of no place', () => {
  expect(formatClock(until)).toBe('14:05:10 UTC');
});
