import {createContext, useContext, useEffect, useState} from 'react';

/** Milliseconds since 1970. Recordings are shown with a clock of their own. */
export type Clock = () => number;

export const ClockContext = createContext<Clock>(Date.now);

/** The time, moving on once a second while something runs. With `isActive` false nothing ticks. */
export const useNow = (isActive: boolean): number => {
  const clock = useContext(ClockContext);
  const [now, setNow] = useState(clock);
  useEffect(() => {
    if (!isActive) return;
    setNow(clock());
    const timer = setInterval(() => setNow(clock()), 1000);
    return () => clearInterval(timer);
  }, [isActive, clock]);
  return now;
};
