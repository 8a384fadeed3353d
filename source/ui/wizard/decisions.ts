/** What is asked between the review and the first change: what may be removed, and what becomes of edited files. Pure. */
import type {EditedChoice} from '../../plan/edited.ts';
import type {ObservedFile} from '../../plan/observed.ts';
import type {Plan} from '../../plan/plan.ts';
import type {SelectOption} from '../components/select/select.tsx';
import type {Screen, WizardState} from './state.ts';

/** What a rollout of the review's plan would remove. */
export const removalIn = ({review}: Pick<WizardState, 'review'>): Plan['removal'] | undefined => {
  const removal = review.status === 'ready' ? review.value.plan.removal : undefined;
  return removal && removal.services.length > 0 ? removal : undefined;
};

/** Services whose removal was asked about: the rollout removes no other. */
export const removedServices = (state: Pick<WizardState, 'review'>): readonly string[] =>
  (removalIn(state)?.services ?? []).map(({service}) => service);

/** Generated files that the operator edited and that would be written otherwise. */
const editedFiles = ({review}: Pick<WizardState, 'review'>): readonly ObservedFile[] =>
  review.status === 'ready' ? review.value.files.filter(({state}) => state === 'conflict') : [];

export type EditedOption = EditedChoice | 'stop';

const labels: Readonly<Record<EditedOption, string>> = {
  keep: 'Keep mine: the file stays as it is',
  take: 'Take the new: mine goes to .infra-wizard/generations',
  stop: 'Stop: back to the plan, nothing is written',
};

/** Keeping is offered where it is possible. */
export const editedOptions = ({keep}: ObservedFile): readonly (SelectOption & {readonly value: EditedOption})[] => {
  const moves = keep?.how === 'own-overlay' ? 'Keep mine: my change moves to the 90- overlay' : labels.keep;
  const mine = keep === undefined || keep.how === 'not' ? [] : [{value: 'keep' as const, label: moves}];
  return [...mine, {value: 'take', label: labels.take}, {value: 'stop', label: labels.stop}];
};

/** Where nothing can be kept, Enter alone replaces nothing. */
const safeCursor = (options: ReturnType<typeof editedOptions>): number =>
  Math.max(
    0,
    options.findIndex(({value}) => value === (options[0]?.value === 'keep' ? 'keep' : 'stop')),
  );

/** The first question that is still open, else where the answers are saved. */
export const screenAfterReview = (state: WizardState, {removal}: {readonly removal: 'open' | 'confirmed'}): Screen => {
  if (state.intent === 'roll-out' && removal === 'open' && removalIn(state)) return {name: 'removal'};
  const file = editedFiles(state).find(({path}) => state.edited[path] === undefined);
  return file ? {name: 'edited', path: file.path, cursor: safeCursor(editedOptions(file))} : {name: 'profile', saving: false};
};

/** The file that is asked about, and which one of how many. */
export const editedQuestion = (
  state: WizardState,
): {readonly file: ObservedFile; readonly number: number; readonly of: number} | undefined => {
  const {screen} = state;
  const files = editedFiles(state);
  const index = screen.name === 'edited' ? files.findIndex(({path}) => path === screen.path) : -1;
  const file = files[index];
  return file && {file, number: index + 1, of: files.length};
};

export const moveChoice = (state: WizardState, by: 1 | -1): WizardState => {
  const question = editedQuestion(state);
  if (!question || state.screen.name !== 'edited') return state;
  const last = editedOptions(question.file).length - 1;
  return {...state, screen: {...state.screen, cursor: Math.max(0, Math.min(last, state.screen.cursor + by))}};
};

/** Takes the choice under the cursor: the next file, what comes after all of them, or back to the plan. */
export const chooseEdited = (state: WizardState): WizardState => {
  const question = editedQuestion(state);
  if (!question || state.screen.name !== 'edited') return state;
  const choice = editedOptions(question.file)[state.screen.cursor]?.value ?? 'stop';
  if (choice === 'stop') return {...state, screen: {name: 'review'}, edited: {}};
  const decided = {...state, edited: {...state.edited, [question.file.path]: choice}, cursors: {...state.cursors, edited: 0}};
  return {...decided, screen: screenAfterReview(decided, {removal: 'confirmed'})};
};
