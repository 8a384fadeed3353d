import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {clipLine, lineText, lineWidth, segment, spread} from '../../source/ui/text/line.ts';
import {clip, cut, padStartTo, padTo, widthOf, wrap} from '../../source/ui/text/width.ts';

const anyText = fc.string({unit: 'grapheme', maxLength: 80});
const anyWidth = fc.integer({min: 0, max: 60});

describe('text in cells', () => {
  test('wide characters are never cut in half', () => {
    expect([cut('日本語', 5), clip('日本語', 5), padTo('日本語', 5), padStartTo('日本', 6)]).toEqual(['日本', '日本…', '日本…', '  日本']);
  });

  test('an emoji made of several code points stays whole', () => {
    expect([cut('a👍🏽b', 2), cut('a👍🏽b', 3)]).toEqual(['a', 'a👍🏽']);
  });

  test('clipped text is never wider than its room', () => {
    fc.assert(fc.property(anyText, anyWidth, (text, width) => widthOf(clip(text, width)) <= width));
  });

  test('padded text is exactly as wide as its room', () => {
    fc.assert(fc.property(anyText, fc.integer({min: 2, max: 60}), (text, width) => widthOf(padTo(text, width)) === width));
  });

  test('a paragraph keeps its indent and the columns of rows that fit', () => {
    expect(wrap('  pull      image:1  because it is not on this host', 26)).toEqual([
      '  pull      image:1',
      '  because it is not on',
      '  this host',
    ]);
    expect(wrap('  a    b', 20)).toEqual(['  a    b']);
  });

  test('a word longer than a row is cut', () => {
    expect(wrap('abcdefgh ij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  test('no wrapped row is too wide and no word is lost', () => {
    fc.assert(
      fc.property(fc.string({maxLength: 120}), fc.integer({min: 8, max: 60}), (text, width) => {
        const rows = wrap(text, width);
        expect(rows.every(row => widthOf(row) <= width)).toBe(true);
        expect(rows.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});

describe('rows of parts', () => {
  test('the part that crosses the edge is shortened and what follows is dropped', () => {
    const parts = [segment('service'), segment(' is up', 'good'), segment(' since', 'muted')];
    expect(clipLine(parts, 10)).toEqual([segment('service'), segment(' i…', 'good')]);
  });

  test('a row that ends exactly at the edge is not shortened', () => {
    expect(lineText(clipLine([segment('abc'), segment('def')], 6))).toBe('abcdef');
  });

  test('no clipped row is too wide', () => {
    fc.assert(
      fc.property(fc.array(anyText, {maxLength: 6}), anyWidth, (texts, width) => {
        expect(
          lineWidth(
            clipLine(
              texts.map(text => segment(text)),
              width,
            ),
          ),
        ).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('the right part gives way when both do not fit', () => {
    expect(lineText(spread([segment('left')], [segment('right')], 12))).toBe('left   right');
    expect(lineText(spread([segment('left')], [segment('right')], 10))).toBe('left');
  });

  test('control characters can not get into a row', () => {
    expect(segment('a\u001b[2Jb\u0007c\u202ed\ne').text).toBe('abcd e');
  });
});
