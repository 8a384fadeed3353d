/** What the operator does while a rollout runs. The rollout itself is a fold over events and lives beside it. Pure. */
import type {Failure} from '../../events.ts';
import {type Motion, moveCursor} from '../components/list/list-state.ts';
import type {SelectOption} from '../components/select/select.tsx';
import {initialSelect, reduceSelect, type SelectAction, type SelectState} from '../components/select/select-state.ts';
import type {Decision} from '../services.ts';

/** What is asked over the rollout, and nothing else can be done until it is answered. */
export type Question =
  | {readonly kind: 'failures'; readonly failures: readonly Failure[]; readonly shown: number; readonly select: SelectState}
  | {readonly kind: 'quit'; readonly select: SelectState};

export interface RolloutView {
  readonly phase: 'running' | 'finished';
  /** Undefined follows what is being worked on. */
  readonly scroll: number | undefined;
  readonly question: Question | undefined;
  /** Answer to the question about failures, until the rollout has taken it. */
  readonly decision: Decision | undefined;
  readonly stop: 'no' | 'after-step' | 'now';
  readonly help: boolean;
  /** Layers of the images under way are shown. */
  readonly layers: boolean;
  readonly leaving: 'no' | 'forward' | 'quit';
}

export type RolloutAction =
  | {readonly type: 'asked'; readonly failures: readonly Failure[]}
  | {
      readonly type:
        | 'decision-taken'
        | 'finished'
        | 'interrupt'
        | 'quit'
        | 'forward'
        | 'toggle-help'
        | 'toggle-layers'
        | 'follow'
        | 'next-failure'
        | 'previous-failure'
        | 'dismiss';
    }
  | {readonly type: 'scroll'; readonly motion: Motion; readonly page: number; readonly limit: number; readonly from: number}
  | {readonly type: 'select'; readonly select: SelectAction};

export const startRolloutView: RolloutView = {
  phase: 'running',
  scroll: undefined,
  question: undefined,
  decision: undefined,
  stop: 'no',
  help: false,
  layers: false,
  leaving: 'no',
};

interface DecisionOption extends SelectOption {
  readonly value: Decision;
}

const names = (failures: readonly Failure[]) =>
  failures
    .flatMap(({service, image}) => service ?? image ?? [])
    .slice(0, 3)
    .join(', ');

/** Going on without a service is offered only where nothing that was selected needs it. */
export const decisionOptions = (failures: readonly Failure[]): readonly DecisionOption[] => [
  {value: 'retry', label: 'Try again'},
  ...(failures.every(({dispensable}) => dispensable)
    ? [{value: 'continue' as const, label: `Go on without ${names(failures) || (failures.length === 1 ? 'it' : 'them')}`}]
    : []),
  {value: 'stop', label: 'Stop here; the next run goes on from this point'},
];

type QuitAnswer = 'stay' | 'stop';

export const quitOptions: readonly (SelectOption & {readonly value: QuitAnswer})[] = [
  {value: 'stay', label: 'Go on with the rollout'},
  {value: 'stop', label: 'Stop after what is under way'},
];

/** The first time what is under way is finished, the second time nothing is waited for. */
const stopMore = (view: RolloutView): RolloutView => ({
  ...view,
  stop: view.stop === 'no' ? 'after-step' : 'now',
  question: undefined,
  decision: view.question?.kind === 'failures' ? 'stop' : view.decision,
});

const answer = (view: RolloutView, question: Question, action: SelectAction): RolloutView => {
  if (question.kind === 'quit') {
    const select = reduceSelect(question.select, action, quitOptions.length);
    if (!select.chosen) return {...view, question: {...question, select}};
    return quitOptions[select.cursor]?.value === 'stop' ? stopMore({...view, question: undefined}) : {...view, question: undefined};
  }
  const options = decisionOptions(question.failures);
  const select = reduceSelect(question.select, action, options.length);
  if (!select.chosen) return {...view, question: {...question, select}};
  return {...view, question: undefined, decision: options[select.cursor]?.value};
};

const showFailure = (view: RolloutView, by: 1 | -1): RolloutView => {
  const {question} = view;
  if (question?.kind !== 'failures') return view;
  const count = question.failures.length;
  return {...view, scroll: undefined, question: {...question, shown: (question.shown + by + count) % count}};
};

const quit = (view: RolloutView): RolloutView => {
  if (view.phase === 'finished') return {...view, leaving: 'quit'};
  return view.question ? view : {...view, question: {kind: 'quit', select: initialSelect}};
};

export const reduceRolloutView = (view: RolloutView, action: RolloutAction): RolloutView => {
  switch (action.type) {
    case 'asked':
      if (view.stop !== 'no') return {...view, decision: 'stop'};
      return {...view, scroll: undefined, question: {kind: 'failures', failures: action.failures, shown: 0, select: initialSelect}};
    case 'decision-taken':
      return {...view, decision: undefined};
    case 'finished':
      return {...view, phase: 'finished', question: undefined};
    case 'interrupt':
      return view.phase === 'finished' ? {...view, leaving: 'quit'} : stopMore(view);
    case 'quit':
      return quit(view);
    case 'forward':
      return view.phase === 'finished' ? {...view, leaving: 'forward'} : view;
    case 'toggle-help':
      return {...view, help: !view.help, scroll: undefined};
    case 'toggle-layers':
      return {...view, layers: !view.layers};
    case 'follow':
      return {...view, scroll: undefined};
    case 'next-failure':
      return showFailure(view, 1);
    case 'previous-failure':
      return showFailure(view, -1);
    case 'dismiss':
      return view.question?.kind === 'quit' ? {...view, question: undefined} : view;
    case 'scroll':
      return {...view, scroll: moveCursor(view.scroll ?? action.from, action.motion, action.limit + 1, action.page)};
    case 'select':
      return view.question ? answer(view, view.question, action.select) : view;
  }
};
