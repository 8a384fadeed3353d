/** What the operator does while a rollout runs. The rollout itself is a fold over events and lives beside it. Pure. */
import type {Failure} from '../../events.ts';
import type {RollBack} from '../../plan/roll-back.ts';
import {type Motion, moveCursor} from '../components/list/list-state.ts';
import type {SelectOption} from '../components/select/select.tsx';
import {initialSelect, reduceSelect, type SelectAction, type SelectState} from '../components/select/select-state.ts';
import type {Decision} from '../services.ts';
import {decisionOptions, quitOptions, rollBackOptions} from './options.ts';

/** What failed, and what can be done about it. */
export interface Failures {
  readonly kind: 'failures';
  readonly failures: readonly Failure[];
  readonly rollBack: RollBack | undefined;
  readonly shown: number;
  readonly select: SelectState;
}

/** What is asked over the rollout, and nothing else can be done until it is answered. */
export type Question =
  | Failures
  /** What a roll back would do, shown before it is begun; `failures` is what it came from. */
  | {readonly kind: 'roll-back'; readonly failures: Failures; readonly select: SelectState}
  | {readonly kind: 'quit'; readonly select: SelectState};

/** What the operator opened and closed. */
export interface Folds {
  /** Every phase is open. */
  readonly all: boolean;
  /** Places of phases that are the other way round. */
  readonly toggled: readonly number[];
}

export interface RolloutView {
  readonly folds: Folds;
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
  | {readonly type: 'asked'; readonly failures: readonly Failure[]; readonly rollBack?: RollBack | undefined}
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
        | 'fold-all'
        | 'next-failure'
        | 'previous-failure'
        | 'dismiss';
    }
  | {readonly type: 'scroll'; readonly motion: Motion; readonly page: number; readonly limit: number; readonly from: number}
  | {readonly type: 'fold'; readonly place: number}
  | {readonly type: 'select'; readonly select: SelectAction};

export const startRolloutView: RolloutView = {
  folds: {all: false, toggled: []},
  phase: 'running',
  scroll: undefined,
  question: undefined,
  decision: undefined,
  stop: 'no',
  help: false,
  layers: false,
  leaving: 'no',
};

/** The first time what is under way is finished, the second time nothing is waited for. */
const stopMore = (view: RolloutView): RolloutView => ({
  ...view,
  stop: view.stop === 'no' ? 'after-step' : 'now',
  question: undefined,
  decision: view.question && view.question.kind !== 'quit' ? 'stop' : view.decision,
});

const asked = ({failures, rollBack}: Extract<RolloutAction, {type: 'asked'}>): Failures => ({
  kind: 'failures',
  failures,
  rollBack,
  shown: 0,
  select: initialSelect,
});

/** What can be answered. */
export const optionsOf = (question: Question): readonly SelectOption[] => {
  if (question.kind === 'quit') return quitOptions;
  return question.kind === 'roll-back' ? rollBackOptions : decisionOptions(question.failures, question.rollBack);
};

const answerFailures = (view: RolloutView, question: Failures): RolloutView => {
  const decision = decisionOptions(question.failures, question.rollBack)[question.select.cursor]?.value;
  if (decision !== 'roll-back') return {...view, question: undefined, decision};
  return {...view, scroll: 0, question: {kind: 'roll-back', failures: {...question, select: initialSelect}, select: initialSelect}};
};

const answer = (view: RolloutView, question: Question, action: SelectAction): RolloutView => {
  const select = reduceSelect(question.select, action, optionsOf(question).length);
  if (!select.chosen) return {...view, question: {...question, select}};
  if (question.kind === 'failures') return answerFailures(view, {...question, select});
  if (question.kind === 'quit') {
    return quitOptions[select.cursor]?.value === 'stop' ? stopMore({...view, question: undefined}) : {...view, question: undefined};
  }
  return rollBackOptions[select.cursor]?.value === 'yes'
    ? {...view, scroll: undefined, question: undefined, decision: 'roll-back'}
    : {...view, scroll: undefined, question: question.failures};
};

const dismiss = (view: RolloutView): RolloutView => {
  if (view.question?.kind === 'quit') return {...view, question: undefined};
  return view.question?.kind === 'roll-back' ? {...view, scroll: undefined, question: view.question.failures} : view;
};

const showFailure = (view: RolloutView, by: 1 | -1): RolloutView => {
  const {question} = view;
  if (question?.kind !== 'failures') return view;
  const count = question.failures.length;
  return {...view, scroll: undefined, question: {...question, shown: (question.shown + by + count) % count}};
};

const toggle = (places: readonly number[], place: number): readonly number[] =>
  places.includes(place) ? places.filter(other => other !== place) : [...places, place];

const quit = (view: RolloutView): RolloutView => {
  if (view.phase === 'finished') return {...view, leaving: 'quit'};
  return view.question ? view : {...view, question: {kind: 'quit', select: initialSelect}};
};

export const reduceRolloutView = (view: RolloutView, action: RolloutAction): RolloutView => {
  switch (action.type) {
    case 'asked':
      if (view.stop !== 'no') return {...view, decision: 'stop'};
      return {...view, scroll: undefined, question: asked(action)};
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
    case 'fold-all':
      return {...view, scroll: undefined, folds: {all: !view.folds.all, toggled: []}};
    case 'fold':
      return {...view, folds: {...view.folds, toggled: toggle(view.folds.toggled, action.place)}};
    case 'next-failure':
      return showFailure(view, 1);
    case 'previous-failure':
      return showFailure(view, -1);
    case 'dismiss':
      return dismiss(view);
    case 'scroll':
      return {...view, scroll: moveCursor(view.scroll ?? action.from, action.motion, action.limit + 1, action.page)};
    case 'select':
      return view.question ? answer(view, view.question, action.select) : view;
  }
};
