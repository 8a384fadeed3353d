import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {generatedPart, ownBorder, ownPart, ownVariables} from '../../source/plan/own-variables.ts';

const before = '# Written by us.\nDOMAIN=old.example\nPORT=80\n\n';
const next = '# Written by us.\nDOMAIN=new.example\nPORT=80\nCOLOUR=red\n\n';

describe('what stands among the generated variables', () => {
  test.each([
    ['nothing', before, '', []],
    ['a variable at the end', `${before}MINE=1\n`, 'MINE=1\n', ['MINE']],
    [
      'one in the middle, with its comment',
      before.replace('PORT', '# for my service\nMINE=1\nPORT'),
      '# for my service\nMINE=1\n',
      ['MINE'],
    ],
    ['one without a line break', `${before}MINE=1`, 'MINE=1\n', ['MINE']],
    ['one that is exported, and one that is only named', `${before}export MINE=1\nOTHER\n`, 'export MINE=1\nOTHER\n', ['MINE', 'OTHER']],
    [
      'a value over several lines',
      `${before}KEY="a\nDOMAIN=b\n"\nMINE='x\ny' # z\n`,
      `KEY="a\nDOMAIN=b\n"\nMINE='x\ny' # z\n`,
      ['KEY', 'MINE'],
    ],
    ['lines of an editor of Windows', before.replaceAll('\n', '\r\n'), '', []],
    ['what we are about to write as well', `${before}COLOUR=red\n`, '', []],
    ['what is written no more, as it was', `${before}`, '', []],
  ])('%s is told apart', (_, mine, added, names) => {
    expect(ownVariables(before, mine, next)).toEqual({added, names, clashes: []});
  });

  test.each([
    ['is changed', before.replace('old.example', 'mine.example'), ['DOMAIN']],
    ['is taken away', before.replace('PORT=80\n', ''), ['PORT']],
    ['is what we will write', before.replace('old.example', 'new.example'), []],
    ['comes from us too, and differs', `${before}COLOUR=blue\n`, ['COLOUR']],
  ])('one of ours that %s', (_, mine, clashes) => {
    expect(ownVariables(before, mine, next).clashes).toEqual(clashes);
  });

  test('one of ours that was changed and is written no more is his', () => {
    const gone = next.replace('PORT=80\n', '');
    expect(ownVariables(before, before, gone)).toEqual({added: '', names: [], clashes: []});
    expect(ownVariables(before, before.replace('PORT=80', 'PORT=81'), gone)).toEqual({added: 'PORT=81\n', names: ['PORT'], clashes: []});
  });

  const line = fc.constantFrom('A=1', 'B=2', "C='x\ny'", 'D="a\\"b"', '# a comment', '', 'not a variable', 'E', 'export F=1');
  const text = fc.array(line, {maxLength: 8}).map(lines => lines.map(one => `${one}\n`).join(''));

  test('what was found once is found again, and an untouched file holds nothing', () => {
    fc.assert(
      fc.property(text, text, (mine, ours) => {
        expect(ownVariables(ours, ours, ours)).toEqual({added: '', names: [], clashes: []});
        const {added} = ownVariables('', mine, '');
        expect(ownVariables('', added, '').added).toBe(added);
      }),
    );
  });
});

test('a file is cut at the border, and both parts make it whole again', () => {
  const generated = `A=1\n${ownBorder}\n`;
  expect([generatedPart(`${generated}MINE=1\n`), ownPart(`${generated}MINE=1\n`)]).toEqual([generated, 'MINE=1\n']);
  expect([generatedPart('A=1\n'), ownPart('A=1\n')]).toEqual(['A=1\n', '']);
});
