import type {Key as InkKey} from 'ink';
import {expect, test} from 'vitest';
import {keyName, keysOf, pasteOf} from '../../source/ui/keys.ts';

const none: InkKey = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

test.each<readonly [string, Partial<InkKey>, readonly string[]]>([
  ['', {upArrow: true}, ['up']],
  ['\r', {return: true}, ['enter']],
  ['', {tab: true}, ['tab']],
  ['', {tab: true, shift: true}, ['shift-tab']],
  ['c', {ctrl: true}, ['ctrl+c']],
  ['G', {shift: true}, ['G']],
  [' ', {}, ['space']],
  ['q', {meta: true}, ['escape', 'q']],
  ['O', {meta: true, shift: true}, ['escape', 'O']],
  [' ', {meta: true}, ['escape', 'space']],
  ['é', {meta: true}, ['escape', 'é']],
  ['', {escape: true, meta: true}, ['escape', 'escape']],
  // Words in a shell, and what terminals send for Alt with an arrow.
  ['b', {meta: true}, []],
  ['f', {meta: true}, []],
  ['d', {meta: true}, []],
  // The rest of a sequence that is not known.
  ['[99;3~', {meta: true}, []],
  ['\r', {return: true, meta: true}, ['escape', 'enter']],
  ['jjk\r', {}, ['j', 'j', 'k', 'enter']],
  ['a\u0003', {}, ['a', 'ctrl+c']],
  ['ab\u007f\t', {}, ['a', 'b', 'backspace', 'tab']],
  ['日👍🏽', {}, ['日', '👍🏽']],
  ['\r\n', {}, ['enter']],
  ['\u202e\u200b', {}, []],
])('%j with %j presses %j', (input, flags, expected) => {
  expect(keysOf(input, {...none, ...flags}).map(keyName)).toEqual(expected);
});

test('a paste becomes one line, and nothing in it is a key', () => {
  expect(pasteOf(' one\r\n  two\u001b[2J\u0003 \n')).toEqual({kind: 'paste', text: 'one two'});
});
