/** What keys do on the review: open and close, jump, go back to where a line was decided. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import {screenOf} from './decided.ts';
import {diffName} from './review-findings.ts';
import {type ReviewItem, reviewItems} from './review-items.ts';
import type {WizardState} from './state.ts';

/** Items of the review that is shown; none while there is none. */
export const itemsOf = ({screen, review, opened}: Pick<WizardState, 'screen' | 'review' | 'opened'>): readonly ReviewItem[] =>
  screen.name === 'review' && review.status === 'ready' ? reviewItems(review.value, opened) : [];

const clamped = (cursor: number, items: readonly ReviewItem[]) => Math.max(0, Math.min(cursor, items.length - 1));

/** Place of the cursor: a review that was made again may be shorter. */
const cursorOf = ({cursors}: Pick<WizardState, 'cursors'>, items: readonly ReviewItem[]): number => clamped(cursors.review, items);

const at = (state: WizardState, review: number): WizardState => ({...state, cursors: {...state.cursors, review}});

const without = (opened: readonly string[], names: readonly string[]) => opened.filter(name => !names.includes(name));

export const openItem = (state: WizardState): WizardState => {
  const items = itemsOf(state);
  const {opens, isOpen} = items[cursorOf(state, items)] ?? {};
  return opens === undefined || isOpen ? state : {...state, opened: [...state.opened, opens]};
};

/** From inside of what is open, the cursor goes to what it belongs to. */
export const closeItem = (state: WizardState): WizardState => {
  const items = itemsOf(state);
  const item = items[cursorOf(state, items)];
  const name = item?.isOpen ? item.opens : item?.within;
  if (name === undefined) return state;
  return at(
    {...state, opened: without(state.opened, [name])},
    items.findIndex(({opens}) => opens === name),
  );
};

export const toggleItem = (state: WizardState): WizardState => {
  const items = itemsOf(state);
  return items[cursorOf(state, items)]?.isOpen ? closeItem(state) : openItem(state);
};

const isOfDiff = ({within}: ReviewItem): boolean => within?.startsWith(diffName({path: ''})) ?? false;

/** All differences, or none when all are open. The cursor stays on what it is on, or on the file it is inside of. */
export const toggleDiffs = (state: WizardState): WizardState => {
  if (state.review.status !== 'ready') return state;
  const items = itemsOf(state);
  const names = state.review.value.files.filter(({diff}) => diff).map(diffName);
  const rest = without(state.opened, names);
  const next = {...state, opened: names.every(name => state.opened.includes(name)) ? rest : [...rest, ...names]};
  const standing = items.slice(0, cursorOf(state, items) + 1).filter(item => !isOfDiff(item)).length - 1;
  const places = itemsOf(next).flatMap((item, place) => (isOfDiff(item) ? [] : [place]));
  return at(next, places[standing] ?? 0);
};

export const jumpToSection = (state: WizardState, section: number): WizardState => {
  const place = itemsOf(state).findIndex(item => item.section === section);
  return place < 0 ? state : at(state, place);
};

/** To the question that the line under the cursor hangs on. */
export const revisit = (state: WizardState, catalog: Catalog): WizardState => {
  const items = itemsOf(state);
  const item = items[cursorOf(state, items)];
  if (!item) return state;
  if (!item.origin) return {...state, notice: 'No answer decides this line.'};
  return {...state, ...screenOf(catalog, state, item.origin), editing: undefined};
};
