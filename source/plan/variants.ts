/** Which variant of a component runs, told by what only that one has: containers carry no label for it. Pure. */
import {isMap} from 'yaml';
import type {Catalog, Component, Variant} from '../catalog/catalog.ts';
import {renamed, withInstances} from './instances.ts';
import type {ServiceModel} from './model.ts';
import type {Observed, ObservedContainer} from './observed.ts';
import {leftContainers} from './removal.ts';
import type {Selection} from './selection.ts';

export interface DeployedVariant {
  readonly component: Component;
  readonly deployed: Variant;
  readonly selected: Variant;
  /** Containers of the deployed variant that the selected one has no service for. */
  readonly containers: readonly ObservedContainer[];
}

export interface VariantInput {
  readonly catalog: Catalog;
  readonly selection: Selection;
  readonly services: readonly ServiceModel[];
  readonly observed: Observed;
}

const serviceNames = ({fragment}: Variant, {instance}: Component): readonly string[] => {
  const services = fragment.document.get('services');
  return isMap(services) ? services.items.map(({key}) => renamed(String(key), instance)) : [];
};

/** Components that the one can not do without and the other can: a database of its own, for example. */
const onlyRequired = (one: Variant, other: Variant): readonly string[] => {
  const needed = other.requires.map(({component}) => component);
  return one.requires.map(({component}) => component).filter(id => !needed.includes(id));
};

/** Selected components of which services run that belong to another of their variants, or that kept their data in a component which only that one needs. */
export const replacedVariants = ({catalog: base, selection, services, observed}: VariantInput): readonly DeployedVariant[] => {
  const catalog = withInstances(base, selection.answers);
  const left = leftContainers({services, observed});
  const runs = new Set(observed.engine?.containers.map(({component}) => component));
  const isSelected = (id: string) => selection.components.some(component => component.id === id);
  return selection.components.flatMap(({id, variant}) => {
    const component = catalog.components.get(id);
    const selected = component?.variants.find(one => one.id === variant);
    if (!component || !selected || !runs.has(id)) return [];
    return component.variants
      .filter(deployed => deployed !== selected)
      .map(deployed => {
        const names = serviceNames(deployed, component);
        const own = left.filter(container => container.component === id && names.includes(container.service));
        const isNew = onlyRequired(selected, deployed).some(needed => !runs.has(needed));
        const needed = isNew ? onlyRequired(deployed, selected).filter(other => !isSelected(other)) : [];
        const required = left.filter(container => container.component !== undefined && needed.includes(container.component));
        return {component, deployed, selected, containers: [...own, ...required]};
      })
      .filter(({containers}) => containers.length > 0)
      .slice(0, 1);
  });
};
