import {useEffect} from 'react';
import type {LiveStatus} from './use-status.ts';

/** Has these containers measured for as long as the calling view shows them. */
export const useSight = ({look}: Pick<LiveStatus, 'look'>, ids: readonly string[]): void => {
  const key = ids.join(' ');
  useEffect(() => {
    look(key === '' ? [] : key.split(' '));
    return () => look([]);
  }, [look, key]);
};
