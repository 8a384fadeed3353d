/** The rows of the component picker. Pure. */
import type {Catalog, Component, Phase, Variant} from '../../catalog/catalog.ts';
import type {Answers} from '../../plan/answers.ts';
import {instanceId, instanceNameRule, isInstanceName, withInstances} from '../../plan/instances.ts';
import type {Problem} from '../../plan/problem.ts';
import {closeOver, select} from '../../plan/select.ts';
import type {SelectedComponent} from '../../plan/selection.ts';

/** `platform`: always part of it. `required`: comes with something that was picked. `add`: one more of its kind can be picked, under a name. */
export type Mark = 'off' | 'picked' | 'required' | 'platform' | 'add';

export interface PickerRow {
  readonly component: Component;
  readonly mark: Mark;
  readonly variant: Variant | undefined;
  /** Why it is in, or why one might want it: `for Login`, `recommended`. */
  readonly note: string;
}

export interface PickerSection {
  readonly phase: Phase;
  /** The key that leads to it: its place among all phases, from 1. */
  readonly number: number;
  readonly rows: readonly PickerRow[];
}

const noteOf = (catalog: Catalog, component: Component, selected: SelectedComponent | undefined, recommending: readonly string[]) => {
  const title = (id: string) => catalog.components.get(id)?.title ?? id;
  if (component.repeatable) return 'Space adds one';
  if (selected?.because.kind === 'platform') return 'always';
  if (selected?.because.kind === 'required') return `for ${title(selected.because.by)}`;
  const [by] = recommending;
  if (!selected && by !== undefined) return `goes well with ${title(by)}`;
  return component.recommended ? 'recommended' : '';
};

/** Offered components by phase; hidden ones only while something brings them along. */
export const pickerSections = (base: Catalog, answers: Answers): readonly PickerSection[] => {
  const catalog = withInstances(base, answers);
  const selection = new Map(closeOver(catalog, answers).map(selected => [selected.id, selected]));
  const recommending = (id: string) => [...selection.keys()].filter(other => catalog.components.get(other)?.recommends.includes(id));
  const rows = [...catalog.components.values()]
    .filter(component => !component.hidden || selection.has(component.id))
    .map((component): PickerRow => {
      const selected = selection.get(component.id);
      const variant = component.variants.find(({id}) => id === (selected?.variant ?? answers.components[component.id]));
      return {
        component,
        mark: component.repeatable ? 'add' : (selected?.because.kind ?? 'off'),
        variant: variant ?? component.variants[0],
        note: noteOf(catalog, component, selected, recommending(component.id)),
      };
    });
  return catalog.platform.phases
    .map((phase, index) => ({phase, number: index + 1, rows: rows.filter(({component}) => component.phase === phase.id)}))
    .filter(section => section.rows.length > 0);
};

export const pickerRows = (catalog: Catalog, answers: Answers): readonly PickerRow[] =>
  pickerSections(catalog, answers).flatMap(({rows}) => rows);

/** Rows whose title, id or summary has every word of the filter; phases without one are left out. */
export const matching = (sections: readonly PickerSection[], filter: string): readonly PickerSection[] => {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return sections;
  const matches = ({component: {title, id, summary}}: PickerRow) => {
    const text = `${title} ${id} ${summary}`.toLowerCase();
    return words.every(word => text.includes(word));
  };
  return sections.map(section => ({...section, rows: section.rows.filter(matches)})).filter(({rows}) => rows.length > 0);
};

/** What is wrong with the picks themselves; what is wrong with values is said where they are asked. */
export const pickProblems = (base: Catalog, answers: Answers): readonly Problem[] => {
  const catalog = withInstances(base, answers);
  const result = select(catalog, answers);
  return result.ok ? [] : result.problems.filter(({where}) => where === 'components' || catalog.components.has(where));
};

export const withPick = (answers: Answers, id: string, variant: string): Answers => ({
  ...answers,
  components: {...answers.components, [id]: variant},
});

const withoutPick = (answers: Answers, id: string): Answers => {
  const {[id]: _, ...components} = answers.components;
  return {...answers, components};
};

/** One more of a repeatable component; `problem` says why not under this name. */
export const addInstance = (
  {components}: Catalog,
  answers: Answers,
  base: string,
  name: string,
): {readonly answers: Answers; readonly problem: string | undefined} => {
  const id = instanceId({base, name});
  if (!isInstanceName(name)) return {answers, problem: `The name must be ${instanceNameRule}.`};
  if (id in answers.components) return {answers, problem: `There is one of this name already.`};
  return {answers: withPick(answers, id, components.get(base)?.variants[0]?.id ?? ''), problem: undefined};
};

/** Picks or unpicks. What comes along by itself can not be unpicked: `notice` says what to unpick instead. */
export const togglePick = (
  catalog: Catalog,
  answers: Answers,
  {component, mark, variant, note}: PickerRow,
): {readonly answers: Answers; readonly notice: string | undefined} => {
  const {id, title} = component;
  if (mark === 'platform') return {answers, notice: `${title} is part of every platform.`};
  if (mark === 'required') return {answers, notice: `${title} is here ${note}: leave that out and this goes too.`};
  if (mark === 'picked') return {answers: withoutPick(answers, id), notice: undefined};
  const preferred = catalog.platform.tiers.find(tier => tier.id === answers.tier)?.components.get(id) ?? variant?.id;
  return {answers: preferred === undefined ? answers : withPick(answers, id, preferred), notice: undefined};
};

/** Picks all rows that can be; when none is left to pick, leaves out all that were picked. */
export const togglePicks = (catalog: Catalog, answers: Answers, rows: readonly PickerRow[]): Answers => {
  const open = rows.filter(({mark}) => mark === 'off');
  const toggled = open.length > 0 ? open : rows.filter(({mark}) => mark === 'picked');
  return toggled.reduce((before, row) => togglePick(catalog, before, row).answers, answers);
};

/** The next or previous way to deploy it; choosing one picks the component. */
export const changeVariant = (answers: Answers, {component, mark, variant}: PickerRow, by: 1 | -1): Answers => {
  const {variants, id} = component;
  if (mark === 'add') return answers;
  const index = variants.findIndex(other => other.id === variant?.id);
  const next = variants[(index + by + variants.length) % variants.length];
  return next && variants.length > 1 ? withPick(answers, id, next.id) : answers;
};
