/** Frames put together from rows look as Ink would draw them, cell by cell. */
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import Output from '../../node_modules/ink/build/output.js';
import {type Operation, plainOutput} from '../../source/ui/text/plain-output.ts';

const [width, height] = [20, 4];

const inkOutput = (operations: readonly Operation[]) => {
  const output = new Output({width, height});
  for (const operation of operations) {
    if (operation.type === 'write') output.write(operation.x, operation.y, operation.text, {transformers: [...operation.transformers]});
    else if (operation.type === 'clip') output.clip(operation.clip);
    else output.unclip();
  }
  return output.get();
};

/** Each row spelled by Ink, which knows several spellings of the same looks. */
const spelled = ({output}: {readonly output: string}) =>
  output.split('\n').map(line => {
    const one = new Output({width: 60, height: 1});
    one.write(0, 0, line, {transformers: []});
    return one.get().output;
  });

const write = (x: number, y: number, text: string, ...transformers: ((line: string) => string)[]): Operation => ({
  type: 'write',
  ...{x, y, text, transformers},
});

const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
const bold = (text: string) => `\u001b[1m${text}\u001b[22m`;

const part = fc.tuple(
  fc.constantFrom('a', '▁▂█', 'x  y ', '日本', '', '❯ ', '─────'),
  fc.constantFrom<(text: string) => string>(red, bold, text => text),
);
const text = fc.array(part, {maxLength: 4}).map(parts => parts.map(([plain, style]) => style(plain)).join(''));
const edge = fc.option(fc.integer({min: -1, max: 22}), {nil: undefined});
const writes = fc
  .tuple(fc.integer({min: -2, max: 21}), fc.integer({min: -1, max: 4}), text)
  .map(([x, y, said]): Operation => write(x, y, said));
const clips = fc.record({x1: edge, x2: edge, y1: edge, y2: edge}).map((clip): Operation => ({type: 'clip', clip}));
const operation = fc.oneof(
  {weight: 6, arbitrary: writes},
  {weight: 1, arbitrary: clips},
  {weight: 1, arbitrary: fc.constant<Operation>({type: 'unclip'})},
);

test('whatever is put together looks as Ink would draw it', () => {
  let together = 0;
  fc.assert(
    fc.property(fc.array(operation, {maxLength: 5}), operations => {
      const plain = plainOutput(operations, width, height);
      if (!plain) return;
      together += 1;
      expect(spelled(plain)).toEqual(spelled(inkOutput(operations)));
      expect(plain.height).toBe(height);
    }),
    {numRuns: 1000},
  );
  expect(together).toBeGreaterThan(200);
});

describe('what takes more is left to Ink:', () => {
  test.each<readonly [string, readonly Operation[]]>([
    ['wide characters', [write(0, 0, '日本')]],
    ['parts that overlap', [write(0, 0, 'abc'), write(2, 0, 'd')]],
    ['several rows at once', [write(0, 0, 'a\nb')]],
    ['a row that is cut', [{type: 'clip', clip: {x1: 0, x2: 2, y1: undefined, y2: undefined}}, write(0, 0, 'abc')]],
    ['a style that does not end', [write(0, 0, '\u001b[31mred')]],
    ['a link', [write(0, 0, '\u001b]8;;https://a\u0007a\u001b]8;;\u0007')]],
  ])('%s', (_, operations) => {
    expect(plainOutput(operations, width, height)).toBeUndefined();
  });
});

test('rows below each other, styled by their element, are put together', () => {
  const operations = [write(1, 0, 'name', bold), write(8, 0, red('bad')), write(0, 2, '▁▂█ ok')];
  expect(plainOutput(operations, width, height)?.output).toBe(` ${bold('name')}   ${red('bad')}\n\n▁▂█ ok\n`);
});
