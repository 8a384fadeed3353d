import {expect, test} from 'vitest';
import {emptyPull, type LayerStep, type PullState} from '../../source/engine/decode.ts';
import {isStalled} from '../../source/engine/pull-stall.ts';

const pull = (...steps: readonly LayerStep[]): PullState => ({
  ...emptyPull,
  layers: new Map(steps.map((step, index) => [String(index), {step, current: 0, total: 0, note: undefined}])),
});

test.each([
  ['no manifest', pull(), 30, 0, true],
  ['a layer downloads', pull('pulled', 'downloading', 'waiting'), 30, 0, true],
  ['a layer is tried again', pull('retrying', 'waiting'), 30, 0, true],
  ['not long enough', pull('downloading'), 29, 29, false],
  ['all wait for their turn while other images move', pull('pulled', 'waiting'), 300, 5, false],
  ['all wait, and no image moves', pull('pulled', 'waiting'), 300, 30, true],
  ['a layer is unpacked', pull('extracting', 'downloading'), 300, 300, false],
  ['everything has arrived', pull('downloaded', 'pulled', 'present'), 300, 300, false],
  ['done', {...pull(), result: 'pulled'} as PullState, 300, 300, false],
])('%s', (_name, state, own, engine, stalled) => {
  expect(isStalled(state, {own, engine}, 30)).toBe(stalled);
});
