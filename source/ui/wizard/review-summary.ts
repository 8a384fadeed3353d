/** What the plan comes to, in a few lines. Pure. */
import {counted, downloadText, memoryText} from '../../display/consequences.ts';
import type {Origin} from '../../plan/origin.ts';
import type {Op, Plan} from '../../plan/plan.ts';
import type {Review} from '../services.ts';
import {isBlocked} from './review-findings.ts';
import type {ItemMark, Opened, ReviewItem} from './review-items.ts';
import {folded, isDestructive, row, table} from './review-rows.ts';

const things: Readonly<Partial<Record<Op, string>>> = {write: 'file', pull: 'image'};

/** Kinds of steps as they are told; what is not among them comes after. What can not be taken back is first. */
const order: readonly string[] = ['remove', 'create', 'recreate', 'start', 'pull', 'write'];

const untouched: ReadonlySet<string> = new Set(['keep', 'leave']);

const rank = (op: string): number => (order.indexOf(op) + order.length + 1) % (order.length + 1);

/** Of files only those that change are worth a number, and those that are removed have one of their own. */
const countsOf = ({files, phases}: Plan): ReadonlyMap<Op, number> => {
  const counts = new Map<Op, number>();
  for (const {op} of [...phases.flatMap(({steps}) => steps), ...files.filter(step => step.op === 'write')]) {
    counts.set(op, (counts.get(op) ?? 0) + 1);
  }
  return counts;
};

export const planText = (plan: Plan): string => {
  const counts = [...countsOf(plan)];
  const doing = counts.filter(([op]) => !untouched.has(op)).sort(([a], [b]) => rank(a) - rank(b));
  const left = counts.filter(([op]) => untouched.has(op)).reduce((sum, [, amount]) => sum + amount, 0);
  const goingFiles = plan.files.filter(({op}) => op === 'remove').length;
  if (doing.length + goingFiles === 0) return 'Nothing to do: everything is as selected.';
  const parts = [
    ...doing.map(([op, amount]) => `${op === 'remove' ? amount : counted(amount, things[op] ?? 'service')} to ${op}`),
    ...(goingFiles > 0 ? [`${counted(goingFiles, 'file')} to remove`] : []),
  ];
  return `${[...parts, ...(left > 0 ? [`${counted(left, 'service')} left alone`] : [])].join(', ')}.`;
};

const checksRow = ({findings}: Review): readonly ReviewItem[] => {
  const count = (level: string) => findings.filter(finding => finding.level === level).length;
  const [blocking, warnings, passed] = [count('blocking'), count('warning'), count('ok')];
  const parts = [
    ...(blocking > 0 ? [`${blocking} ${blocking === 1 ? 'forbids' : 'forbid'} the rollout`] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(passed > 0 ? [`${passed} passed`] : []),
  ];
  const mark: ItemMark = blocking > 0 ? 'error' : warnings > 0 ? 'warning' : 'done';
  const why = findings
    .filter(({level}) => level === 'blocking')
    .map(({title, what, origin}) => row(`${title}: ${what}`, {depth: 1, origin}));
  return findings.length === 0 ? [] : [row(`Checks of this host: ${parts.join(', ')}.`, {mark, origin: why[0]?.origin}), ...why];
};

const tier: Origin = {kind: 'basics', field: 'tier'};
const picks: Origin = {kind: 'picks'};

export const summaryItems = (review: Review, opened: Opened): readonly ReviewItem[] => {
  const {plan, download, memory, basics} = review;
  const checks = checksRow(review);
  const blocked = isBlocked(review);
  const removes = plan.phases.flatMap(({steps}) => steps).some(isDestructive);
  const head = {cells: [{text: basics.map(({value}) => value).join(', '), tone: 'plain' as const}], origin: basics[0]?.origin};
  const inside = table(
    basics.map(({title, value, origin}) => ({
      cells: [
        {text: title, tone: 'muted'},
        {text: value, tone: 'plain'},
      ],
      origin,
    })),
  );
  return [
    ...(blocked ? checks : []),
    row(planText(plan), {origin: picks, ...(removes && {mark: 'warning'})}),
    row(downloadText(download), {origin: picks}),
    row(memoryText(memory), {origin: tier}),
    ...(blocked ? [] : checks),
    ...folded({name: 'basics', head, inside}, opened),
  ];
};
