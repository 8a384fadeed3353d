import {useCursor} from 'ink';
import {useEffect, useReducer, useRef} from 'react';
import type {Size} from '../layout.ts';

/** Milliseconds after the last change: by then no frame of an older size is on its way any more. */
const settled = 100;

/**
 * Draws everything anew once the window has kept its size for a moment.
 *
 * While a window changes, frames for one size arrive at a terminal that has another one already and scroll it. Ink draws only the lines that
 * changed, relative to where it believes the cursor is, and would leave the rest as it is.
 */
export const useSettledScreen = ({columns, rows}: Size, wipe: () => void): void => {
  const [, drawAgain] = useReducer((count: number) => count + 1, 0);
  const drawn = useRef('');
  const {setCursorPosition} = useCursor();
  // Ink skips a frame that equals the last one unless somebody has something to say about the cursor.
  setCursorPosition(undefined);
  useEffect(() => {
    const size = `${columns}x${rows}`;
    if (drawn.current === '') drawn.current = size;
    if (drawn.current === size) return;
    const timer = setTimeout(() => {
      drawn.current = size;
      wipe();
      drawAgain();
    }, settled);
    return () => clearTimeout(timer);
  }, [columns, rows, wipe]);
};
