/** Documents -> Catalog, with every problem of every file at once. Pure. */
import type {Problem, Result} from '../plan/problem.ts';
import type {Asset, Catalog, Choice, Component, Fragment, Input, Platform, Requirement, Secret, Variant, Wiring} from './catalog.ts';
import {type CheckedComponent, checkReferences} from './check.ts';
import {checkShape, readYaml, type YamlFile} from './document.ts';
import {
  type ComponentDocument,
  componentSchema,
  type InputDocument,
  imagesSchema,
  type PlatformDocument,
  platformSchema,
} from './schema.ts';
import {readWiringName} from './wiring-name.ts';

/** Text files by path, `compose/...` and `assets/...`. */
export type CatalogSources = ReadonlyMap<string, string>;

type AssetDocument = ComponentDocument['files'][number];
type SecretDocument = ComponentDocument['secrets'][number];
type RequirementDocument = ComponentDocument['variants'][string]['requires'][number];

// An optional key of a document may be there without a value; in our own types it is there with one, or not at all.
const assetOf = ({into, with: other, ...asset}: AssetDocument): Asset => ({
  ...asset,
  ...(into !== undefined && {into}),
  ...(other !== undefined && {with: other}),
});

const secretOf = ({with: other, ...secret}: SecretDocument): Secret => ({...secret, ...(other !== undefined && {with: other})});

const requirementOf = ({component, variant}: RequirementDocument): Requirement => ({component, ...(variant !== undefined && {variant})});

const choiceOf = ({env, ...choice}: InputDocument['choices'][number]): Choice => ({
  id: choice.id,
  title: choice.title,
  summary: choice.summary,
  ...(choice.domains && {domains: choice.domains}),
  ...(choice.environments && {environments: choice.environments}),
  env: new Map(Object.entries(env)),
  requires: choice.requires.map(requirementOf),
  ...(choice.fragment && {fragment: choice.fragment}),
  files: choice.files.map(assetOf),
  secrets: choice.secrets.map(secretOf),
  ...(choice.notice && {notice: choice.notice}),
});

const inputOf = (input: InputDocument): Input => ({
  id: input.id,
  title: input.title,
  help: input.help,
  type: input.type,
  env: input.env,
  ...(input.default !== undefined && {default: input.default}),
  ...(input.example !== undefined && {example: input.example}),
  ...(input.min !== undefined && {min: input.min}),
  ...(input.max !== undefined && {max: input.max}),
  early: input.early,
  ...(input.when && {when: input.when}),
  choices: input.choices.map(choiceOf),
});

const platformOf = (document: PlatformDocument): Platform => ({
  ...document,
  overlays: document.overlays.map(({id, number, name}) => ({id, number, ...(name !== undefined && {name})})),
  inputs: document.inputs.map(inputOf),
});

/** Files of a component's folder, by name. */
const filesIn = (sources: CatalogSources, folder: string): ReadonlyMap<string, string> =>
  new Map([...sources].flatMap(([path, text]) => (path.startsWith(folder) ? [[path.slice(folder.length), text] as const] : [])));

const componentFiles = (sources: CatalogSources): readonly string[] =>
  [...new Set([...sources.keys()].flatMap(path => /^compose\/([^/]+)\//.exec(path)?.[1] ?? []))].sort();

const asFragment = (file: YamlFile): Fragment => ({path: file.path, document: file.document});

const variantsOf = (variants: ComponentDocument['variants'], fragments: ReadonlyMap<string, YamlFile>): readonly Variant[] =>
  Object.entries(variants).flatMap(([id, {title, summary, requires, conflicts, files, secrets}]) => {
    const file = fragments.get(`${id}.yaml`);
    const lists = {requires: requires.map(requirementOf), conflicts, files: files.map(assetOf), secrets: secrets.map(secretOf)};
    return file ? [{id, title, summary, ...lists, fragment: asFragment(file)}] : [];
  });

const wiringOf = (fragments: ReadonlyMap<string, YamlFile>): readonly Wiring[] =>
  [...fragments].flatMap(([name, file]) => {
    const condition = readWiringName(name);
    return condition ? [{...condition, fragment: asFragment(file)}] : [];
  });

const componentOf = (
  id: string,
  {requires_one_of, inputs, variants, files, secrets, ...document}: ComponentDocument,
  fragments: ReadonlyMap<string, YamlFile>,
  assets: ReadonlyMap<string, string>,
): Component => ({
  ...document,
  id,
  requiresOneOf: requires_one_of,
  inputs: inputs.map(inputOf),
  files: files.map(assetOf),
  secrets: secrets.map(secretOf),
  links: document.links.map(({title, url, user, secret}) => ({title, url, ...(user && {user}), ...(secret && {secret})})),
  variants: variantsOf(variants, fragments),
  wiring: wiringOf(fragments),
  fragments: new Map([...fragments].map(([name, file]) => [name, asFragment(file)])),
  assets,
});

const readComponent = (id: string, sources: CatalogSources): {component?: CheckedComponent; problems: readonly Problem[]} => {
  const files = filesIn(sources, `compose/${id}/`);
  const path = `compose/${id}/component.yaml`;
  const metadata = files.get('component.yaml');
  if (metadata === undefined) {
    return {problems: [{where: `compose/${id}`, what: 'The folder has no component.yaml.', next: 'Add one, or remove the folder.'}]};
  }
  const others = [...files].filter(([name]) => name !== 'component.yaml');
  const fragments = new Map(others.map(([name, text]) => [name, readYaml(`compose/${id}/${name}`, text)]));
  const file = readYaml(path, metadata);
  const {value, problems} = checkShape(file, componentSchema);
  const broken = [...fragments.values()].flatMap(fragment => fragment.problems);
  if (!value || broken.length > 0) return {problems: [...problems, ...broken]};
  const component = componentOf(id, value, fragments, filesIn(sources, `assets/${id}/`));
  return {component: {component, file, fragments, variantIds: Object.keys(value.variants)}, problems: []};
};

const inPhaseOrder = (platform: Platform, components: readonly Component[]): ReadonlyMap<string, Component> => {
  const phases = platform.phases.map(({id}) => id);
  const sorted = [...components].sort((a, b) => phases.indexOf(a.phase) - phases.indexOf(b.phase) || a.id.localeCompare(b.id));
  return new Map(sorted.map(component => [component.id, component]));
};

const readImageSizes = (sources: CatalogSources): {sizes: ReadonlyMap<string, number>; problems: readonly Problem[]} => {
  const path = 'compose/images.yaml';
  const text = sources.get(path);
  const {value, problems} = checkShape(readYaml(path, text ?? '{}'), imagesSchema);
  const sizes = Object.entries(value ?? {}).flatMap(([image, of]) => (typeof of === 'string' ? [] : [[image, of.size] as const]));
  return {sizes: new Map(sizes), problems};
};

/** Reads the whole catalogue; fails with all problems of all files. */
export const parseCatalog = (sources: CatalogSources): Result<Catalog> => {
  const path = 'compose/platform.yaml';
  const file = readYaml(path, sources.get(path) ?? '');
  const platform = checkShape(file, platformSchema);
  const read = componentFiles(sources).map(id => readComponent(id, sources));
  const images = readImageSizes(sources);
  const problems = [...platform.problems, ...images.problems, ...read.flatMap(component => component.problems)];
  if (!platform.value || problems.length > 0) return {ok: false, problems};
  const checked = read.flatMap(({component}) => component ?? []);
  const catalog: Catalog = {
    platform: platformOf(platform.value),
    components: inPhaseOrder(
      platformOf(platform.value),
      checked.map(({component}) => component),
    ),
    imageSizes: images.sizes,
  };
  const wrong = checkReferences(catalog, file, checked);
  return wrong.length > 0 ? {ok: false, problems: wrong} : {ok: true, value: catalog};
};
