import {useEffect, useState} from 'react';

/** The time in milliseconds since 1970, moving on once a second while something runs. With `isActive` false nothing ticks. */
export const useNow = (isActive: boolean, interval = 1000): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isActive) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), interval);
    return () => clearInterval(timer);
  }, [isActive, interval]);
  return now;
};
