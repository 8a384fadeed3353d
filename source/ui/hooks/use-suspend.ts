import {useApp} from 'ink';
import {useEffect, useState} from 'react';

/** Stops this program until it is told to go on; returns then. */
export type Stop = () => void;

const createSuspend = (suspendTerminal: ReturnType<typeof useApp>['suspendTerminal'], stop: Stop) => {
  const suspend = () => {
    // Our own listener would swallow the signal that is about to stop us.
    process.off('SIGTSTP', suspend);
    const listen = () => void process.on('SIGTSTP', suspend);
    suspendTerminal(stop).then(listen, listen);
  };
  return suspend;
};

/** Ctrl+Z, and SIGTSTP from elsewhere: the terminal is given back, and when the shell lets us go on everything is drawn again. */
export const useSuspend = (stop: Stop): (() => void) => {
  const {suspendTerminal} = useApp();
  const [suspend] = useState(() => createSuspend(suspendTerminal, stop));
  useEffect(() => {
    process.on('SIGTSTP', suspend);
    return () => void process.off('SIGTSTP', suspend);
  }, [suspend]);
  return suspend;
};
