import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {printable, printableLine} from '../source/printable.ts';

const esc = '\u001b';

test.each([
  ['plain text', 'plain text', 'plain text'],
  ['every script', 'Ünï 日本 🙂 é', 'Ünï 日本 🙂 é'],
  ['line breaks', 'a\nb', 'a\nb'],
  ['tabs as spaces', 'a\tb', 'a  b'],
  ['a progress bar that starts its line again', '10%\r20%\r\n30%', '10%\n20%\n30%'],
  ['colours', `${esc}[1;31mred${esc}[0m`, 'red'],
  ['a cursor that moves', `a${esc}[2J${esc}[1;1Hb`, 'ab'],
  ['a title', `${esc}]0;title\u0007a`, 'a'],
  ['a title ended the other way', `${esc}]0;title${esc}\\a`, 'a'],
  ['a clipboard', `${esc}]52;c;aGk=\u0007a`, 'a'],
  ['a link', `${esc}]8;;https://x${esc}\\a${esc}]8;;${esc}\\`, 'a'],
  ['device strings', `${esc}P1$r${esc}\\a${esc}_x${esc}\\b${esc}^y${esc}\\c${esc}Xz${esc}\\d`, 'abcd'],
  ['8-bit controls', '\u009b31ma\u009d0;t\u009cb\u0090x\u009cc', 'abc'],
  ['two-byte escapes', `${esc}ca${esc}(Bb${esc}7c`, 'abc'],
  ['an unfinished colour', `a${esc}[31`, 'a'],
  ['an unfinished title', `a${esc}]0;title`, 'a'],
  ['an escape alone', `a${esc}`, 'a'],
  ['bells and other controls', 'a\u0007\u0000\u0008\u007f\u000bb', 'ab'],
  ['text that runs backwards', 'a\u202eb\u2066c\u2069\u200fd', 'abcd'],
  ['what nobody sees', 'a\u200b\ufeff\u00ad\u2060b\u{e0041}c', 'abc'],
  ['half a character', 'a\ud83d', 'a'],
])('%s', (_, text, expected) => {
  expect(printable(text)).toBe(expected);
});

test('on one line', () => {
  expect(printableLine('  a \n\n  b\r\nc\t ')).toBe('a b c');
});

const harmful = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe('whatever comes in', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...`${esc}[]0;m\\\u0007\u009b\u009d\u009cPX^_ \n\r\t?1c日`),
      fc.string({unit: 'binary', minLength: 1, maxLength: 1}),
    ),
  });

  test('nothing that moves a cursor comes out', () => {
    fc.assert(
      fc.property(text, value => {
        expect(printable(value)).not.toMatch(harmful);
        expect(printableLine(value)).not.toMatch(/\n/);
      }),
      {numRuns: 20_000},
    );
  });

  test('what is printable stays as it is', () => {
    fc.assert(
      fc.property(text, value => {
        expect(printable(printable(value))).toBe(printable(value));
      }),
      {numRuns: 5000},
    );
  });
});

test('a very long text is answered at once', () => {
  for (const part of [esc, `${esc}[`, `${esc}]`, `${esc}[1;`, '\u009d', 'a\n ', ' \n'])
    expect(printableLine(part.repeat(100_000)).length).toBeLessThan(300_001);
});
