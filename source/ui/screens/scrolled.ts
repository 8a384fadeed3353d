/** How far the screens that scroll without a cursor can be scrolled. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import {helpLayout, helpRows} from '../components/help.tsx';
import {type Layout, layoutOf, proseWidth, type Size} from '../layout.ts';
import type {Figures} from '../theme.ts';
import {editedQuestion, removalIn} from '../wizard/decisions.ts';
import {wizardHelp} from '../wizard/help.ts';
import {directoryOf, missingOf} from '../wizard/leave.ts';
import {sizeRemark} from '../wizard/remark.ts';
import type {WizardState} from '../wizard/state.ts';
import {readingLayout, readingRows} from './checks.tsx';
import {editedLayout, editedRows} from './edited.tsx';
import {removalLayout, removalRows} from './removal.tsx';
import {reviewLayout, reviewRows} from './review.tsx';
import {welcomeLayout, welcomeRows} from './welcome.tsx';
import {type WrittenView, writtenLayout, writtenRows} from './written.tsx';

export const writtenView = (state: WizardState): WrittenView => ({
  paths: state.screen.name === 'written' ? state.screen.paths : undefined,
  directory: directoryOf(state),
  missing: missingOf(state),
  trouble: state.trouble,
});

/** Rows of the screens that scroll without a cursor, and where they go. */
export const scrolled = (
  state: WizardState,
  catalog: Catalog,
  size: Size,
  figures: Figures,
): {readonly layout: Layout; readonly count: number} => {
  if (state.help) {
    const layout = helpLayout(size);
    return {layout, count: helpRows(wizardHelp(state.screen.name), layout.width, figures).length};
  }
  if (state.screen.name === 'review') {
    const layout = reviewLayout(size, state.review);
    return {layout, count: reviewRows(state.review, layout.width, figures).length};
  }
  if (state.screen.name === 'checks') {
    const layout = readingLayout(size, state);
    return {layout, count: readingRows(state, layout.width, figures).length};
  }
  const removal = state.screen.name === 'removal' ? removalIn(state) : undefined;
  if (removal) {
    const layout = removalLayout(size);
    return {layout, count: removalRows(removal, layout.width, figures).length};
  }
  const edited = editedQuestion(state);
  if (edited) {
    const layout = editedLayout(size, edited.file);
    return {layout, count: editedRows(edited.file, layout.width, figures).length + (layout.roomy ? 1 : 0)};
  }
  if (state.screen.name === 'written') {
    const layout = writtenLayout(size, writtenView(state));
    return {layout, count: writtenRows(writtenView(state), layout.width, figures).length};
  }
  const fitness = sizeRemark(catalog, state.host);
  const layout = state.screen.name === 'welcome' ? welcomeLayout(size) : layoutOf(size, '');
  return {layout, count: state.screen.name === 'welcome' ? welcomeRows(state, proseWidth(layout), figures, fitness).length : 0};
};
