/** Tab on the settings. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import {fieldsOf} from './edit.ts';
import type {Field} from './fields.ts';
import type {WizardState} from './state.ts';

/** How many questions still have to be answered, or answered differently. */
const countOpen = (fields: readonly Field[]): number => fields.filter(({problem}) => problem !== undefined).length;

/** For the sentence above the questions. */
export const openRemark = (fields: readonly Field[]): string => {
  const count = countOpen(fields);
  if (count === 0) return 'None of them needs an answer.';
  return count === 1 ? 'One still needs an answer.' : `${count} still need an answer; Tab leads to the next.`;
};

const places = (fields: readonly Field[], isStop: (field: Field, before: Field | undefined) => boolean): readonly number[] =>
  fields.flatMap((field, index) => (isStop(field, fields[index - 1]) ? [index] : []));

/** Where Tab stops: at what needs an answer; when nothing does, at the first question of each component; without components, everywhere. */
const stopsOf = (fields: readonly Field[]): readonly number[] => {
  const open = places(fields, ({problem}) => problem !== undefined);
  if (open.length > 0) return open;
  const groups = places(fields, (field, before) => field.group !== before?.group);
  return groups.length > 1 ? groups : places(fields, () => true);
};

/** The next stop, round and round. */
export const moveToOpen = (state: WizardState, catalog: Catalog, by: 1 | -1): WizardState => {
  if (state.screen.name !== 'settings') return state;
  const stops = stopsOf(fieldsOf(state, catalog));
  const here = state.cursors.settings;
  const next = by > 0 ? (stops.find(stop => stop > here) ?? stops[0]) : (stops.findLast(stop => stop < here) ?? stops.at(-1));
  return {...state, editing: undefined, cursors: {...state.cursors, settings: next ?? here}};
};
