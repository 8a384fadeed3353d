import {expect, test} from 'vitest';
import {answering, onFailureAnswer, untilAborted} from '../../source/commands/on-failure.ts';
import type {RollBack} from '../../source/plan/roll-back.ts';
import {outOfMemory, unhealthy} from '../ui/fixtures.ts';
import {rollBack} from '../ui/rollouts.ts';

test.each<[Parameters<typeof answering>[0], 'needed' | 'dispensable', RollBack | undefined, string]>([
  ['stop', 'dispensable', rollBack, 'stop'],
  ['continue', 'dispensable', undefined, 'continue'],
  ['continue', 'needed', undefined, 'stop'],
  ['roll-back', 'needed', rollBack, 'roll-back'],
  ['roll-back', 'needed', undefined, 'stop'],
])('--on-failure %s, when something %s fails', async (answer, kind, offer, decision) => {
  expect(await answering(answer)([kind === 'needed' ? unhealthy : outOfMemory], offer)).toBe(decision);
});

test('words that are not known are refused with those that are', () => {
  expect([onFailureAnswer(undefined), onFailureAnswer('roll-back')]).toEqual([undefined, 'roll-back']);
  expect(() => onFailureAnswer('rollback')).toThrow(
    expect.objectContaining({
      message: '--on-failure can not be "rollback".',
      next: ['It is one of: stop, continue, roll-back.'],
      exitCode: 2,
    }),
  );
});

test('a question that nobody can answer any more is answered with stop when the run is asked to end', async () => {
  const ending = new AbortController();
  const asked = untilAborted(() => new Promise(() => undefined), ending.signal)([unhealthy]);
  ending.abort();
  expect(await asked).toBe('stop');
  expect(await untilAborted(async () => 'retry', new AbortController().signal)([unhealthy])).toBe('retry');
});
