import {expect, test} from 'vitest';
import {lineSplitter, linesOf, parseJson} from '../../source/engine/lines.ts';
import {collect} from '../helpers/collect.ts';
import {inParts} from '../helpers/replay-engine.ts';

const text = 'größer\r\n\n€ 5\nkein Ende ✔';
const lines = ['größer', '', '€ 5', 'kein Ende ✔'];

const all = async (chunks: readonly Uint8Array[]): Promise<readonly string[]> => {
  async function* source() {
    yield* chunks;
  }
  return collect(linesOf(source()));
};

test.each([1, 2, 3, 5, 7, 100])('lines come whole from chunks of %i bytes, characters that were cut as well', async size => {
  expect(await all(inParts(text, size))).toEqual(lines);
});

test('a line without end keeps only its beginning in memory', () => {
  const splitter = lineSplitter(10);
  expect(splitter.push(Buffer.from('x'.repeat(1_000_000)))).toEqual([]);
  expect(splitter.push(Buffer.from('y'.repeat(1_000_000)))).toEqual([]);
  expect(splitter.push(Buffer.from('z\nnext\n'))).toEqual(['x'.repeat(10), 'next']);
  expect(splitter.end()).toEqual([]);
});

test('bytes that are no UTF-8 become replacement characters', async () => {
  expect(await all([Buffer.from([0x61, 0xff, 0x62, 0x0a, 0xe2, 0x82])])).toEqual(['a\ufffdb', '\ufffd']);
});

test('what is not JSON is undefined', () => {
  expect([parseJson('{"a":1}'), parseJson('{"a":'), parseJson('')]).toEqual([{a: 1}, undefined, undefined]);
});
