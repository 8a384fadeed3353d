/** The log of a service as it is looked at: bounded, broken into rows only where it is seen, searched, and moved through. */
import {describe, expect, test} from 'vitest';
import type {LogLine} from '../../source/plan/service-details.ts';
import {appendLog, emptyLog, endOf, type LogBuffer, matchesIn, matchFrom, matchingLines} from '../../source/ui/status/log-buffer.ts';
import {chop, showable} from '../../source/ui/status/log-cells.ts';
import {logRows, searchRow} from '../../source/ui/status/log-rows.ts';
import {stampOf} from '../../source/ui/status/log-stamp.ts';
import {type LogAction, type LogView, reduceLogView, startLogView} from '../../source/ui/status/log-view.ts';
import {type LogSurface, moveLog, visibleLog} from '../../source/ui/status/log-window.ts';
import {lineText} from '../../source/ui/text/line.ts';
import {widthOf} from '../../source/ui/text/width.ts';
import {createTheme} from '../../source/ui/theme.ts';

const line = (text: string, stream: LogLine['stream'] = 'stdout'): LogLine => ({stream, at: '2026-11-20T10:00:00.250000000Z', text});
const logOf = (...texts: readonly string[]): LogBuffer =>
  appendLog(
    emptyLog,
    texts.map(text => line(text)),
  );
const numbered = (count: number) => logOf(...Array.from({length: count}, (_, index) => `line ${index}`));
const surface = (log: LogBuffer, more: Partial<LogSurface> = {}): LogSurface => ({
  ...{log, width: 10, height: 4, wrap: true, timestamps: false, column: 0},
  ...more,
});
const {figures} = createTheme();
const drawn = (log: LogBuffer, height = 4) => ({log, width: 30, height});
const shown = (view: LogView, log: LogBuffer, height = 4) => logRows(view, drawn(log, height), figures).map(lineText);
const viewed = (...actions: readonly LogAction[]) => actions.reduce(reduceLogView, startLogView);
const typed = (text: string): readonly LogAction[] => [{type: 'search'}, {type: 'edit', edit: {type: 'insert', text}}];

describe('what is kept', () => {
  test('is the end of it, however much comes, and lines keep their numbers', () => {
    let log = emptyLog;
    for (let batch = 0; batch < 200; batch += 1)
      log = appendLog(
        log,
        Array.from({length: 1000}, (_, index) => line(`${batch * 1000 + index}`)),
      );
    expect([log.lines.length, log.first, endOf(log)]).toEqual([10_000, 190_000, 200_000]);
    expect(log.lines[0]?.text).toBe('190000');
  });

  test('is bounded in characters, too, and never nothing', () => {
    let log = emptyLog;
    for (let count = 0; count < 1000; count += 1) log = appendLog(log, [line('x'.repeat(16 * 1024))]);
    expect(log.size).toBeLessThanOrEqual(4 * 2 ** 20);
    expect(log.size).toBe(log.lines.reduce((sum, {text}) => sum + text.length, 0));
    expect(endOf(log)).toBe(1000);
    expect(appendLog(emptyLog, [line('x'.repeat(10 * 2 ** 20))]).lines).toHaveLength(1);
  });

  test('a hundred thousand lines that come at once are taken in at once', () => {
    const batch = Array.from({length: 100_000}, (_, index) => line(`line ${index}`));
    expect(appendLog(numbered(5), batch)).toMatchObject({first: 90_005, lines: {length: 10_000}});
  });
});

describe('what is seen', () => {
  test.each<readonly [string, Partial<LogSurface>, readonly string[], readonly (readonly [number, number])[]]>([
    [
      'a line that fits is a row',
      {},
      ['one', 'two'],
      [
        [0, 0],
        [1, 0],
      ],
    ],
    [
      'a longer one goes on in the next',
      {},
      ['12345678901234567890123'],
      [
        [0, 0],
        [0, 1],
        [0, 2],
      ],
    ],
    ['without wrapping it is one row', {wrap: false}, ['12345678901234567890123'], [[0, 0]]],
    [
      'wide characters count twice',
      {},
      ['日本語の店の在庫'],
      [
        [0, 0],
        [0, 1],
      ],
    ],
    [
      'an empty line is a row',
      {},
      ['', ''],
      [
        [0, 0],
        [1, 0],
      ],
    ],
    [
      'the last rows, when there are more',
      {height: 2},
      ['a', 'b', '123456789012345'],
      [
        [2, 0],
        [2, 1],
      ],
    ],
  ])('%s', (_, more, texts, expected) => {
    expect(visibleLog(surface(logOf(...texts), more), undefined).map(({line: number, row}) => [number, row])).toEqual(expected);
  });

  test('no row is wider than the window, and no character is cut in half', () => {
    for (const text of ['日本語の店の在庫'.repeat(9), '👩‍👩‍👧 family '.repeat(9), 'e\u0301'.repeat(99)]) {
      for (const width of [1, 2, 7, 30]) {
        const log = logOf(text);
        const rows = visibleLog(surface(log, {width, height: 999}), undefined).map(({span}) => text.slice(...span));
        expect(rows.join('')).toBe(text);
        if (width > 1) expect(Math.max(...rows.map(widthOf))).toBeLessThanOrEqual(width);
      }
    }
  });

  test('what takes long to take apart is shown in part, and says so', () => {
    const emoji = '👍🏽'.repeat(5000);
    const rows = visibleLog(surface(logOf(emoji), {width: 200, height: 999}), undefined);
    expect(rows.length).toBe(Math.ceil(showable(emoji).length / 4 / 100));
    expect(showable(emoji)).toMatch(/^(?:👍🏽)+…$/u);
    expect(showable('日本語'.repeat(5000))).toHaveLength(15_000);
  });

  test('counting agrees with the terminal, whatever the script', () => {
    for (const text of ['plain ascii', '日本語のログ、テスト', 'ｆｕｌｌ', '한국어 로그', 'é ñ ø', '→ ✔ ─', 'e\u0301', '👩‍👩‍👧', 'ห้องน้ำ']) {
      const cells = chop(text, 4).reduce((sum, [from, to]) => sum + widthOf(text.slice(from, to)), 0);
      expect([text, cells]).toEqual([text, widthOf(text)]);
      expect(Math.max(...chop(text, 4).map(([from, to]) => widthOf(text.slice(from, to))))).toBeLessThanOrEqual(4);
    }
  });
});

describe('moving', () => {
  const log = numbered(20);
  const at = (row: number) => ({line: row, row: 0});

  test.each([
    ['up from the end', undefined, 'previous', at(15)],
    ['up', at(5), 'previous', at(4)],
    ['up at the start', at(0), 'previous', at(0)],
    ['down', at(5), 'next', at(6)],
    ['down to the end follows it again', at(15), 'next', undefined],
    ['a page up', undefined, 'page-up', at(13)],
    ['a page down', at(2), 'page-down', at(5)],
    ['a page down near the end follows it', at(14), 'page-down', undefined],
    ['to the start', undefined, 'first', at(0)],
    ['to the end', at(3), 'last', undefined],
  ] as const)('%s', (_, from, motion, expected) => {
    expect(moveLog(surface(log), from, motion)).toEqual(expected);
  });

  test('row by row through a line that is higher than the window', () => {
    const high = surface(logOf('a', 'x'.repeat(95), 'b'));
    const up = moveLog(high, undefined, 'previous');
    expect(up).toEqual({line: 1, row: 6});
    expect(moveLog(high, up, 'next')).toBeUndefined();
    expect(moveLog(high, {line: 1, row: 0}, 'page-down')).toEqual({line: 1, row: 3});
  });

  test('where all of it is seen there is nowhere to go, and what comes is followed', () => {
    expect(['previous', 'first', 'page-up'].map(motion => moveLog(surface(logOf('a', 'b')), undefined, motion as 'previous'))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('what is looked at stays where it is while more comes, and moves on only when it is dropped', () => {
    const held = reduceLogView(startLogView, {type: 'scroll', motion: 'first', drawn: drawn(log)});
    const more = appendLog(
      log,
      Array.from({length: 9000}, (_, index) => line(`more ${index}`)),
    );
    expect(shown(held, more)[0]).toBe('  line 0');
    const flood = appendLog(
      more,
      Array.from({length: 5000}, (_, index) => line(`flood ${index}`)),
    );
    expect(flood.first).toBeGreaterThan(20);
    expect(shown(held, flood)[0]).toBe(`  ${flood.lines[0]?.text}`);
  });

  test('f follows the end again', () => {
    const held = reduceLogView(startLogView, {type: 'scroll', motion: 'first', drawn: drawn(log)});
    expect(shown(reduceLogView(held, {type: 'follow'}), log).at(-1)).toBe('  line 19');
  });
});

describe('searching', () => {
  test.each<readonly [string, string, string, readonly (readonly [number, number])[]]>([
    [
      'small letters match capitals',
      'Error: ERROR',
      'error',
      [
        [0, 5],
        [7, 12],
      ],
    ],
    ['a capital matches capitals only', 'Error: ERROR', 'ERROR', [[7, 12]]],
    ['nothing matches nothing', 'abc', '', []],
    ['signs mean themselves', 'a.c abc', 'a.c', [[0, 3]]],
    ['letters that grow when they are made small do not move the mark', 'İİ error', 'error', [[3, 8]]],
  ])('%s', (_, text, search, expected) => {
    expect(matchesIn(text, search)).toEqual(expected);
  });

  test('matches are lines, round and round', () => {
    const log = logOf('a hit', 'b', 'a hit hit', 'c', 'hit');
    const matching = matchingLines(log, 'hit');
    expect(matching).toEqual([0, 2, 4]);
    expect([matchFrom(matching, 0, 1), matchFrom(matching, 4, 1), matchFrom(matching, 0, -1), matchFrom([], 0, 1)]).toEqual([
      2,
      0,
      4,
      undefined,
    ]);
  });

  test('marks what it finds, points at it, counts, and goes on with n and N', () => {
    const log = numbered(40);
    const found = viewed(...typed('line 1'), {type: 'keep', drawn: drawn(log)});
    const matching = matchingLines(log, 'line 1');
    expect([matching.length, found.match]).toEqual([11, 19]);
    expect(shown(found, log, 6)).toContain('❯ line 19');
    const [row] = logRows({...found, place: {line: 19, row: 0}}, drawn(log), figures);
    expect(row?.filter(({tone}) => tone === 'caret').map(({text}) => text)).toEqual(['line 1']);
    const before = reduceLogView(found, {type: 'match', direction: -1, drawn: drawn(log)});
    expect([before.match, searchRow(before, matching).map(lineText)]).toEqual([18, ['/line 1   10 of 11 lines']]);
    const round = reduceLogView(found, {type: 'match', direction: 1, drawn: drawn(log)});
    expect(round.match).toBe(1);
  });

  test('says how many there are while it is typed, and Esc brings back what was looked for before', () => {
    const log = numbered(3);
    const first = viewed(...typed('line'), {type: 'keep', drawn: drawn(log)});
    const typing = [{type: 'search'}, {type: 'edit', edit: {type: 'insert', text: 's'}}] as const;
    const second = typing.reduce(reduceLogView, first);
    expect(searchRow(second, matchingLines(log, 'lines')).map(lineText)).toEqual(['/lines    no lines']);
    expect(reduceLogView(second, {type: 'clear'})).toMatchObject({search: 'line', typing: undefined});
    expect(reduceLogView(first, {type: 'clear'})).toMatchObject({search: '', match: undefined});
  });

  test('a mark goes on in the next row', () => {
    const log = logOf(`${'x'.repeat(26)}needle`);
    const rows = logRows(viewed(...typed('needle')), drawn(log), figures);
    expect(rows.map(row => row.filter(({tone}) => tone === 'caret').map(({text}) => text))).toEqual([['need'], ['le']]);
  });
});

describe('how it is drawn', () => {
  test('standard error has a mark of its own, in front of each of its rows', () => {
    const log = appendLog(emptyLog, [line('out'), line('e'.repeat(40), 'stderr')]);
    expect(shown(startLogView, log)).toEqual(['  out', ` │${'e'.repeat(30)}`, ` │${'e'.repeat(10)}`]);
  });

  test('times are shown by the clock here, and left out where the engine gave none', () => {
    const at = '2026-11-20T10:00:00.250000000Z';
    expect([stampOf(at), stampOf(''), stampOf('yesterday')]).toEqual(['2026-11-20 10:00:00.250 ', '', '']);
    expect(shown(viewed({type: 'timestamps'}), logOf('ready'))).toEqual(['  2026-11-20 10:00:00.250 ready']);
  });

  test('without wrapping it is moved sideways, and never beyond its start', () => {
    const log = logOf('0123456789'.repeat(9));
    const [right, left] = [{type: 'sideways', by: 8} as const, {type: 'sideways', by: -8} as const];
    const view = viewed({type: 'wrap'}, right, right);
    expect(shown(view, log)[0]?.slice(0, 12)).toBe('  6789012345');
    expect(viewed({type: 'wrap'}, right, left, left).column).toBe(0);
    expect(viewed({type: 'wrap'}, right, {type: 'wrap'}).column).toBe(0);
  });
});
