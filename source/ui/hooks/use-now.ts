import {createContext, useContext, useEffect, useState} from 'react';
import {useTheme} from './use-theme.ts';

/** Milliseconds since 1970. Recordings are shown with a clock of their own. */
export type Clock = () => number;

export const ClockContext = createContext<Clock>(Date.now);

/** The time, moving on at the theme's pace while something runs. With `isActive` false nothing ticks. */
export const useNow = (isActive: boolean): number => {
  const clock = useContext(ClockContext);
  const {tick} = useTheme();
  const [now, setNow] = useState(clock);
  useEffect(() => {
    if (!isActive) return;
    setNow(clock());
    const timer = setInterval(() => setNow(clock()), tick);
    return () => clearInterval(timer);
  }, [isActive, clock, tick]);
  return now;
};
