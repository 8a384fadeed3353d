/** What is asked between the review and the first change: whether what is deployed may be removed. Pure. */
import type {Plan} from '../../plan/plan.ts';
import type {Screen, WizardState} from './state.ts';

/** What a rollout of the review's plan would remove. */
export const removalIn = ({review}: Pick<WizardState, 'review'>): Plan['removal'] | undefined => {
  const removal = review.status === 'ready' ? review.value.plan.removal : undefined;
  return removal && removal.services.length > 0 ? removal : undefined;
};

/** The first question that is still open, else where the answers are saved. */
export const screenAfterReview = (state: WizardState, {removal}: {readonly removal: 'open' | 'confirmed'}): Screen =>
  state.intent === 'roll-out' && removal === 'open' && removalIn(state) ? {name: 'removal'} : {name: 'profile', saving: false};
