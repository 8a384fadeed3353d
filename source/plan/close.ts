/** Picks -> what they require, and what of it can not be together. Pure. */
import type {Catalog, Component, Requirement, Variant} from '../catalog/catalog.ts';
import type {Answers} from './answers.ts';
import {resolveInputs} from './inputs.ts';
import {baseOf, instanceNameRule} from './instances.ts';
import {unknownName} from './nearest.ts';
import type {Problem} from './problem.ts';
import type {Reason, SelectedComponent} from './selection.ts';

/** Every component the picks lead to, with its reason. */
export interface Closure {
  readonly because: Map<string, Reason>;
  readonly variants: Map<string, Variant>;
  /** What each of them requires. */
  readonly requires: Map<string, readonly string[]>;
  readonly problems: Problem[];
}

const variantOf = (component: Component, id: string | undefined) =>
  id === undefined ? component.variants[0] : component.variants.find(variant => variant.id === id);

const noSuchComponent = ({components}: Catalog, id: string): Problem => {
  const base = components.get(baseOf(id));
  if (!base?.repeatable) return unknownName('components', 'component', id, components.keys());
  return {where: 'components', what: `"${id}" is no name for ${base.title}.`, next: `Write ${base.id}.NAME, with ${instanceNameRule}.`};
};

/** The variant that is meant, or why there is none. */
const findVariant = (catalog: Catalog, id: string, variantId: string | undefined): Variant | Problem => {
  const component = catalog.components.get(id);
  if (!component || component.repeatable) return noSuchComponent(catalog, id);
  const known = component.variants.map(variant => variant.id);
  return variantOf(component, variantId) ?? unknownName(id, `variant of ${id}`, variantId ?? '', known);
};

const isProblem = (found: Variant | Problem): found is Problem => 'what' in found;

/** What the variant and the choices of a component bring along. */
const requirementsOf = (catalog: Catalog, answers: Answers, id: string, variant: Variant): readonly Requirement[] => {
  const component = catalog.components.get(id);
  const asks = component?.inputs.some(({choices}) => choices.some(({requires}) => requires.length > 0));
  if (!asks) return variant.requires;
  const {inputs} = resolveInputs(catalog, answers, new Map([[id, variant.id]]));
  const chosen = inputs.flatMap(({component: owner, value, choices}) =>
    owner === id ? choices.filter(choice => choice.id === value) : [],
  );
  return [...variant.requires, ...chosen.flatMap(({requires}) => requires)];
};

export const close = (catalog: Catalog, answers: Answers): Closure => {
  const closure: Closure = {because: new Map(), variants: new Map(), requires: new Map(), problems: []};
  // Components whose variant somebody named: the operator, or what can only work with that one.
  const decided = new Map<string, string>();
  const queue: string[] = [];
  const include = (id: string, variantId: string | undefined, reason: Reason, by: string) => {
    const found = findVariant(catalog, id, variantId);
    if (isProblem(found)) {
      closure.problems.push(found);
      return;
    }
    if (!closure.because.has(id)) closure.because.set(id, reason);
    else if (variantId === undefined || closure.variants.get(id)?.id === variantId) return;
    else if (decided.has(id)) {
      closure.problems.push(otherVariant(catalog, id, found, by, decided.get(id) ?? ''));
      return;
    }
    if (variantId !== undefined) decided.set(id, by);
    closure.variants.set(id, found);
    queue.push(id);
  };
  const title = (id: string) => catalog.components.get(id)?.title ?? id;
  const required = [...catalog.components.values()].filter(component => component.required);
  for (const {id} of required) include(id, answers.components[id], {kind: 'platform'}, 'you');
  const picks = Object.entries(answers.components).filter(([id]) => !catalog.components.get(id)?.required);
  for (const [id, variant] of picks) include(id, variant, {kind: 'picked'}, 'you');
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const variant = closure.variants.get(id);
    const needed = variant ? requirementsOf(catalog, answers, id, variant) : [];
    closure.requires.set(
      id,
      needed.map(({component}) => component),
    );
    for (const {component, variant: wanted} of needed) include(component, wanted, {kind: 'required', by: id}, title(id));
  }
  return closure;
};

const otherVariant = ({components}: Catalog, id: string, wanted: Variant, by: string, before: string): Problem => ({
  where: id,
  what: `${by === 'you' ? 'You picked' : `${by} needs`} ${components.get(id)?.title ?? id} as ${wanted.id}, and ${before} ${before === 'you' ? 'picked' : 'needs'} another variant.`,
  next: `Pick ${id}:${wanted.id}, or leave out ${by}.`,
});

export const conflictsIn = (catalog: Catalog, {variants}: Closure): readonly Problem[] =>
  [...variants].flatMap(([id, variant]) =>
    variant.conflicts
      .filter(other => variants.has(other))
      .map(other => ({
        where: id,
        what: `${catalog.components.get(id)?.title} (${variant.id}) and ${catalog.components.get(other)?.title} can not run together.`,
        next: `Leave out ${id} or ${other}.`,
      })),
  );

export const missingAlternatives = (catalog: Catalog, {variants}: Closure): readonly Problem[] =>
  [...variants.keys()].flatMap(id => {
    const {requiresOneOf = [], title = id} = catalog.components.get(id) ?? {};
    const satisfied = requiresOneOf.length === 0 || requiresOneOf.some(other => variants.has(other));
    return satisfied
      ? []
      : [{where: id, what: `${title} has nothing to work with.`, next: `Pick at least one of ${requiresOneOf.join(', ')}.`}];
  });

/** Position of the earliest phase among a component's own and those of the components that require it. */
const phasePositions = (catalog: Catalog, {variants, requires}: Closure): ReadonlyMap<string, number> => {
  const phases = catalog.platform.phases.map(({id}) => id);
  const own = (id: string) => phases.indexOf(catalog.components.get(id)?.phase ?? '');
  const positions = new Map([...variants.keys()].map(id => [id, own(id)]));
  const lower = (id: string, position: number): void => {
    if (position >= (positions.get(id) ?? -1)) return;
    positions.set(id, position);
    for (const needed of requires.get(id) ?? []) lower(needed, position);
  };
  for (const [id, needed] of requires) for (const other of needed) lower(other, positions.get(id) ?? 0);
  return positions;
};

/** By the earliest phase that needs each, then in catalogue order. */
export const inPhases = (catalog: Catalog, closure: Closure): readonly SelectedComponent[] => {
  const positions = phasePositions(catalog, closure);
  return [...catalog.components.keys()]
    .flatMap(id => {
      const variant = closure.variants.get(id);
      const because = closure.because.get(id);
      const position = positions.get(id) ?? 0;
      const requires = closure.requires.get(id) ?? [];
      const phase = catalog.platform.phases[position]?.id ?? '';
      return variant && because ? [{id, variant: variant.id, phase, because, requires, position}] : [];
    })
    .sort((a, b) => a.position - b.position)
    .map(({position: _, ...component}) => component);
};
