/** What was pressed, as one value. All keys of all screens take the path terminal -> `keysOf` -> a reducer, so none is lost in a burst. Pure. */
import type {Key as InkKey} from 'ink';
import {printable, printableLine} from '../printable.ts';
import {graphemesOf} from './text/width.ts';

type NamedKey =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'page-up'
  | 'page-down'
  | 'home'
  | 'end'
  | 'enter'
  | 'escape'
  | 'tab'
  | 'shift-tab'
  | 'backspace'
  | 'delete';

export type Key =
  | {readonly kind: 'named'; readonly name: NamedKey}
  /** One character as a person sees it. */
  | {readonly kind: 'text'; readonly text: string}
  | {readonly kind: 'ctrl'; readonly letter: string}
  /** Pasted text, on one line. */
  | {readonly kind: 'paste'; readonly text: string};

/** How tables of bindings name a key: `up`, `j`, `ctrl+c`; a paste is `paste` and a space `space`. */
export const keyName = (key: Key): string => {
  if (key.kind === 'named') return key.name;
  if (key.kind === 'ctrl') return `ctrl+${key.letter}`;
  if (key.kind === 'paste') return 'paste';
  return key.text === ' ' ? 'space' : key.text;
};

const named = (name: NamedKey): Key => ({kind: 'named', name});

const flags: readonly (readonly [keyof InkKey, NamedKey])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'page-up'],
  ['pageDown', 'page-down'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

const controls: Readonly<Record<string, NamedKey>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\b': 'backspace',
  '\u007f': 'backspace',
};

const ofCharacter = (character: string): readonly Key[] => {
  const control = controls[character];
  if (control) return [named(control)];
  const code = character.codePointAt(0) ?? 0;
  if (code >= 1 && code <= 26) return [{kind: 'ctrl', letter: String.fromCharCode(code + 96)}];
  return printable(character) === '' ? [] : [{kind: 'text', text: character}];
};

/** In a shell these go by words with Alt, and many terminals send them for Alt with an arrow: nobody pressed Esc. */
const wordKeys = ['b', 'd', 'f'];

/**
 * Pressed one after the other, Esc and a key may come in one read, as Alt with that key does, which means nothing here. What is longer than
 * one character is the rest of a sequence that nobody knows.
 */
const afterEscape = (input: string, key: InkKey): readonly Key[] => {
  if (key.return) return [named('escape'), named('enter')];
  if (key.escape) return [named('escape'), named('escape')];
  const isTyped = graphemesOf(input).length === 1 && !wordKeys.includes(input);
  return isTyped ? [named('escape'), ...ofCharacter(input)] : [];
};

/** Splits what Ink hands over in one call: it delivers everything typed within one read as one string. */
export const keysOf = (input: string, key: InkKey): readonly Key[] => {
  if (key.tab) return [named(key.shift ? 'shift-tab' : 'tab')];
  if (key.meta && (key.return || key.escape)) return afterEscape(input, key);
  const flag = flags.find(([name]) => key[name]);
  if (flag) return [named(flag[1])];
  if (key.ctrl) return input === '' ? [] : [{kind: 'ctrl', letter: input}];
  if (key.meta) return afterEscape(input, key);
  return graphemesOf(input.replace(/\r\n/g, '\r')).flatMap(ofCharacter);
};

/** A paste never presses Enter: it becomes one line. */
export const pasteOf = (text: string): Key => ({kind: 'paste', text: printableLine(text)});
