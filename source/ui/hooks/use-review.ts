import {useMemo} from 'react';
import {layoutOf, type Size} from '../layout.ts';
import {reviewIntro} from '../screens/review.tsx';
import type {Figures} from '../theme.ts';
import {reviewItems} from '../wizard/review-items.ts';
import {type DrawnItems, drawItems} from '../wizard/review-lines.ts';
import type {WizardState} from '../wizard/state.ts';

/** The rows of the review: laid out once for a review, what is open in it, and a width, not for every frame. */
export const useReview = ({review, opened, screen}: WizardState, size: Size, figures: Figures): DrawnItems => {
  const shown = screen.name === 'review' && review.status === 'ready' ? review.value : undefined;
  const {width} = layoutOf(size, reviewIntro(review));
  const items = useMemo(() => (shown ? reviewItems(shown, opened) : []), [shown, opened]);
  return useMemo(() => drawItems(items, width, figures), [items, width, figures]);
};
