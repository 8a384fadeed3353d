/** Repeatable components -> a component of its own for every instance that the answers name: `webapp.shop` is `shop` of `webapp`. Pure. */
import type {Asset, Catalog, Choice, Component, Input, Instance, Link, Secret, Variant} from '../catalog/catalog.ts';
import type {Answers} from './answers.ts';
import type {Selection} from './selection.ts';

/** What the names of services, secrets, variables and files can all be made of. */
const instanceName = /^[a-z](?:[a-z0-9-]{0,22}[a-z0-9])?$/;

export const instanceNameRule = 'lower-case letters, digits and -, at most 24, beginning with a letter';

export const isInstanceName = (name: string): boolean => instanceName.test(name);

export const instanceId = ({base, name}: Instance): string => `${base}.${name}`;

/** The part of an id before its instance's name; the id itself when it has none. */
export const baseOf = (id: string): string => id.split('.', 1)[0] ?? id;

const upper = (text: string) => text.toUpperCase().replaceAll('-', '_');
const lower = (text: string) => text.replaceAll('-', '_');

/**
 * The base's name, where it stands as a word, becomes the instance's in the same spelling: `webapp` -> `webapp-shop`,
 * `webapp_password` -> `webapp_shop_password`, `WEBAPP_HOST` -> `WEBAPP_SHOP_HOST`.
 */
export const renamed = (text: string, instance: Instance | undefined): string => {
  if (!instance) return text;
  const {base, name} = instance;
  const word = (spelling: string, after: string) => new RegExp(`(?<![A-Za-z0-9])${spelling}${after}`, 'g');
  return text
    .replace(word(upper(base), '(?=_)'), `${upper(base)}_${upper(name)}`)
    .replace(word(lower(base), '(?=_)'), `${lower(base)}_${lower(name)}`)
    .replace(word(base, '(?![A-Za-z0-9_])'), `${base}-${name}`);
};

/** Variable that holds the instance's own name, such as `WEBAPP_SHOP_NAME`; written `WEBAPP_NAME` in the catalogue. */
export const nameVariable = (instance: Instance): string => renamed(`${upper(instance.base)}_NAME`, instance);

/** What a component is called where a dot has no place: in services, in folders. */
export const plainName = ({id, instance}: Pick<Component, 'id' | 'instance'>): string => (instance ? renamed(instance.base, instance) : id);

const secretOf = (secret: Secret, instance: Instance): Secret => {
  const id = renamed(secret.id, instance);
  switch (secret.kind) {
    case 'htpasswd':
      return {...secret, id, password: renamed(secret.password, instance)};
    case 'certificate':
      return {...secret, id, authority: renamed(secret.authority, instance), hosts: secret.hosts.map(host => renamed(host, instance))};
    default:
      return {...secret, id};
  }
};

const assetOf = (asset: Asset, instance: Instance): Asset => ({
  ...asset,
  to: renamed(asset.to, instance),
  fill: asset.fill.map(variable => renamed(variable, instance)),
});

const choiceOf = (choice: Choice, instance: Instance): Choice => ({
  ...choice,
  env: new Map([...choice.env].map(([key, value]) => [renamed(key, instance), renamed(value, instance)])),
  files: choice.files.map(asset => assetOf(asset, instance)),
  secrets: choice.secrets.map(secret => secretOf(secret, instance)),
});

const inputOf = (input: Input, instance: Instance): Input => ({
  ...input,
  env: renamed(input.env, instance),
  ...(input.default !== undefined && {default: renamed(input.default, instance)}),
  choices: input.choices.map(choice => choiceOf(choice, instance)),
});

const variantOf = (variant: Variant, instance: Instance): Variant => ({
  ...variant,
  files: variant.files.map(asset => assetOf(asset, instance)),
  secrets: variant.secrets.map(secret => secretOf(secret, instance)),
});

const linkOf = (link: Link, instance: Instance): Link => ({
  ...link,
  url: renamed(link.url, instance),
  ...(link.secret !== undefined && {secret: renamed(link.secret, instance)}),
});

/** Fragments and the text of assets keep the base's words until they are written. */
const instantiate = (component: Component, instance: Instance): Component => ({
  ...component,
  id: instanceId(instance),
  title: `${component.title} ${instance.name}`,
  repeatable: false,
  instance,
  inputs: component.inputs.map(input => inputOf(input, instance)),
  secrets: component.secrets.map(secret => secretOf(secret, instance)),
  files: component.files.map(asset => assetOf(asset, instance)),
  links: component.links.map(link => linkOf(link, instance)),
  variants: component.variants.map(variant => variantOf(variant, instance)),
});

/** Instances of a repeatable component that the answers name. */
const instancesOf = (base: string, answers: Pick<Answers, 'components' | 'settings'>): readonly Instance[] => {
  const ids = new Set([...Object.keys(answers.components), ...Object.keys(answers.settings)]);
  return [...ids].flatMap(id => {
    const name = id.slice(base.length + 1);
    return id.startsWith(`${base}.`) && isInstanceName(name) ? [{base, name}] : [];
  });
};

/** The catalogue with every instance beside what it was made from. The same catalogue when there is none to add. */
export const withInstances = (catalog: Catalog, answers: Pick<Answers, 'components' | 'settings'>): Catalog => {
  const wanted = [...catalog.components.values()]
    .filter(({repeatable}) => repeatable)
    .flatMap(({id}) => instancesOf(id, answers))
    .filter(instance => !catalog.components.has(instanceId(instance)));
  if (wanted.length === 0) return catalog;
  const components = [...catalog.components.values()].flatMap(component => [
    component,
    ...wanted.filter(({base}) => base === component.id).map(instance => instantiate(component, instance)),
  ]);
  return {...catalog, components: new Map(components.map(component => [component.id, component]))};
};

/** Also of an instance that the answers do not name any more. */
export const titleOf = (catalog: Catalog, id: string): string =>
  withInstances(catalog, {components: {[id]: ''}, settings: {}}).components.get(id)?.title ?? id;

/** The components of a selection, instances included, in its order. */
export const selectedComponents = (
  base: Catalog,
  {answers, components}: Pick<Selection, 'answers' | 'components'>,
): readonly Component[] => {
  const catalog = withInstances(base, answers);
  return components.flatMap(({id}) => catalog.components.get(id) ?? []);
};
