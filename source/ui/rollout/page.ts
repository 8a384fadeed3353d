/** The body of the rollout screen as rows. Pure. */
import type {Failure} from '../../events.ts';
import {phasesOf, type RolloutState, runOf} from '../../rollout/state.ts';
import {errorPanel} from '../components/error-panel.ts';
import {blank, type Line, line, segment} from '../text/line.ts';
import {widthOf} from '../text/width.ts';
import {troubleOf} from '../trouble.ts';
import type {Ending, Links} from './outcome.ts';
import {failureRows, pullLine, type RowsView, resultText, rolloutRows} from './rows.ts';
import type {RolloutView} from './state.ts';

export interface PageInput {
  readonly state: RolloutState;
  readonly view: RolloutView;
  readonly ending: Ending | undefined;
  readonly links: Links;
  readonly rows: RowsView;
}

export interface Page {
  readonly intro: string;
  readonly rows: readonly Line[];
  /** Row that is kept visible while the view follows. */
  readonly activeRow: number;
}

const introOf = ({state, view, ending}: PageInput): string => {
  if (ending) return ending.error === undefined ? resultText(state) : 'The rollout ended before it was done.';
  if (view.question?.kind === 'failures')
    return 'Something did not come up. The rollout waits for your answer.';
  if (view.question?.kind === 'quit') return 'The rollout goes on while you think about it.';
  if (view.stop !== 'no') return 'Stopping after what is under way. Ctrl+C again leaves at once.';
  return 'Images arrive while services start. Ctrl+C stops after what is under way.';
};

const placeOf = (failures: readonly Failure[], shown: number) =>
  failures.length > 1 ? `${shown + 1} of ${failures.length}, Tab for the next` : '';

const linkRows = (links: Links): readonly Line[] => {
  const titles = Math.max(0, ...links.map(({title}) => widthOf(title))) + 2;
  const rows = links.map(
    ({title, url, login}): Line => [
      segment(`  ${title}${' '.repeat(titles - widthOf(title))}`),
      segment(url, 'accent'),
      segment(login ? `  ${login}` : '', 'muted'),
    ],
  );
  return rows.length > 0 ? [line('What answers now', 'strong'), ...rows, blank] : [];
};

/** What the run itself says besides, for example that the engine does not answer. */
const runRows = (state: RolloutState): readonly Line[] => {
  const run = runOf(state);
  return run?.details && (run.status === 'warning' || run.status === 'error')
    ? [line(`${run.text}: ${run.details}`, 'warning'), blank]
    : [];
};

/** A finished rollout starts with what it led to; a running one with all images together. */
export const rolloutPage = (input: PageInput): Page => {
  const {state, view, ending, links, rows} = input;
  const intro = introOf(input);
  const trouble = ending && troubleOf(ending.error);
  if (trouble) return {intro, rows: errorPanel(trouble, rows.width, rows.figures), activeRow: 0};
  const failure = view.question?.kind === 'failures' ? view.question.failures[view.question.shown] : undefined;
  if (failure && view.question?.kind === 'failures') {
    return {intro, rows: failureRows(failure, placeOf(view.question.failures, view.question.shown), rows), activeRow: 0};
  }
  if (phasesOf(state).length === 0)
    return {intro, rows: [...runRows(state), line(`Getting ready ${rows.figures.ellipsis}`, 'muted')], activeRow: 0};
  const pulls = ending ? undefined : pullLine(state, rows);
  const head = [...runRows(state), ...(ending && runOf(state)?.status === 'done' ? linkRows(links) : []), ...(pulls ? [pulls] : [])];
  const body = rolloutRows(state, rows);
  return {intro, rows: [...head, ...body.rows], activeRow: ending ? 0 : head.length + body.activeRow};
};
