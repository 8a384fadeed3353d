/** Files, checks and notices as items of the review. Pure. */
import {counted} from '../../display/consequences.ts';
import type {Finding} from '../../plan/findings.ts';
import type {ObservedFile} from '../../plan/observed.ts';
import type {Review} from '../services.ts';
import type {Tone} from '../theme.ts';
import type {ItemMark, Opened, ReviewItem} from './review-items.ts';
import {folded, row, stepRow, table} from './review-rows.ts';

/** A check refuses the rollout. */
export const isBlocked = ({findings}: Review): boolean => findings.some(({level}) => level === 'blocking');

type ReviewFile = Review['files'][number];

const fileStates: Readonly<Record<ObservedFile['state'], {readonly text: string; readonly tone: Tone}>> = {
  new: {text: 'new', tone: 'good'},
  same: {text: 'as it is', tone: 'muted'},
  outdated: {text: 'changes', tone: 'accent'},
  edited: {text: 'yours, kept', tone: 'muted'},
  conflict: {text: 'yours, differs', tone: 'warning'},
  unneeded: {text: 'is removed', tone: 'warning'},
};

/** Name by which the difference of a file is opened. */
export const diffName = ({path}: Pick<ObservedFile, 'path'>): string => `diff/${path}`;

const diffTone = (text: string): Tone => (text.startsWith('+') ? 'good' : text.startsWith('-') ? 'bad' : 'muted');

const fileItem = ({path, state, origin}: ReviewFile): ReviewItem => ({
  kind: 'row',
  cells: [
    {...fileStates[state], width: 14},
    {text: path, tone: 'plain'},
  ],
  origin,
});

const diffItems = ({diff, origin}: ReviewFile): readonly ReviewItem[] =>
  (diff ?? '')
    .trimEnd()
    .split('\n')
    .map(text => row(text, {tone: diffTone(text), origin}));

const withDiff = (file: ReviewFile, opened: Opened): readonly ReviewItem[] =>
  folded({name: diffName(file), head: fileItem(file), inside: file.diff ? diffItems(file) : []}, opened);

/** Files that are right are counted; what is not among the observed ones is a step of its own kind. */
export const filesItems = ({files, plan, selection}: Review, opened: Opened): readonly ReviewItem[] => {
  const right = files.filter(({state}) => state === 'same');
  const known = new Set(files.map(({path}) => path));
  const others = plan.files.filter(({resource}) => !known.has(resource));
  const head = {cells: [{text: `${counted(right.length, 'file')} left alone`, tone: 'muted' as const}]};
  return [
    ...files.filter(({state}) => state !== 'same').flatMap(file => withDiff(file, opened)),
    ...table(others.map(step => stepRow(step, undefined))),
    ...(right.length > 0 ? folded({name: 'files', head, inside: right.map(fileItem)}, opened) : []),
    row(`Project ${selection.project}. The folder works without this program: docker compose up -d in it does the same.`, {
      tone: 'muted',
      origin: {kind: 'basics', field: 'environment'},
    }),
  ];
};

const marks: Readonly<Record<Finding['level'], ItemMark>> = {blocking: 'error', warning: 'warning', ok: 'done'};

const findingItems = ({id, title, level, what, next, origin}: Review['findings'][number]): readonly ReviewItem[] => [
  row(`${id} ${title}: ${what}`, {mark: marks[level], origin}),
  ...next.map(step => row(step, {mark: 'next', depth: 1, origin})),
];

/** What forbids the rollout comes first; what is well takes one row. */
export const checkItems = ({findings}: Review, opened: Opened): readonly ReviewItem[] => {
  const of = (level: Finding['level']) => findings.filter(finding => finding.level === level);
  const passed = of('ok');
  const head = {cells: [{text: `${counted(passed.length, 'check')} passed`, tone: 'plain' as const}], mark: marks.ok};
  return [
    ...[...of('blocking'), ...of('warning')].flatMap(findingItems),
    ...(passed.length > 0 ? folded({name: 'checks', head, inside: passed.flatMap(findingItems)}, opened) : []),
  ];
};

export const noticeItems = ({notices}: Review): readonly ReviewItem[] =>
  notices.map(({text, origin}) => row(text, {mark: 'warning', origin}));
