import {type Key, keyName} from '../../keys.ts';
import type {TextFieldAction} from './text-field-state.ts';

const bindings: Readonly<Record<string, Exclude<TextFieldAction['type'], 'insert'>>> = {
  left: 'move-left',
  right: 'move-right',
  home: 'move-to-start',
  'ctrl+a': 'move-to-start',
  end: 'move-to-end',
  'ctrl+e': 'move-to-end',
  backspace: 'delete-backward',
  delete: 'delete-forward',
  'ctrl+d': 'delete-forward',
  'ctrl+w': 'delete-word',
  'ctrl+u': 'delete-to-start',
  'ctrl+k': 'delete-to-end',
};

/** Typing and editing as in a shell; undefined for keys that belong to the screen. */
export const textFieldAction = (key: Key): TextFieldAction | undefined => {
  if (key.kind === 'text' || key.kind === 'paste') return {type: 'insert', text: key.text};
  const type = bindings[keyName(key)];
  return type ? {type} : undefined;
};
