/** All that can be done, by name. To run an entry is to press its key: it can do nothing else. Pure. */
import {moveCursor} from '../components/list/list-state.ts';
import {reduceTextField, type TextFieldAction, type TextFieldState, textField} from '../components/text-field/text-field-state.ts';
import type {Key} from '../keys.ts';

export interface Palette {
  readonly field: TextFieldState;
  /** Among the entries that match. */
  readonly cursor: number;
}

export interface PaletteEntry {
  readonly key: Key;
  /** As it is written on the key. */
  readonly keys: string;
  readonly does: string;
}

export type PaletteAction =
  | {readonly type: 'edit'; readonly edit: TextFieldAction}
  | {readonly type: 'move'; readonly motion: 'previous' | 'next' | 'page-up' | 'page-down'; readonly count: number};

export const startPalette: Palette = {field: textField(''), cursor: 0};

export const reducePalette = (palette: Palette, action: PaletteAction): Palette => {
  if (action.type === 'edit') return {field: reduceTextField(palette.field, action.edit), cursor: 0};
  return {...palette, cursor: moveCursor(palette.cursor, action.motion, action.count)};
};

const pressed = (text: string): Key => ({kind: 'text', text});
const entry = (keys: string, does: string, key: Key = pressed(keys)): PaletteEntry => ({key, keys, does});

const onService: readonly PaletteEntry[] = [
  entry('r', 'restart the service'),
  entry('s', 'stop the service'),
  entry('S', 'start the service'),
  entry('u', 'apply its overlay again'),
  entry('e', 'open a shell in it'),
  entry('o', 'open its address, or copy it'),
  entry('W', 'save its log to a file'),
];

const general: readonly PaletteEntry[] = [entry('?', 'help'), entry('q', 'quit; everything keeps running')];

const arranging: readonly PaletteEntry[] = [
  entry('/', 'filter the services'),
  entry('>', 'order by the next column'),
  entry('<', 'order by the column before'),
  entry('I', 'turn the order round'),
  entry('a', 'show all phases'),
];

const tableEntries: readonly PaletteEntry[] = [
  entry('Enter', 'open the service', {kind: 'named', name: 'enter'}),
  entry('l', 'follow its log'),
  ...onService,
  ...arranging,
  ...general,
];

const tabEntries: readonly PaletteEntry[] = [
  entry('1', 'overview'),
  entry('2', 'logs'),
  entry('3', 'health checks'),
  entry('4', 'environment'),
  entry('5', 'networks'),
  entry('6', 'mounts'),
];

const logEntries: readonly PaletteEntry[] = [
  entry('/', 'search the log'),
  entry('n', 'next match'),
  entry('N', 'match before'),
  entry('f', 'follow the end of the log'),
  entry('w', 'wrap long lines, or not'),
  entry('t', 'show when each line was written, or not'),
];

const back = entry('Esc', 'back to the table', {kind: 'named', name: 'escape'});

/** All entries of what is shown. */
export const paletteEntries = (shown: 'table' | 'page' | 'logs'): readonly PaletteEntry[] => {
  if (shown === 'table') return tableEntries;
  return [...(shown === 'logs' ? logEntries : []), ...onService, ...tabEntries, back, ...general];
};

/** Those with all words in them, in any order; a key is a word, too. */
export const matchingEntries = (entries: readonly PaletteEntry[], typed: string): readonly PaletteEntry[] => {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(({keys, does}) => words.every(word => does.toLowerCase().includes(word) || keys.toLowerCase() === word));
};
