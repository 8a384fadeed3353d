import {findingSummary} from '../../display/findings.ts';
import type {Finding, Offer} from '../../plan/findings.ts';
import {Body, listHeight} from '../components/body.tsx';
import {errorPanel, nextSteps} from '../components/error-panel.ts';
import {Frame} from '../components/frame.tsx';
import type {Hint} from '../components/key-hints.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {type Layout, layoutOf, type Size} from '../layout.ts';
import {blank, type Line, line, paragraph, segment} from '../text/line.ts';
import type {Figures, Tone} from '../theme.ts';
import {currentFinding, findingsOf} from '../wizard/checks.ts';
import type {WizardState} from '../wizard/state.ts';

type ChecksState = Pick<WizardState, 'checks' | 'cursors' | 'notice'>;

export interface ChecksProps {
  readonly size: Size;
  readonly title: string;
  readonly state: ChecksState;
  /** Id of the check that is about to be ignored. */
  readonly confirming: string | undefined;
  /** One finding fills the screen, from this row on. */
  readonly reading: number | undefined;
}

const introOf = (findings: readonly Finding[]): string =>
  findings.length === 0 ? 'This host against what is chosen so far. Checking changes nothing.' : `${findingSummary(findings)}.`;

/** Below this width every column is needed for what was found. */
const wide = 90;

const marks: Readonly<Record<Finding['level'], {readonly figure: 'error' | 'warning' | 'done'; readonly tone: Tone}>> = {
  blocking: {figure: 'error', tone: 'bad'},
  warning: {figure: 'warning', tone: 'warning'},
  ok: {figure: 'done', tone: 'good'},
};

const row = ({id, level, title, what}: Finding, isCurrent: boolean, column: number, figures: Figures): Line => [
  segment(isCurrent ? `${figures.pointer} ` : ' '.repeat(figures.pointer.length + 1), 'focus'),
  segment(`${figures[marks[level].figure]} `, marks[level].tone),
  segment(`${id.padEnd(4)} `, 'muted'),
  segment(`${title.padEnd(column)}  `, isCurrent ? 'focus' : level === 'ok' ? 'plain' : 'strong'),
  segment(what, 'muted'),
];

const listRows = (state: ChecksState, layout: Layout, figures: Figures): readonly Line[] => {
  if (state.checks.status === 'loading') return [line(`Checking this host ${figures.ellipsis}`, 'muted')];
  if (state.checks.status === 'failed') return errorPanel(state.checks.trouble, layout.width, figures);
  const findings = findingsOf(state);
  const current = currentFinding(state);
  const column = layout.width < wide ? 0 : Math.max(...findings.map(({title}) => title.length));
  return findings.map(finding => row(finding, finding === current, column, figures));
};

const question = (id: string, width: number): readonly Line[] => [
  ...paragraph(`Ignore ${id} for this run? A rollout goes on in spite of it, and the journal says so.`, width, 'warning'),
  [segment('  y ', 'strong'), segment('ignore it   '), segment('n ', 'strong'), segment('leave it as it is')],
];

const offerText = ({component, input, value}: Offer) => `${component}.${input}=${value}`;

const findingRows = ({level, what, next, offers = []}: Finding, width: number, figures: Figures): readonly Line[] => [
  ...paragraph(what, width, level === 'ok' ? 'plain' : 'strong'),
  ...(offers.length > 0 ? paragraph(`Enter takes over ${offers.map(offerText).join(', ')}.`, width, 'accent') : []),
  ...nextSteps(next, width, figures),
];

/** Shortened with a word about the rest. */
const fitted = (rows: readonly Line[], height: number, figures: Figures): readonly Line[] =>
  rows.length <= height
    ? rows
    : [...rows.slice(0, Math.max(0, height - 1)), line(`  ${figures.ellipsis} ${figures.right} shows all of it`, 'muted')];

const detailRows = (state: ChecksState, confirming: string | undefined, width: number, figures: Figures): readonly Line[] => {
  if (confirming !== undefined) return question(confirming, width);
  const said = state.notice === undefined ? [] : paragraph(state.notice, width, 'warning');
  const finding = currentFinding(state);
  return finding ? [...said, ...findingRows(finding, width, figures)] : said;
};

/** Where a finding that fills the screen goes. */
export const readingLayout = (size: Size, state: ChecksState): Layout => layoutOf(size, introOf(findingsOf(state)));

/** All of the finding under the cursor. */
export const readingRows = (state: ChecksState, width: number, figures: Figures): readonly Line[] => {
  const said = state.notice === undefined ? [] : paragraph(state.notice, width, 'warning');
  const finding = currentFinding(state);
  return finding ? [...said, line(`${finding.id}  ${finding.title}`, 'strong'), ...findingRows(finding, width, figures)] : said;
};

const hintsOf = (state: ChecksState, confirming: string | undefined, isOpen: boolean): readonly Hint[] => {
  if (confirming !== undefined) {
    return [
      {keys: 'y', does: 'ignore it'},
      {keys: 'Esc', does: 'leave it as it is'},
    ];
  }
  const finding = currentFinding(state);
  return [
    ...(finding ? [{keys: 'Enter', does: (finding.offers ?? []).length > 0 ? 'take over' : isOpen ? 'close' : 'read'}] : []),
    {keys: 'up/down', does: isOpen ? 'scroll' : 'move'},
    ...(finding?.level === 'blocking' && !finding.binding ? [{keys: 'i', does: 'ignore'}] : []),
    {keys: 'Esc', does: 'back'},
    {keys: 'r', does: 'again'},
    {keys: '?', does: 'help'},
    {keys: 'q', does: 'quit'},
  ];
};

/** Checks of this host: a list, and below it what was found and what to do. */
export const Checks = ({size, title, state, confirming, reading}: ChecksProps) => {
  const {figures} = useTheme();
  const findings = findingsOf(state);
  const intro = introOf(findings);
  const layout = layoutOf(size, intro);
  if (reading !== undefined) {
    return (
      <Frame size={size} title={title} intro={intro} hints={hintsOf(state, confirming, true)}>
        <Body layout={layout} rows={readingRows(state, layout.width, figures)} scroll={reading} />
      </Frame>
    );
  }
  const detailHeight = findings.length === 0 && state.notice === undefined ? 0 : Math.floor(layout.height / 2);
  const gap = layout.roomy ? 1 : 0;
  const detail = fitted(detailRows(state, confirming, layout.width, figures), Math.max(0, detailHeight - gap), figures);
  const rows = listRows(state, layout, figures);
  const cursor = findings.length === 0 ? 0 : Math.min(state.cursors.checks, findings.length - 1);
  const height = listHeight(layout.height, detailHeight);
  return (
    <Frame size={size} title={title} intro={intro} hints={hintsOf(state, confirming, false)}>
      <Body
        layout={layout}
        rows={findings.length === 0 ? rows.slice(0, height) : rows}
        cursor={cursor}
        detail={[...Array<Line>(gap).fill(blank), ...detail]}
        detailHeight={detailHeight}
      />
    </Frame>
  );
};
