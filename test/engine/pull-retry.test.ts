import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {classifyPull} from '../../source/engine/pull-failure.ts';
import {retryOf} from '../../source/engine/pull-retry.ts';

const at = (attempt: number, random = 0.5) => ({attempt, attempts: 5, random});
const broken = classifyPull('received unexpected HTTP status: 503 Service Unavailable', 500, 'web:1');
const limited = (told: string) => classifyPull(`toomanyrequests: ${told}`, 429, 'web:1');

test('each wait is about twice the one before', () => {
  expect([1, 2, 3, 4].map(attempt => retryOf(broken, at(attempt)))).toEqual(
    [1000, 2000, 4000, 8000].map(ms => ({kind: 'wait', ms, asked: false})),
  );
});

test('a registry that wants fewer requests is left alone for longer', () => {
  expect(retryOf(limited('slow down'), at(1))).toEqual({kind: 'wait', ms: 10_000, asked: false});
});

test('no two pulls come back at the same moment, and none waits for nothing or for ever', () => {
  const chance = fc.record({attempt: fc.integer({min: 1, max: 20}), random: fc.double({min: 0, max: 0.999, noNaN: true})});
  fc.assert(
    fc.property(chance, ({attempt, random}) => {
      const retry = retryOf(broken, {attempt, attempts: 21, random});
      expect(retry.kind === 'wait' && retry.ms >= 500 && retry.ms <= 300_000).toBe(true);
    }),
  );
  expect(retryOf(broken, at(1, 0.1))).not.toEqual(retryOf(broken, at(1, 0.2)));
});

describe('what the registry asks for', () => {
  test.each([
    ['retry-after: 32s', 32_500],
    ['Retry-After: 32', 32_500],
    ['try again in 2 minutes', 120_500],
    ['retry-after: 15m', 900_500],
  ])('is kept to, and a little more: %s', (told, ms) => {
    expect(retryOf(limited(told), at(1))).toEqual({kind: 'wait', ms, asked: true});
  });

  test('in microseconds is no time: the wait grows as for others', () => {
    expect(retryOf(limited('retry-after: 297.3\u00b5s, allowed: 44000/minute'), at(2))).toEqual({kind: 'wait', ms: 20_000, asked: false});
  });

  test('is not waited for when it is longer than anybody sits there, and then it is said', () => {
    const retry = retryOf(limited('retry-after: 6h'), at(1));
    expect(retry).toMatchObject({
      kind: 'give-up',
      failure: {retry: false, reason: expect.stringContaining('It asks to wait for 6 hours.')},
    });
    expect(retry.kind === 'give-up' && retry.failure.next[0]).toBe('Run the same command again in 6 hours: what was pulled is kept.');
  });
});

test('the last attempt is the last, and what can not succeed has only one', () => {
  expect(retryOf(broken, at(5))).toEqual({kind: 'give-up', failure: broken});
  const unknown = classifyPull('manifest unknown', 404, 'web:1');
  expect(retryOf(unknown, at(1))).toEqual({kind: 'give-up', failure: unknown});
});
