import type {Catalog} from '../../catalog/catalog.ts';
import {Body} from '../components/body.tsx';
import {errorPanel} from '../components/error-panel.ts';
import {Frame} from '../components/frame.tsx';
import type {Hint} from '../components/key-hints.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf, proseWidth, type Size} from '../layout.ts';
import {blank, type Line, line, paragraph} from '../text/line.ts';
import type {Figures} from '../theme.ts';
import {profileRows, profilesDetail} from '../wizard/profile-rows.ts';
import type {WizardState} from '../wizard/state.ts';

const intro = 'Saved answers. Enter starts from those of the profile under the cursor.';

const listHints: readonly Hint[] = [
  {keys: 'Enter', does: 'use'},
  {keys: 'Esc', does: 'back'},
  {keys: '?', does: 'help'},
  {keys: 'r', does: 'rename'},
  {keys: 'c', does: 'copy'},
  {keys: 'x', does: 'remove'},
  {keys: 'e', does: 'export'},
  {keys: 'i', does: 'import'},
  {keys: 'q', does: 'quit'},
];

const emptyHints: readonly Hint[] = [
  {keys: 'Esc', does: 'back'},
  {keys: 'i', does: 'import'},
  {keys: '?', does: 'help'},
  {keys: 'q', does: 'quit'},
];

const fieldHints: readonly Hint[] = [
  {keys: 'Enter', does: 'do it'},
  {keys: 'Esc', does: 'leave it'},
  {keys: 'Ctrl+C', does: 'quit'},
];

const questionHints: readonly Hint[] = [
  {keys: 'y', does: 'do it'},
  {keys: 'Esc', does: 'leave it'},
  {keys: 'Ctrl+C', does: 'quit'},
];

const hintsOf = ({saved: {asking, confirming, list}}: WizardState): readonly Hint[] => {
  if (confirming) return questionHints;
  if (asking) return fieldHints;
  return list.status === 'ready' && list.value.length > 0 ? listHints : emptyHints;
};

const empty = 'No profiles are saved yet. The wizard offers to save one before every rollout; i imports one from a file.';

/** Said in place of the list while there is none. */
const withoutList = ({saved: {list}}: WizardState, width: number, figures: Figures): readonly Line[] | undefined => {
  if (list.status === 'loading') return [line(`Reading the profiles ${figures.ellipsis}`, 'muted')];
  if (list.status === 'failed') return errorPanel(list.trouble, width, figures);
  return list.value.length === 0 ? paragraph(empty, width, 'muted') : undefined;
};

export interface ProfilesProps {
  readonly size: Size;
  readonly title: string;
  readonly catalog: Catalog;
  readonly state: WizardState;
}

/** Everything that was saved, and what can be done with it. */
export const Profiles = ({size, title, catalog, state}: ProfilesProps) => {
  const {figures} = useTheme();
  const layout = layoutOf(size, intro);
  const width = proseWidth(layout);
  const told = profilesDetail(state, {catalog, width, figures});
  const detail = layout.roomy && told.length > 0 ? [blank, ...told] : told;
  const usual = layout.roomy ? 4 : 3;
  // What went wrong is longer than a list is worth at that moment.
  const detailHeight = Math.min(state.saved.trouble ? Math.max(usual, detail.length) : usual, Math.max(0, layout.height - 2));
  const rows = withoutList(state, width, figures) ?? profileRows(state, {catalog, width: layout.width, figures});
  return (
    <Frame size={size} title={title} intro={intro} hints={hintsOf(state)}>
      <Body layout={layout} rows={rows} cursor={state.cursors.profiles} detail={detail} detailHeight={detailHeight} />
    </Frame>
  );
};
