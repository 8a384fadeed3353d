/** The body of the rollout screen as rows. Pure. */
import type {Failure} from '../../events.ts';
import {phasesOf, type RolloutState, rollingBack, runOf} from '../../rollout/state.ts';
import {errorPanel} from '../components/error-panel.ts';
import {linkRows} from '../components/link-rows.ts';
import {blank, type Line, line, paragraph} from '../text/line.ts';
import {troubleOf} from '../trouble.ts';
import {failureRows} from './failure-rows.ts';
import {pullLine} from './image-rows.ts';
import type {Ending, Links} from './outcome.ts';
import {resultText} from './result.ts';
import {rollBackRows} from './roll-back-rows.ts';
import {type RowsView, rolloutRows} from './rows.ts';
import type {RolloutView} from './state.ts';

export interface PageInput {
  readonly state: RolloutState;
  readonly view: RolloutView;
  readonly ending: Ending | undefined;
  readonly links: Links;
  readonly rows: RowsView;
  /** An empty row below what stays in sight. */
  readonly roomy: boolean;
  /** Rows for what stays in sight and for the rest, below an intro. */
  readonly heightBelow: (intro: string) => number;
}

export interface Page {
  readonly intro: string;
  /** Stay in sight whatever is scrolled. */
  readonly head: readonly Line[];
  readonly rows: readonly Line[];
  /** Row that is kept visible while the view follows. */
  readonly activeRow: number;
  /** Rows that can be scrolled through. */
  readonly scrollable: number;
}

const introOf = ({state, view, ending}: PageInput): string => {
  if (ending) return ending.error === undefined ? resultText(state) : 'The rollout ended before it was done.';
  if (view.question?.kind === 'failures') return 'Something did not come up. The rollout waits for your answer.';
  if (view.question?.kind === 'roll-back') return 'Nothing is done before you say so.';
  if (view.question?.kind === 'quit') return 'The rollout goes on while you think about it.';
  if (view.stop !== 'no') return 'Stopping after what is under way. Ctrl+C again leaves at once.';
  if (runOf(state)?.text === rollingBack) return 'Going back. Ctrl+C stops after what is under way; the next run goes on with it.';
  return 'Images arrive while services start. Ctrl+C stops after what is under way.';
};

const placeOf = (failures: readonly Failure[], shown: number) =>
  failures.length > 1 ? `${shown + 1} of ${failures.length}, Tab for the next` : '';

const answering = (links: Links, width: number): readonly Line[] =>
  links.length > 0 ? [line('What answers now', 'strong'), ...linkRows(links, width), blank] : [];

/** What the run itself says besides, for example that the engine does not answer. */
const runRows = (state: RolloutState, width: number): readonly Line[] => {
  const run = runOf(state);
  return run?.details && (run.status === 'warning' || run.status === 'error')
    ? [...paragraph(`${run.text}: ${run.details}`, Math.min(width, 110), 'warning'), blank]
    : [];
};

const still = (intro: string, rows: readonly Line[]): Page => ({intro, head: [], rows, activeRow: 0, scrollable: rows.length});

/** A running rollout starts with all images together, which stay in sight; a finished one with what it led to. */
export const rolloutPage = (input: PageInput): Page => {
  const {state, view, ending, links, rows} = input;
  const intro = introOf(input);
  const trouble = ending && troubleOf(ending.error);
  if (trouble) return still(intro, errorPanel(trouble, rows.width, rows.figures));
  const question = view.question?.kind === 'failures' ? view.question : undefined;
  const failure = question?.failures[question.shown];
  if (question && failure) {
    const none = question.rollBack?.kind === 'not' ? [blank, ...rollBackRows(question.rollBack, rows.width)] : [];
    return still(intro, [...failureRows(failure, placeOf(question.failures, question.shown), rows), ...none]);
  }
  if (view.question?.kind === 'roll-back' && view.question.failures.rollBack) {
    return still(intro, rollBackRows(view.question.failures.rollBack, rows.width));
  }
  if (phasesOf(state).length === 0)
    return still(intro, [...runRows(state, rows.width), line(`Getting ready ${rows.figures.ellipsis}`, 'muted')]);
  const height = input.heightBelow(intro);
  const pulls = ending ? undefined : pullLine(state, rows);
  const head = ending ? [] : [...runRows(state, rows.width), ...(pulls ? [pulls, ...(input.roomy ? [blank] : [])] : [])];
  const answers = ending ? (runOf(state)?.status === 'done' ? answering(links, rows.width) : runRows(state, rows.width)) : [];
  const {rows: body, fitted, activeRow} = rolloutRows(state, rows, height - head.length - answers.length);
  if (ending) return still(intro, [...answers, ...(answers.length + fitted.length <= height ? fitted : body)]);
  // Whoever has not scrolled sees what fits; the whole is for those who do.
  const following = view.scroll === undefined && !rows.folds.all && fitted.length <= Math.max(1, height - head.length);
  return {intro, head, rows: following ? fitted : body, activeRow: following ? 0 : activeRow, scrollable: body.length};
};
