import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {printable} from '../../source/printable.ts';
import {narrow, width} from '../../source/ui/text/narrow.ts';

const characters = Array.from({length: 0x10000}, (_, code) => String.fromCharCode(code)).filter(character => narrow.test(character));

test('every character that is taken for narrow is one column wide for string-width too', () => {
  expect(characters.length).toBeGreaterThan(1000);
  expect(characters.filter(character => stringWidth(character) !== 1)).toEqual([]);
});

test('side by side they stay as wide as they are alone', () => {
  const text = characters.join('');
  expect(stringWidth(text)).toBe(text.length);
});

test('each is a character of its own, in any order: whoever compares rows need not take them apart', () => {
  const segmenter = new Intl.Segmenter();
  const rows = [characters, characters.toReversed(), characters.flatMap((one, place) => [one, characters.at(-place) ?? ''])];
  for (const row of rows) expect([...segmenter.segment(row.join(''))].length).toBe(row.length);
});

test('none of them is a control character', () => {
  expect(printable(characters.join(''))).toBe(characters.join(''));
});

test('all other text is measured by string-width', () => {
  expect(['日本', '👍🏽', 'é', '\u001b[31mred\u001b[0m', '❯ ✔ ok'].map(text => width(text))).toEqual([4, 2, 1, 3, 6]);
});

test('styles between the characters take no columns, as for string-width', () => {
  const styled = ['\u001b[31mred\u001b[0m ok', '\u001b[1;38;5;12m▁▂█\u001b[22;39m', '\u001b[31m日本\u001b[0m', '\u001b[2Kx', '\u001b['];
  expect(styled.map(text => width(text))).toEqual(styled.map(text => stringWidth(text)));
  const counted = {countAnsiEscapeCodes: true};
  expect(styled.map(text => width(text, counted))).toEqual(styled.map(text => stringWidth(text, counted)));
});
