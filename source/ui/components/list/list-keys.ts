import {type Key, keyName} from '../../keys.ts';
import type {Motion} from './list-state.ts';

const motions: Readonly<Record<string, Motion>> = {
  up: 'previous',
  k: 'previous',
  down: 'next',
  j: 'next',
  g: 'first',
  home: 'first',
  G: 'last',
  end: 'last',
  'page-up': 'page-up',
  'ctrl+b': 'page-up',
  'page-down': 'page-down',
  'ctrl+f': 'page-down',
};

/** The same motions in every list: arrows, j k, g G, Home End, PgUp PgDn. */
export const motionOf = (key: Key): Motion | undefined => motions[keyName(key)];
