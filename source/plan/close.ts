/** Picks -> what they require, and what of it can not be together. Pure. */
import type {Catalog, Component, Variant} from '../catalog/catalog.ts';
import type {Answers} from './answers.ts';
import {unknownName} from './nearest.ts';
import type {Problem} from './problem.ts';
import type {Reason, SelectedComponent} from './selection.ts';

/** Every component the picks lead to, with its reason. */
export interface Closure {
  readonly because: Map<string, Reason>;
  readonly variants: Map<string, Variant>;
  readonly problems: Problem[];
}

const variantOf = (component: Component, id: string | undefined) =>
  id === undefined ? component.variants[0] : component.variants.find(variant => variant.id === id);

const include = (catalog: Catalog, id: string, variantId: string | undefined, reason: Reason, closure: Closure): void => {
  if (closure.because.has(id)) return;
  const component = catalog.components.get(id);
  if (!component) {
    closure.problems.push(unknownName('components', 'component', id, catalog.components.keys()));
    return;
  }
  const variant = variantOf(component, variantId);
  if (!variant) {
    closure.problems.push(
      unknownName(
        id,
        `variant of ${id}`,
        variantId ?? '',
        component.variants.map(known => known.id),
      ),
    );
    return;
  }
  closure.because.set(id, reason);
  closure.variants.set(id, variant);
};

export const close = (catalog: Catalog, answers: Answers): Closure => {
  const closure: Closure = {because: new Map(), variants: new Map(), problems: []};
  const picks = Object.entries(answers.components);
  const required = [...catalog.components.values()].filter(component => component.required);
  for (const {id} of required) include(catalog, id, answers.components[id], {kind: 'platform'}, closure);
  for (const [id, variant] of picks) include(catalog, id, variant, {kind: 'picked'}, closure);
  // A Map is iterated in insertion order and sees what is added meanwhile: the loop ends when nothing new is required.
  for (const [id, variant] of closure.variants) {
    for (const needed of variant.requires) include(catalog, needed, undefined, {kind: 'required', by: id}, closure);
  }
  return closure;
};

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
const phasePositions = (catalog: Catalog, {variants}: Closure): ReadonlyMap<string, number> => {
  const phases = catalog.platform.phases.map(({id}) => id);
  const own = (id: string) => phases.indexOf(catalog.components.get(id)?.phase ?? '');
  const positions = new Map([...variants.keys()].map(id => [id, own(id)]));
  const lower = (id: string, position: number): void => {
    if (position >= (positions.get(id) ?? -1)) return;
    positions.set(id, position);
    for (const needed of variants.get(id)?.requires ?? []) lower(needed, position);
  };
  for (const [id, variant] of variants) for (const needed of variant.requires) lower(needed, positions.get(id) ?? 0);
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
      return variant && because ? [{id, variant: variant.id, phase: catalog.platform.phases[position]?.id ?? '', because, position}] : [];
    })
    .sort((a, b) => a.position - b.position)
    .map(({position: _, ...component}) => component);
};
