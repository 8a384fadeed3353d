/** What a component can bring along, whatever is chosen. Pure. */
import type {Asset, Component, Secret} from './catalog.ts';

export const allAssets = (component: Component): readonly Asset[] => [
  ...component.files,
  ...component.variants.flatMap(variant => variant.files),
  ...component.inputs.flatMap(input => input.choices.flatMap(choice => choice.files)),
];

export const allSecrets = (component: Component): readonly Secret[] => [
  ...component.secrets,
  ...component.variants.flatMap(variant => variant.secrets),
  ...component.inputs.flatMap(input => input.choices.flatMap(choice => choice.secrets)),
];
