/** Questions of the catalogue: what they depend on, and what their choices require. Pure. */
import type {Problem} from '../plan/problem.ts';
import type {Catalog, Input, Requirement} from './catalog.ts';
import {known} from './check-fragment.ts';
import {placeOf, type YamlFile} from './document.ts';

const checkWhen = (input: Input, earlier: readonly Input[], variants: readonly string[], where: string): readonly Problem[] =>
  Object.entries(input.when ?? {}).flatMap(([id, values]) => {
    if (id === 'variant') return values.flatMap(value => known(where, 'variant', value, variants));
    const other = earlier.find(candidate => candidate.id === id);
    if (!other)
      return known(
        where,
        'earlier input',
        id,
        earlier.map(candidate => candidate.id),
      );
    const choices = other.choices.map(choice => choice.id);
    return choices.length === 0 ? [] : values.flatMap(value => known(where, `choice of ${id}`, value, choices));
  });

/** `component` or `component:variant`, of a variant or of a choice. */
export const checkRequirement = ({components}: Catalog, {component, variant}: Requirement, where: string): readonly Problem[] => {
  const found = components.get(component);
  if (!found) return known(where, 'component', component, [...components.keys()]);
  if (found.repeatable) return [{where, what: `"${component}" is picked under names, so nothing can require it.`, next: 'Remove it.'}];
  const variants = found.variants.map(({id}) => id);
  return variant === undefined ? [] : known(where, `variant of ${component}`, variant, variants);
};

export const checkInputs = (
  catalog: Catalog,
  file: YamlFile,
  inputs: readonly Input[],
  variants: readonly string[] = [],
): readonly Problem[] =>
  inputs.flatMap((input, index) => {
    const {platform} = catalog;
    const where = placeOf(file, ['inputs', index]);
    const earlier = inputs.slice(0, index).map(({id}) => id);
    const environments = platform.environments.map(({id}) => id);
    const choice = input.type === 'choice';
    return [
      ...checkWhen(input, inputs.slice(0, index), variants, where),
      ...input.choices.flatMap(({requires}) => requires.flatMap(requirement => checkRequirement(catalog, requirement, where))),
      ...(input.id === 'variant' ? [{where, what: 'An input can not be called "variant".', next: 'Give it another id.'}] : []),
      ...input.choices.flatMap(({environments: only = []}) => only.flatMap(id => known(where, 'environment', id, environments))),
      ...(choice === input.choices.length > 0
        ? []
        : [{where, what: `"${input.id}" is of type ${input.type}.`, next: choice ? 'Give it choices.' : 'Remove its choices.'}]),
      ...(earlier.includes(input.id) ? [{where, what: `There are two inputs "${input.id}".`, next: 'Rename one.'}] : []),
    ];
  });
