import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {hintsLine} from '../../source/ui/components/key-hints.ts';
import {type Motion, moveCursor} from '../../source/ui/components/list/list-state.ts';
import {progressBar} from '../../source/ui/components/progress-bar.ts';
import {initialSelect, reduceSelect} from '../../source/ui/components/select/select-state.ts';
import {textFieldLine} from '../../source/ui/components/text-field/text-field.ts';
import {
  reduceTextField,
  type TextFieldAction,
  type TextFieldState,
  textField,
} from '../../source/ui/components/text-field/text-field-state.ts';
import {lastScroll, windowAround, windowFrom} from '../../source/ui/components/viewport/viewport-state.ts';
import {lineText} from '../../source/ui/text/line.ts';
import {graphemesOf, widthOf} from '../../source/ui/text/width.ts';
import {createTheme} from '../../source/ui/theme.ts';

const {figures} = createTheme();

describe('a cursor in a list', () => {
  test.each<readonly [Motion, number, number]>([
    ['next', 3, 4],
    ['next', 9, 9],
    ['previous', 0, 0],
    ['first', 7, 0],
    ['last', 2, 9],
    ['page-down', 2, 6],
    ['page-down', 8, 9],
    ['page-up', 2, 0],
  ])('%s from %i leads to %i', (motion, from, to) => {
    expect(moveCursor(from, motion, 10, 4)).toBe(to);
  });

  test('an empty list has its cursor at the start', () => {
    expect(moveCursor(5, 'last', 0)).toBe(0);
  });
});

describe('a window on a list', () => {
  const sizes = fc.record({count: fc.nat(200), height: fc.integer({min: 1, max: 60}), at: fc.nat(199)});

  test('the cursor is always on the screen, and rows and marks never take more than the height', () => {
    fc.assert(
      fc.property(sizes, ({count, height, at}) => {
        const cursor = Math.min(at, Math.max(0, count - 1));
        const {from, to, above, below} = windowAround(count, height, cursor);
        expect(to - from + (above > 0 ? 1 : 0) + (below > 0 ? 1 : 0)).toBeLessThanOrEqual(height);
        if (count > 0) expect(from <= cursor && cursor < to).toBe(true);
      }),
    );
  });

  test('scrolled to the end the last row is on the screen', () => {
    fc.assert(
      fc.property(sizes, ({count, height}) => {
        expect(windowFrom(count, height, lastScroll(count, height)).to).toBe(count);
        expect(windowFrom(count, height, 10_000)).toEqual(windowFrom(count, height, lastScroll(count, height)));
      }),
    );
  });

  test('a list that fits is shown whole', () => {
    expect(windowAround(5, 5, 4)).toEqual({from: 0, to: 5, above: 0, below: 0});
  });
});

describe('a short choice', () => {
  test('after Enter later keys change nothing', () => {
    const chosen = reduceSelect(reduceSelect(initialSelect, {type: 'move', motion: 'next'}, 3), {type: 'choose'}, 3);
    expect(reduceSelect(chosen, {type: 'move', motion: 'next'}, 3)).toEqual({cursor: 1, chosen: true});
  });
});

describe('a text field', () => {
  const at = (value: string, caret: number): TextFieldState => ({value, caret});

  test.each<readonly [TextFieldAction, TextFieldState, TextFieldState]>([
    [{type: 'insert', text: 'é'}, at('cafe', 3), at('cafée', 4)],
    [{type: 'insert', text: 'example.com'}, at('', 0), at('example.com', 11)],
    [{type: 'delete-backward'}, textField('日👍🏽'), at('日', 1)],
    [{type: 'delete-backward'}, at('abc', 0), at('abc', 0)],
    [{type: 'delete-forward'}, at('👍🏽b', 0), at('b', 0)],
    [{type: 'delete-word'}, textField('auth.example.com'), at('auth.example.', 13)],
    [{type: 'delete-word'}, textField('one two '), at('one ', 4)],
    [{type: 'delete-to-start'}, at('abcd', 2), at('cd', 0)],
    [{type: 'delete-to-end'}, at('abcd', 2), at('ab', 2)],
    [{type: 'move-left'}, textField('a👍🏽'), at('a👍🏽', 1)],
    [{type: 'move-right'}, at('日本', 0), at('日本', 1)],
    [{type: 'move-to-start'}, textField('abc'), at('abc', 0)],
    [{type: 'move-to-end'}, at('abc', 0), at('abc', 3)],
  ])('%j turns %j into %j', (action, before, after) => {
    expect(reduceTextField(before, action)).toEqual(after);
  });

  test('a text that is far too long is not taken', () => {
    expect(reduceTextField(textField('a'), {type: 'insert', text: 'b'.repeat(600)})).toEqual(textField('a'));
  });

  test('whatever is done, the caret stands between two characters', () => {
    const action = fc.oneof(
      fc.record({type: fc.constant('insert' as const), text: fc.string({unit: 'grapheme', maxLength: 4})}),
      fc.record({
        type: fc.constantFrom<Exclude<TextFieldAction['type'], 'insert'>>(
          'delete-backward',
          'delete-forward',
          'delete-word',
          'move-left',
          'move-right',
          'move-to-start',
        ),
      }),
    );
    fc.assert(
      fc.property(fc.array(action, {maxLength: 30}), actions => {
        const {value, caret} = actions.reduce<TextFieldState>(reduceTextField, textField(''));
        expect(caret).toBeGreaterThanOrEqual(0);
        expect(value.slice(0, caret) + value.slice(caret)).toBe(value);
        expect(value.isWellFormed() && value.slice(0, caret).isWellFormed()).toBe(true);
      }),
    );
  });

  test('the part around the caret is shown, never wider than its room', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme', maxLength: 60}), fc.nat(60), fc.integer({min: 2, max: 40}), (value, steps, width) => {
        const caret = graphemesOf(value).slice(0, steps).join('').length;
        expect(widthOf(lineText(textFieldLine({value, caret}, width)))).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('an empty field shows what stands when nothing is typed', () => {
    expect(lineText(textFieldLine(textField(''), 20, 'infra.localhost'))).toBe('infra.localhost');
  });
});

test('a bar is as full as its ratio', () => {
  expect([0, 0.5, 1, undefined, 7].map(ratio => lineText(progressBar(ratio, 4, figures)))).toEqual([
    '────',
    '━━──',
    '━━━━',
    '────',
    '━━━━',
  ]);
});

test('hints that do not fit are left out from the end, but for those that lead to help or out', () => {
  const hints = [
    {keys: 'Enter', does: 'continue'},
    {keys: 'left/right', does: 'choose'},
    {keys: '?', does: 'help'},
    {keys: 'Ctrl+C', does: 'leave at once'},
  ];
  expect([60, 50, 45, 30, 20, 8].map(width => lineText(hintsLine(hints, width, figures)))).toEqual([
    'Enter continue   ←→ choose   ? help   Ctrl+C leave at once',
    'Enter continue   ? help   Ctrl+C leave at once',
    '? help   Ctrl+C leave at once',
    '? help   Ctrl+C leave at once',
    '? help   Ctrl+C',
    '? help',
  ]);
  expect(lineText(hintsLine(hints.slice(0, 2), 60, createTheme({unicode: false}).figures))).toBe('Enter continue   left/right choose');
});
