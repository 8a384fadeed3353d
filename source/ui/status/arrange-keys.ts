/** Keys that choose what the table shows and in which order. Pure. */
import {textFieldAction} from '../components/text-field/text-field-keys.ts';
import {type Key, keyName} from '../keys.ts';
import type {ArrangeAction, Arrangement} from './arrange.ts';

const bindings: Readonly<Record<string, ArrangeAction>> = {
  '/': {type: 'start-filter'},
  '>': {type: 'sort', by: 1},
  '<': {type: 'sort', by: -1},
  I: {type: 'reverse'},
  a: {type: 'all-phases'},
  '0': {type: 'all-phases'},
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map(phase => [String(phase), {type: 'only-phase', phase} as const])),
};

const inFilter: Readonly<Record<string, ArrangeAction>> = {enter: {type: 'keep-filter'}, escape: {type: 'clear-filter'}};

/** Keys that move the cursor also while a filter is typed. */
export const besideFilter: readonly string[] = ['up', 'down', 'page-up', 'page-down'];

/** While the filter is typed, letters are its text. */
export const filterKey = (key: Key): ArrangeAction | undefined => {
  const edit = textFieldAction(key);
  return inFilter[keyName(key)] ?? (edit && {type: 'edit-filter', edit});
};

/** Esc gives up a filter, then a phase, before it means anything else. */
export const arrangeKey = (key: Key, {filter, phase}: Arrangement): ArrangeAction | undefined => {
  const name = keyName(key);
  if (name === 'escape' && filter.value !== '') return inFilter.escape;
  if (name === 'escape' && phase !== undefined) return {type: 'all-phases'};
  return bindings[name];
};
