import {useInput, usePaste} from 'ink';
import {type Key, keysOf, pasteOf} from '../keys.ts';

/** Hands over every key in the order it was pressed. `onKey` must only dispatch: state it closes over may be older than the last key. */
export const useKeys = (onKey: (key: Key) => void): void => {
  useInput((input, key) => {
    for (const pressed of keysOf(input, key)) onKey(pressed);
  });
  usePaste(text => onKey(pasteOf(text)));
};
