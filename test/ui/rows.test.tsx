/** A row is one element, whatever it is made of, and looks as if each part were one. */
import chalk from 'chalk';
import fc from 'fast-check';
import {Box, renderToString, Text} from 'ink';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {Rows} from '../../source/ui/components/rows.tsx';
import {ThemeContext} from '../../source/ui/hooks/use-theme.ts';
import {clipLine, type Line, segment} from '../../source/ui/text/line.ts';
import {createTheme, type Tone} from '../../source/ui/theme.ts';

const width = 30;
const level = chalk.level;
beforeAll(() => {
  chalk.level = 1;
});
afterAll(() => {
  chalk.level = level;
});

const tones: readonly Tone[] = ['plain', 'strong', 'muted', 'accent', 'focus', 'good', 'warning', 'bad', 'caret'];
const part = fc
  .tuple(
    fc.oneof(fc.constantFrom('', ' ', '  ok  ', '▁▂█', '日本', '❯ '), fc.string({unit: 'grapheme', maxLength: 12})),
    fc.constantFrom(...tones),
  )
  .map(([text, tone]) => segment(text, tone));
const rows = fc.array(fc.array(part, {maxLength: 6}), {minLength: 1, maxLength: 4});

const drawn = (lines: readonly Line[], colour: boolean, inParts: boolean): string => {
  const theme = createTheme({colour});
  const places = lines.map((line, place) => ({parts: clipLine(line, width).map((one, at) => ({...one, at})), place}));
  const elements = places.map(({parts, place}) => (
    <Text key={place} wrap="truncate-end">
      {parts.length === 0
        ? ' '
        : parts.map(({text, tone, at}) => (
            <Text key={at} {...theme.styles[tone]}>
              {text}
            </Text>
          ))}
    </Text>
  ));
  const content = inParts ? elements : <Rows rows={lines} width={width} />;
  return renderToString(
    <ThemeContext value={theme}>
      <Box flexDirection="column" width={width}>
        {content}
      </Box>
    </ThemeContext>,
    {columns: 80},
  );
};

/** Codes beside each other mean the same in any order; Ink's depends on how often it took the text apart. */
const ordered = (frame: string) => frame.replace(/(?:\u001b\[\d+m){2,}/g, codes => (codes.match(/\d+/g) ?? []).sort().join(' '));

test('rows look as they would with an element for each part', () => {
  fc.assert(
    fc.property(rows, fc.boolean(), (lines, colour) => {
      expect(ordered(drawn(lines, colour, false))).toBe(ordered(drawn(lines, colour, true)));
    }),
    {numRuns: 300, examples: [[[[segment('\uffa0'), segment('  ok  ', 'bad')]], true]]},
  );
});

test('styles are written in a row, and only where the terminal has any', () => {
  const lines = [[segment('cache', 'focus'), segment(' is '), segment('dead', 'bad')]];
  expect(drawn(lines, true, false)).toBe('\u001b[1m\u001b[36mcache\u001b[39m\u001b[22m is \u001b[31mdead\u001b[39m');
  expect(drawn(lines, false, false)).toBe('\u001b[1mcache\u001b[22m is \u001b[1mdead\u001b[22m');
});
