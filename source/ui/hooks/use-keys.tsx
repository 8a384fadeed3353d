import {useInput, usePaste} from 'ink';
import {createContext, type ReactNode, type RefObject, useContext, useLayoutEffect, useRef} from 'react';
import {type Key, keysOf, pasteOf} from '../keys.ts';

type KeyHandler = (key: Key) => void;

const KeysContext = createContext<RefObject<KeyHandler | undefined>>({current: undefined});

/**
 * The only reader of the terminal. It stays mounted while screens come and go: with a reader in each screen the terminal would leave raw
 * mode in between, and keys typed at that moment would be lost.
 */
export const KeyReader = ({children}: {readonly children: ReactNode}) => {
  const target = useRef<KeyHandler>(undefined);
  useInput((input, key) => {
    for (const pressed of keysOf(input, key)) target.current?.(pressed);
  });
  usePaste(text => target.current?.(pasteOf(text)));
  return <KeysContext value={target}>{children}</KeysContext>;
};

/** Takes every key, in the order they are pressed, while the calling screen is shown; one screen at a time. `onKey` must only dispatch: what it closes over may be older than the last key. */
export const useKeys = (onKey: KeyHandler): void => {
  const target = useContext(KeysContext);
  useLayoutEffect(() => {
    target.current = onKey;
    return () => {
      target.current = undefined;
    };
  });
};
