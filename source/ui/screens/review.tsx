import {Body} from '../components/body.tsx';
import {errorPanel} from '../components/error-panel.ts';
import {Frame} from '../components/frame.tsx';
import type {Hint} from '../components/key-hints.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf, type Size} from '../layout.ts';
import type {Review as ReviewData} from '../services.ts';
import {type Line, line} from '../text/line.ts';
import type {Figures} from '../theme.ts';
import {isBlocked} from '../wizard/review-findings.ts';
import {type DrawnItems, pointed} from '../wizard/review-lines.ts';
import type {Loadable} from '../wizard/state.ts';

/** What the plan asks of the operator. */
export const reviewIntro = (review: Loadable<ReviewData>): string => {
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
  ...(review.status === 'ready'
    ? [
        {keys: 'e', does: 'change'},
        {keys: 'left/right', does: 'open'},
      ]
    : [{keys: 'up/down', does: 'scroll'}]),
  {keys: 'Esc', does: 'back'},
  {keys: '?', does: 'help'},
  ...(review.status === 'ready'
    ? [
        {keys: '1-8', does: 'section'},
        {keys: 'w', does: 'files only'},
        {keys: 'd', does: 'diffs'},
      ]
    : []),
  {keys: 's', does: 'settings'},
  {keys: 'q', does: 'quit'},
];

/** Where the rows of the review go. */
export const reviewLayout = (size: Size, review: Loadable<ReviewData>) => layoutOf(size, reviewIntro(review));

/** What is shown while there is no review, or instead of one. */
export const reviewRows = (review: Loadable<ReviewData>, width: number, figures: Figures): readonly Line[] => {
  if (review.status === 'loading') return [line(`Making the plan ${figures.ellipsis}`, 'muted')];
  return review.status === 'failed' ? errorPanel(review.trouble, width, figures) : [];
};

export interface ReviewProps {
  readonly size: Size;
  readonly title: string;
  readonly review: Loadable<ReviewData>;
  /** The review as rows. */
  readonly drawn: DrawnItems;
  /** Item, or first visible row while there is no review. */
  readonly cursor: number;
  readonly notice: string | undefined;
}

export const Review = ({size, title, review, drawn, cursor, notice}: ReviewProps) => {
  const {figures} = useTheme();
  const layout = reviewLayout(size, review);
  const item = Math.min(cursor, drawn.starts.length - 1);
  const detail = notice === undefined ? [] : [line(notice, 'warning')];
  return (
    <Frame size={size} title={title} intro={reviewIntro(review)} hints={hintsOf(review)}>
      {review.status === 'ready' ? (
        <Body
          layout={layout}
          rows={pointed(drawn, item, figures)}
          cursor={drawn.starts[item] ?? 0}
          detail={detail}
          detailHeight={detail.length}
        />
      ) : (
        <Body layout={layout} rows={reviewRows(review, layout.width, figures)} scroll={cursor} />
      )}
    </Frame>
  );
};
