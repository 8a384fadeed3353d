/** The catalogue as rows, one a variant: what it runs, how much memory it may take, under which licence. Pure. */
import type {Catalog, Component, Fragment, Variant} from '../catalog/catalog.ts';
import type {ServiceModel} from './model.ts';
import {interpolated, readServices} from './services.ts';

export interface CatalogRow {
  readonly component: string;
  readonly title: string;
  readonly variant: string;
  readonly phase: string;
  /** Images of the variant itself. */
  readonly images: readonly string[];
  /** Images that come with a choice, or with another component that is picked. */
  readonly optionalImages: readonly string[];
  /** Sum of the memory limits of the variant itself, bytes. */
  readonly memory: number;
  readonly networks: readonly string[];
  readonly licence: string;
}

interface Model {
  readonly networks?: Readonly<Record<string, unknown>> | null;
}

const modelOf = ({document}: Fragment): Model => document.toJS() as Model;

/** Said of an image that the operator names. */
const ownImage = 'your own';

const imageOf = ({image}: ServiceModel) => (image.startsWith('$') ? ownImage : image);

const imagesOf = (fragment: Fragment, phase: string): readonly string[] => [
  ...new Set(
    readServices(modelOf(fragment), phase)
      .map(imageOf)
      .filter(image => image !== ''),
  ),
];

const optionalFragments = (component: Component, variant: Variant): readonly Fragment[] => {
  const chosen = component.inputs.flatMap(({choices}) => choices.flatMap(({fragment}) => component.fragments.get(fragment ?? '') ?? []));
  const wired = component.wiring.filter(({variant: only = variant.id}) => only === variant.id).map(({fragment}) => fragment);
  return [...chosen, ...wired];
};

const rowsOf = (component: Component): readonly CatalogRow[] =>
  component.variants.map(variant => {
    const model = modelOf(variant.fragment);
    const services = readServices(interpolated(model, new Map()), component.phase);
    const images = imagesOf(variant.fragment, component.phase);
    const optional = optionalFragments(component, variant).flatMap(fragment => imagesOf(fragment, component.phase));
    return {
      component: component.id,
      title: component.title,
      variant: variant.id,
      phase: component.phase,
      images,
      optionalImages: [...new Set(optional)].filter(image => !images.includes(image)),
      memory: services.reduce((sum, {memoryLimit = 0}) => sum + memoryLimit, 0),
      networks: Object.keys(model.networks ?? {}),
      licence: component.licence,
    };
  });

export const catalogRows = (catalog: Catalog): readonly CatalogRow[] => [...catalog.components.values()].flatMap(rowsOf);

/** Every image that some selection needs, each once, but for those that the operator names. */
export const catalogImages = (catalog: Catalog): readonly string[] =>
  [...new Set(catalogRows(catalog).flatMap(({images, optionalImages}) => [...images, ...optionalImages]))]
    .filter(image => image !== ownImage)
    .sort();
