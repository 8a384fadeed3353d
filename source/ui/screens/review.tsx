import {Body} from '../components/body.tsx';
import {errorPanel} from '../components/error-panel.ts';
import {Frame} from '../components/frame.tsx';
import type {Hint} from '../components/key-hints.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf, type Size} from '../layout.ts';
import type {Review as ReviewData} from '../services.ts';
import {type Line, line} from '../text/line.ts';
import type {Figures} from '../theme.ts';
import {isBlocked, reviewDocument} from '../wizard/review-document.ts';
import type {Loadable} from '../wizard/state.ts';

const introOf = (review: Loadable<ReviewData>): string => {
  if (review.status === 'loading') return 'Comparing what was picked with what is there.';
  if (review.status === 'failed') return 'The plan could not be made.';
  if (!review.value.canRollOut) return 'This is the plan. Without an engine here, Enter writes the files only.';
  if (isBlocked(review.value)) return 'This is the plan. A check forbids the rollout; Enter checks again.';
  return 'This is the plan. Nothing has changed yet; Enter rolls it out.';
};

const forwardHint = (review: Loadable<ReviewData>): readonly Hint[] => {
  if (review.status === 'loading') return [];
  if (review.status === 'failed') return [{keys: 'Enter', does: 'try again'}];
  if (!review.value.canRollOut) return [{keys: 'Enter', does: 'write the files'}];
  return [{keys: 'Enter', does: isBlocked(review.value) ? 'check again' : 'roll out'}];
};

const hintsOf = (review: Loadable<ReviewData>): readonly Hint[] => [
  ...forwardHint(review),
  {keys: 'up/down', does: 'scroll'},
  {keys: 'Esc', does: 'back'},
  {keys: '?', does: 'help'},
  ...(review.status === 'ready'
    ? [
        {keys: 'w', does: 'files only'},
        {keys: 'd', does: 'diffs'},
      ]
    : []),
  {keys: 's', does: 'settings'},
  {keys: 'q', does: 'quit'},
];

/** Everything the review screen can be scrolled through. */
export const reviewRows = (review: Loadable<ReviewData>, showDiffs: boolean, width: number, figures: Figures): readonly Line[] => {
  if (review.status === 'loading') return [line(`Making the plan ${figures.ellipsis}`, 'muted')];
  if (review.status === 'failed') return errorPanel(review.trouble, width, figures);
  return reviewDocument(review.value, {showDiffs, width, figures});
};

/** Where the rows of the review go. */
export const reviewLayout = (size: Size, review: Loadable<ReviewData>) => layoutOf(size, introOf(review));

export interface ReviewProps {
  readonly size: Size;
  readonly title: string;
  readonly review: Loadable<ReviewData>;
  readonly showDiffs: boolean;
  readonly scroll: number;
}

export const Review = ({size, title, review, showDiffs, scroll}: ReviewProps) => {
  const {figures} = useTheme();
  const layout = reviewLayout(size, review);
  return (
    <Frame size={size} title={title} intro={introOf(review)} hints={hintsOf(review)}>
      <Body layout={layout} rows={reviewRows(review, showDiffs, layout.width, figures)} scroll={scroll} />
    </Frame>
  );
};
