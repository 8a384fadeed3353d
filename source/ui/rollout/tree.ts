/** Phases with what belongs to them, as rows that fit their window while nobody scrolls. Pure. */
import type {ResourceStatus} from '../../events.ts';
import {blank, type Line, line, segment} from '../text/line.ts';
import type {Figures} from '../theme.ts';

/** A service or an image, in one row or, with its layers, in several. */
export interface Leaf {
  readonly status: ResourceStatus;
  readonly rows: readonly Line[];
}

export interface Branch {
  readonly status: ResourceStatus;
  readonly title: string;
  readonly head: Line;
  readonly leaves: readonly Leaf[];
}

/** What goes first when there is no room for all: what is right, then what waits. What failed goes last. */
const rank: Readonly<Record<ResourceStatus, number>> = {error: 0, working: 1, warning: 2, waiting: 3, skipped: 4, done: 4};

const isRight = (status: ResourceStatus) => status === 'done' || status === 'skipped';

/** `… and 7 more: 5 right, 2 waiting` */
const moreRow = (hidden: readonly Leaf[], figures: Figures): Line => {
  const amounts = [
    [hidden.filter(({status}) => isRight(status)).length, 'right'],
    [hidden.filter(({status}) => status === 'working').length, 'under way'],
    [hidden.filter(({status}) => status === 'waiting').length, 'waiting'],
    [hidden.filter(({status}) => status === 'warning').length, 'left out'],
    [hidden.filter(({status}) => status === 'error').length, 'failed'],
  ] as const;
  const parts = amounts.filter(([amount]) => amount > 0).map(([amount, what]) => `${amount} ${what}`);
  return line(`  ${figures.ellipsis} and ${hidden.length} more: ${parts.join(', ')}`, 'muted');
};

const rowsOf = ({head, leaves}: Branch, hidden: ReadonlySet<Leaf>, figures: Figures): readonly Line[] => {
  const left = leaves.filter(leaf => hidden.has(leaf));
  return [head, ...leaves.flatMap(leaf => (hidden.has(leaf) ? [] : leaf.rows)), ...(left.length > 0 ? [moreRow(left, figures)] : [])];
};

const heightOf = (branches: readonly Branch[], hidden: ReadonlySet<Leaf>) =>
  branches.reduce((sum, {leaves}) => {
    const shown = leaves.filter(leaf => !hidden.has(leaf));
    return sum + 1 + shown.reduce((rows, leaf) => rows + leaf.rows.length, 0) + (shown.length < leaves.length ? 1 : 0);
  }, 0);

/** Those that go, so that the rest fits; within one rank the last ones first. */
const hideFor = (branches: readonly Branch[], height: number): ReadonlySet<Leaf> => {
  const hidden = new Set<Leaf>();
  const order = branches
    .flatMap(({leaves}) => leaves)
    .toReversed()
    .toSorted((one, other) => rank[other.status] - rank[one.status]);
  for (const leaf of order) {
    if (heightOf(branches, hidden) <= height) break;
    hidden.add(leaf);
  }
  return hidden;
};

/** Phases next to each other that are over, or have not begun, as one row. */
const merged = (branches: readonly Branch[], figures: Figures): readonly Branch[] => {
  const groups: Branch[][] = [];
  const kindOf = ({status, leaves}: Branch) => (leaves.length > 0 ? '' : isRight(status) ? 'right' : status === 'waiting' ? 'waiting' : '');
  for (const branch of branches) {
    const last = groups.at(-1);
    const kind = kindOf(branch);
    if (last?.[0] && kind !== '' && kindOf(last[0]) === kind) last.push(branch);
    else groups.push([branch]);
  }
  return groups.flatMap((group): readonly Branch[] => {
    const [first] = group;
    if (!first || group.length === 1) return group;
    const done = isRight(first.status);
    const titles = group.map(({title}) => title).join(', ');
    const head: Line = [
      segment(`${figures[first.status === 'working' ? 'waiting' : first.status]} `, done ? 'good' : 'muted'),
      segment(`${group.length} phases ${done ? 'are right' : 'wait'}: ${titles}`, 'muted'),
    ];
    return [{...first, head}];
  });
};

const spaced = (parts: readonly (readonly Line[])[]): readonly Line[] =>
  parts.filter(({length}) => length > 0).flatMap((part, index) => (index === 0 ? part : [blank, ...part]));

const noLeaf: ReadonlySet<Leaf> = new Set<Leaf>([]);

export interface TreeRows {
  /** Everything. */
  readonly rows: readonly Line[];
  /** Row in the middle of the first phase that is being worked on, or has failed. */
  readonly activeRow: number;
}

/** All of it, for somebody who scrolls. */
export const treeRows = (top: readonly Line[], branches: readonly Branch[], figures: Figures): TreeRows => {
  const parts = branches.map(branch => rowsOf(branch, noLeaf, figures));
  const active = branches.findIndex(({status}) => status === 'working' || status === 'error');
  const before = spaced([top, ...parts.slice(0, Math.max(0, active))]).length;
  const rows = spaced([top, ...parts]);
  const middle = Math.floor((parts[active]?.length ?? 0) / 2);
  return {rows, activeRow: active < 0 ? rows.length - 1 : before + (before > 0 ? 1 : 0) + middle};
};

/** No more than `height` rows, if at all possible: without empty rows, then without what matters least, then with phases drawn together. */
export const fittedRows = (top: readonly Line[], branches: readonly Branch[], height: number, figures: Figures): readonly Line[] => {
  const all = branches.map(branch => rowsOf(branch, noLeaf, figures));
  const roomy = spaced([top, ...all]);
  if (roomy.length <= height) return roomy;
  const dense = [...top, ...all.flat()];
  if (dense.length <= height) return dense;
  const tight = branches.length > height / 2;
  const fewer = tight ? merged(branches, figures) : branches;
  const head = tight ? [] : top;
  const hidden = hideFor(fewer, height - head.length);
  return [...head, ...fewer.flatMap(branch => rowsOf(branch, hidden, figures))];
};
