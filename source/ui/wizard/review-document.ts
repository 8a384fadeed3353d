/** The review as text: what will happen, word for word. Pure. */
import type {Finding} from '../../plan/findings.ts';
import {formatPlan} from '../../plan/format.ts';
import type {ObservedFile} from '../../plan/observed.ts';
import {nextSteps} from '../components/error-panel.ts';
import {linkRows} from '../components/link-rows.ts';
import type {Review} from '../services.ts';
import {blank, indented, type Line, line, paragraph, segment} from '../text/line.ts';
import {padTo, wrap} from '../text/width.ts';
import type {Figures, Tone} from '../theme.ts';

export interface DocumentOptions {
  readonly showDiffs: boolean;
  readonly width: number;
  readonly figures: Figures;
}

/** A check refuses the rollout. */
export const isBlocked = ({findings}: Review): boolean => findings.some(({level}) => level === 'blocking');

const section = (title: string, rows: readonly Line[]): readonly Line[] =>
  rows.length === 0 ? [] : [line(title, 'strong'), ...rows, blank];

const levels: Readonly<Record<Finding['level'], {readonly figure: 'error' | 'warning' | 'done'; readonly tone: Tone}>> = {
  blocking: {figure: 'error', tone: 'bad'},
  warning: {figure: 'warning', tone: 'warning'},
  ok: {figure: 'done', tone: 'good'},
};

const marked = (figure: string, tone: Tone, text: string, width: number): readonly Line[] =>
  wrap(text, Math.max(2, width - 4)).map((row, index) => [segment(`  ${padTo(index === 0 ? figure : '', 2)}`, tone), segment(row)]);

const finding = ({level, title, what, next}: Finding, {width, figures}: DocumentOptions): readonly Line[] => [
  ...marked(figures[levels[level].figure], levels[level].tone, `${title}: ${what}`, width),
  ...indented(nextSteps(next, width - 2, figures), 2),
];

/** What is wrong comes first; what is well takes one row. */
const findings = (all: readonly Finding[], options: DocumentOptions): readonly Line[] => {
  const well = all.filter(({level}) => level === 'ok');
  const wrong = [...all.filter(({level}) => level === 'blocking'), ...all.filter(({level}) => level === 'warning')];
  const passed =
    well.length > 0
      ? marked(options.figures.done, 'good', `${well.length} ${well.length === 1 ? 'check' : 'checks'} passed`, options.width)
      : [];
  return [...wrong.flatMap(one => finding(one, options)), ...passed];
};

const fileStates: Readonly<Record<ObservedFile['state'], {readonly text: string; readonly tone: Tone}>> = {
  new: {text: 'new', tone: 'good'},
  same: {text: 'as it is', tone: 'muted'},
  outdated: {text: 'changes', tone: 'accent'},
  edited: {text: 'yours, kept', tone: 'muted'},
  conflict: {text: 'yours, differs', tone: 'warning'},
};

const diffTone = (row: string): Tone => (row.startsWith('+') ? 'good' : row.startsWith('-') ? 'bad' : 'muted');

const file = ({path, state, diff}: ObservedFile, {showDiffs}: DocumentOptions): readonly Line[] => [
  [segment(`  ${padTo(fileStates[state].text, 16)}`, fileStates[state].tone), segment(path)],
  ...(showDiffs && diff ? diff.split('\n').map(row => line(`      ${row}`, diffTone(row))) : []),
];

const planRows = (review: Review, width: number): readonly Line[] =>
  formatPlan(review.plan).flatMap((row, index) => {
    const isHeading = !row.startsWith(' ');
    const parts = wrap(row, width).map(part => line(part, isHeading ? 'strong' : 'plain'));
    return isHeading && index > 0 ? [blank, ...parts] : parts;
  });

/** In the order in which they matter: what stands in the way, what to know, the plan, and what it leads to. */
export const reviewDocument = (review: Review, options: DocumentOptions): readonly Line[] => {
  const {width, figures} = options;
  return [
    ...section('Checks of this host', findings(review.findings, options)),
    ...section(
      'Good to know',
      review.selection.notices.flatMap(notice => marked(figures.warning, 'warning', notice, width)),
    ),
    ...planRows(review, width),
    blank,
    ...section(
      'Ports that will be opened',
      review.ports.map(port => line(`  ${port}`)),
    ),
    ...section('What will answer', linkRows(review.links, width)),
    ...section(
      `Files in ${review.directory}`,
      review.files.flatMap(one => file(one, options)),
    ),
    ...paragraph(
      `Project ${review.selection.project}. The folder works without this program: docker compose up -d in it does the same.`,
      width,
      'muted',
    ),
  ];
};
