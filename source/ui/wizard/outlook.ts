/** What the picks mean for this host, and what one more or one less would mean. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import type {Answers} from '../../plan/answers.ts';
import {type Budget, budgetOf, memoryLeft, memoryOf} from '../../plan/budget.ts';
import type {DemandReader} from '../../plan/demand.ts';
import type {HostFindings} from '../../plan/findings.ts';
import {draft} from '../../plan/select.ts';
import {beyondMemory, type Conflict, conflictsOf, tooMuchMemory} from './conflicts.ts';
import {type PickerRow, togglePick} from './picker.ts';

export interface Outlook {
  readonly budget: Budget;
  readonly conflicts: readonly Conflict[];
}

const withPicks = (answers: Answers, ids: readonly string[]): Answers => ({
  ...answers,
  components: Object.fromEntries(Object.entries(answers.components).filter(([id]) => ids.includes(id))),
});

export const outlookOf = (catalog: Catalog, answers: Answers, host: HostFindings | undefined, read: DemandReader): Outlook => {
  const picked = draft(catalog, answers);
  const services = read(picked);
  const budget = budgetOf(services, host);
  const conflicts = conflictsOf({draft: picked, services, host});
  const {used, have = Number.POSITIVE_INFINITY} = budget.memory;
  if (used <= have) return {budget, conflicts};
  const picks = Object.keys(answers.components);
  const memoryWith = (count: number) => memoryOf(read(draft(catalog, withPicks(answers, picks.slice(0, count)))));
  const beyond = beyondMemory(picks, memoryWith, have);
  return {budget, conflicts: [...conflicts, ...beyond.map(id => tooMuchMemory(picked, id, used, have))]};
};

export interface Prospect {
  /** Bytes that picking it would add or leaving it out would free, with what comes along or goes with it. */
  readonly memory: number;
  /** Bytes that are left then; undefined while the host is not known. */
  readonly left: number | undefined;
  /** What would not be right any more, beside what is not right now. */
  readonly conflicts: readonly Conflict[];
}

/** What toggling a row would change; undefined where there is nothing to toggle. */
export const prospectOf = (
  catalog: Catalog,
  answers: Answers,
  row: PickerRow,
  {host, read, now}: {readonly host: HostFindings | undefined; readonly read: DemandReader; readonly now: Outlook},
): Prospect | undefined => {
  if (row.mark !== 'off' && row.mark !== 'picked') return undefined;
  const then = draft(catalog, togglePick(catalog, answers, row).answers);
  const services = read(then);
  const budget = budgetOf(services, host);
  const {used, have = Number.POSITIVE_INFINITY} = budget.memory;
  const memory = Math.abs(used - now.budget.memory.used);
  const left = memoryLeft(budget);
  if (row.mark === 'picked') return {memory, left, conflicts: []};
  const present = new Set(now.conflicts.map(({text}) => text));
  const others = conflictsOf({draft: then, services, host}).filter(({text}) => !present.has(text));
  return {memory, left, conflicts: [...others, ...(used > have ? [tooMuchMemory(then, row.component.id, used, have)] : [])]};
};
