/** Which parts of a component a selection takes. Pure. */
import type {Choice, Component, Secret, Variant} from '../catalog/catalog.ts';
import {baseOf} from './instances.ts';
import type {Selection} from './selection.ts';

type Taken = Pick<Selection, 'components' | 'choices'>;

export const chosen = (component: Component, {choices}: Taken): readonly Choice[] =>
  [...(choices.get(component.id) ?? [])].flatMap(
    ([input, value]) => component.inputs.find(({id}) => id === input)?.choices.find(({id}) => id === value) ?? [],
  );

/** Whether a component, or an instance of it, is selected. */
export const isSelected = ({components}: Taken, id: string | undefined): boolean =>
  id === undefined || components.some(({id: selected}) => selected === id || baseOf(selected) === id);

export const variantOf = (component: Component, {components}: Taken): Variant | undefined => {
  const selected = components.find(({id}) => id === component.id);
  return component.variants.find(({id}) => id === selected?.variant);
};

export const componentSecrets = (component: Component, taken: Taken): readonly Secret[] =>
  [
    ...component.secrets,
    ...(variantOf(component, taken)?.secrets ?? []),
    ...chosen(component, taken).flatMap(choice => choice.secrets),
  ].filter(secret => isSelected(taken, secret.with));
