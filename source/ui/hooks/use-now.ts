import {createContext, useContext, useEffect, useState} from 'react';
import {useTheme} from './use-theme.ts';

/** Milliseconds since 1970. Recordings are shown with a clock of their own. */
export type Clock = () => number;

export const ClockContext = createContext<Clock>(Date.now);

/** A frame that comes a little late is no reason for another one. */
const patience = 1.5;

/**
 * The time, moving on at the theme's pace while something runs. With `isActive` false nothing ticks. `shown`: the moment of what else makes
 * frames; as long as those keep coming nothing ticks beside them.
 */
export const useNow = (isActive: boolean, shown?: number): number => {
  const clock = useContext(ClockContext);
  const {tick} = useTheme();
  const [now, setNow] = useState(clock);
  useEffect(() => {
    if (!isActive) return;
    if (shown === undefined) setNow(clock());
    const timer = setInterval(() => setNow(clock()), shown === undefined ? tick : tick * patience);
    return () => clearInterval(timer);
  }, [isActive, clock, tick, shown]);
  return Math.max(now, shown ?? now);
};
