import {expect, test} from 'vitest';
import {emptyPull, type LayerStep, type PullState} from '../../source/engine/decode.ts';
import {stalledAfter} from '../../source/engine/pull-stall.ts';

/** Steps of layers, those that download with as many bytes as the graph drivers would count, or as many as are given. */
const pull = (...steps: readonly (LayerStep | number)[]): PullState => ({
  ...emptyPull,
  layers: new Map(
    steps.map((step, index) => {
      const current = typeof step === 'number' ? step : step === 'downloading' ? 884_736 : 0;
      return [String(index), {step: typeof step === 'number' ? 'downloading' : step, current, total: 0, note: undefined}];
    }),
  ),
});
const mebibyte = 2 ** 20;

test.each([
  ['no manifest', pull(), 30, 0, 30],
  ['a layer downloads', pull('pulled', 'downloading', 'waiting'), 30, 0, 30],
  ['a layer is tried again', pull('retrying', 'waiting'), 30, 0, 30],
  ['not long enough', pull('downloading'), 29, 29, undefined],
  ['all wait for their turn while other images move', pull('pulled', 'waiting'), 300, 5, undefined],
  ['all wait, and no image moves', pull('pulled', 'waiting'), 300, 30, 30],
  ['three layers share a slow line, and none has come to its next MiB', pull(mebibyte, 2 * mebibyte, 'waiting'), 89, 89, undefined],
  ['three layers have not come to their next MiB for three times as long', pull(mebibyte, 2 * mebibyte, 'waiting'), 90, 90, 90],
  ['many layers have begun, and three of them come at once', pull('waiting', 'waiting', 'waiting', 'waiting', 'waiting'), 90, 90, 90],
  ['one layer has not come to its next MiB', pull('pulled', mebibyte), 30, 30, 30],
  ['layers are counted finely', pull(114_688, 'waiting', 'waiting'), 30, 30, 30],
  ['a layer is unpacked', pull('extracting', 'downloading'), 300, 300, undefined],
  ['everything has arrived', pull('downloaded', 'pulled', 'present'), 300, 300, undefined],
  ['done', {...pull(), result: 'pulled'} as PullState, 300, 300, undefined],
])('%s', (_name, state, own, engine, stalled) => {
  expect(stalledAfter(state, {own, engine}, 30)).toBe(stalled);
});
