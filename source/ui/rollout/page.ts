/** The body of the rollout screen as rows. Pure. */
import type {Failure} from '../../events.ts';
import {phasesOf, type RolloutState, runOf} from '../../rollout/state.ts';
import {errorPanel} from '../components/error-panel.ts';
import {linkRows} from '../components/link-rows.ts';
import {blank, type Line, line} from '../text/line.ts';
import {troubleOf} from '../trouble.ts';
import {failureRows} from './failure-rows.ts';
import {pullLine} from './image-rows.ts';
import type {Ending, Links} from './outcome.ts';
import {resultText} from './result.ts';
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
}

export interface Page {
  readonly intro: string;
  /** Stay in sight whatever is scrolled. */
  readonly head: readonly Line[];
  readonly rows: readonly Line[];
  /** Row that is kept visible while the view follows. */
  readonly activeRow: number;
}

const introOf = ({state, view, ending}: PageInput): string => {
  if (ending) return ending.error === undefined ? resultText(state) : 'The rollout ended before it was done.';
  if (view.question?.kind === 'failures') return 'Something did not come up. The rollout waits for your answer.';
  if (view.question?.kind === 'quit') return 'The rollout goes on while you think about it.';
  if (view.stop !== 'no') return 'Stopping after what is under way. Ctrl+C again leaves at once.';
  return 'Images arrive while services start. Ctrl+C stops after what is under way.';
};

const placeOf = (failures: readonly Failure[], shown: number) =>
  failures.length > 1 ? `${shown + 1} of ${failures.length}, Tab for the next` : '';

const answering = (links: Links, width: number): readonly Line[] =>
  links.length > 0 ? [line('What answers now', 'strong'), ...linkRows(links, width), blank] : [];

/** What the run itself says besides, for example that the engine does not answer. */
const runRows = (state: RolloutState): readonly Line[] => {
  const run = runOf(state);
  return run?.details && (run.status === 'warning' || run.status === 'error')
    ? [line(`${run.text}: ${run.details}`, 'warning'), blank]
    : [];
};

const still = (intro: string, rows: readonly Line[]): Page => ({intro, head: [], rows, activeRow: 0});

/** A running rollout starts with all images together, which stay in sight; a finished one with what it led to. */
export const rolloutPage = (input: PageInput): Page => {
  const {state, view, ending, links, rows} = input;
  const intro = introOf(input);
  const trouble = ending && troubleOf(ending.error);
  if (trouble) return still(intro, errorPanel(trouble, rows.width, rows.figures));
  const question = view.question?.kind === 'failures' ? view.question : undefined;
  const failure = question?.failures[question.shown];
  if (question && failure) return still(intro, failureRows(failure, placeOf(question.failures, question.shown), rows));
  if (phasesOf(state).length === 0) return still(intro, [...runRows(state), line(`Getting ready ${rows.figures.ellipsis}`, 'muted')]);
  const {rows: body, activeRow} = rolloutRows(state, rows);
  if (ending) {
    const answers = runOf(state)?.status === 'done' ? answering(links, rows.width) : runRows(state);
    return still(intro, [...answers, ...body]);
  }
  const pulls = pullLine(state, rows);
  return {intro, head: [...runRows(state), ...(pulls ? [pulls, ...(input.roomy ? [blank] : [])] : [])], rows: body, activeRow};
};
