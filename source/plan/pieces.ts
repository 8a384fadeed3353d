/** Which fragments of the catalogue make up a component's part of its overlay. Pure. */
import {isMap, type ParsedNode, visit, type YAMLMap} from 'yaml';
import type {Catalog, Component, Fragment, Instance, Wiring} from '../catalog/catalog.ts';
import {baseOf, renamed} from './instances.ts';
import type {SelectedComponent, Selection} from './selection.ts';

/** A fragment with the instance whose words it takes. */
export interface Piece {
  readonly fragment: Fragment;
  readonly instance: Instance | undefined;
}

const matches = ({variant, choice}: Wiring, selected: SelectedComponent, other: string, selection: Selection) =>
  (variant === undefined || variant === selected.variant) &&
  (choice === undefined || selection.choices.get(other)?.get(choice.input) === choice.choice);

/** The variant, what was chosen, and the wiring to what else is selected, in the order in which they are merged. */
export const piecesOf = (component: Component, selected: SelectedComponent, selection: Selection, catalog: Catalog): readonly Piece[] => {
  const {instance} = component;
  const variant = component.variants.find(({id}) => id === selected.variant);
  const chosen = [...(selection.choices.get(component.id) ?? [])].flatMap(([input, value]) => {
    const choice = component.inputs.find(({id}) => id === input)?.choices.find(({id}) => id === value);
    return choice?.fragment ? (component.fragments.get(choice.fragment) ?? []) : [];
  });
  const wired = selection.components.flatMap(({id}) =>
    component.wiring
      .filter(wiring => wiring.other === baseOf(id) && matches(wiring, selected, id, selection))
      .map(({fragment}) => ({fragment, instance: instance ?? catalog.components.get(id)?.instance})),
  );
  return [...[...(variant ? [variant.fragment] : []), ...chosen].map(fragment => ({fragment, instance})), ...wired];
};

/** The fragment's own document, so that it can be changed. */
export const contentsOf = ({fragment, instance}: Piece): YAMLMap | undefined => {
  const contents = (fragment.document.contents as ParsedNode | null)?.clone();
  if (!isMap(contents)) return undefined;
  if (instance) {
    visit(contents, {
      Scalar: (_, node) => {
        if (typeof node.value === 'string') node.value = renamed(node.value, instance);
      },
    });
  }
  return contents;
};
