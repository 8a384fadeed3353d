import {useInput, usePaste} from 'ink';
import {createContext, type ReactNode, type RefObject, useContext, useLayoutEffect, useRef, useState} from 'react';
import {type Key, keyName, keysOf, pasteOf} from '../keys.ts';

type KeyHandler = (key: Key) => void;

interface KeyTarget {
  readonly handler: RefObject<KeyHandler | undefined>;
  /** Pressed while no screen took keys: between two screens, and before the first one is ready. */
  readonly waiting: Key[];
}

const KeysContext = createContext<KeyTarget>({handler: {current: undefined}, waiting: []});

interface KeyReaderProps {
  /** Ctrl+C while no screen takes keys yet. */
  readonly onInterrupt: () => void;
  /** Ctrl+Z, wherever it is pressed. */
  readonly onSuspend: () => void;
  readonly children: ReactNode;
}

/**
 * The only reader of the terminal. It stays mounted while screens come and go: with a reader in each screen the terminal would leave raw
 * mode in between, and keys typed at that moment would be lost.
 */
export const KeyReader = ({onInterrupt, onSuspend, children}: KeyReaderProps) => {
  const handler = useRef<KeyHandler>(undefined);
  const [waiting] = useState<Key[]>(() => []);
  const pass = (key: Key) => {
    if (keyName(key) === 'ctrl+z') onSuspend();
    else if (handler.current) handler.current(key);
    else if (keyName(key) === 'ctrl+c') onInterrupt();
    else waiting.push(key);
  };
  useInput((input, key) => {
    for (const pressed of keysOf(input, key)) pass(pressed);
  });
  usePaste(text => pass(pasteOf(text)));
  return <KeysContext value={{handler, waiting}}>{children}</KeysContext>;
};

/** Takes every key, in the order they are pressed, while the calling screen is shown; one screen at a time. `onKey` must only dispatch: what it closes over may be older than the last key. */
export const useKeys = (onKey: KeyHandler): void => {
  const {handler, waiting} = useContext(KeysContext);
  useLayoutEffect(() => {
    handler.current = onKey;
    for (const key of waiting.splice(0)) onKey(key);
    return () => {
      handler.current = undefined;
    };
  });
};
