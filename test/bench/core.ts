/** What the pure core costs, for a catalogue as large as the whole platform. */
import {readdir, readFile} from 'node:fs/promises';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Catalog} from '../../source/catalog/catalog.ts';
import {type CatalogSources, parseCatalog} from '../../source/catalog/parse.ts';
import type {Answers} from '../../source/plan/answers.ts';
import {makePlan} from '../../source/plan/make-plan.ts';
import {render} from '../../source/plan/render.ts';
import {defaultAnswers, select} from '../../source/plan/select.ts';
import {mergeRendered, readServices} from '../../source/plan/services.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const readSources = async (): Promise<CatalogSources> => {
  const entries = await Promise.all(
    ['compose', 'assets'].map(folder => readdir(join(root, folder), {withFileTypes: true, recursive: true})),
  );
  const paths = entries.flat().flatMap(entry => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
  return new Map(await Promise.all(paths.map(async path => [relative(root, path), await readFile(path, 'utf8')] as const)));
};

const componentsOf = (sources: CatalogSources) => [
  ...new Set([...sources.keys()].flatMap(path => /^compose\/([^/]+)\//.exec(path)?.[1] ?? [])),
];

/** Another set of the same components under other names: ids, variables and secrets are told apart by a number. */
const renamed = (sources: CatalogSources, ids: readonly string[], number: number): CatalogSources => {
  const words = ids.map(id => id.replaceAll('-', '[-_]')).sort((a, b) => b.length - a.length);
  const rename = (text: string) =>
    text
      .replace(new RegExp(`\\b(${words.join('|')})(?![a-z])`, 'g'), `$1${number}`)
      .replace(
        /\b(env: |\$\{)([A-Z][A-Z0-9_]*)/g,
        (_, before: string, name: string) => `${before}${/^(DOMAIN|DOCKER_|.*_SUBNET)/.test(name) ? name : `N${number}_${name}`}`,
      )
      .replace(/\bplatform_ca\b/g, `platform_ca${number}`)
      .replace(/^required: true$/m, 'required: false');
  return new Map([...sources].filter(([path]) => path !== 'compose/platform.yaml').map(([path, text]) => [rename(path), rename(text)]));
};

/** The catalogue as it is, so many times side by side. */
export const enlarge = (sources: CatalogSources, times: number): CatalogSources => {
  const ids = componentsOf(sources);
  const copies = Array.from({length: times - 1}, (_, index) => renamed(sources, ids, index + 2));
  return new Map([...sources, ...copies.flatMap(copy => [...copy])]);
};

/** Every component, with a port of its own wherever one is asked for. */
const everything = (catalog: Catalog): Answers => {
  const ports = [...catalog.components.values()].flatMap(({id, inputs}) =>
    inputs.filter(({type}) => type === 'port').map(input => ({component: id, input: input.id})),
  );
  const settings = new Map<string, Record<string, string>>();
  for (const [index, {component, input}] of ports.entries()) {
    settings.set(component, {...settings.get(component), [input]: String(8000 + index)});
  }
  return {
    ...defaultAnswers(catalog),
    components: Object.fromEntries([...catalog.components.keys()].map(id => [id, 'standalone'])),
    settings: Object.fromEntries(settings),
  };
};

export const parse = (sources: CatalogSources): Catalog => {
  const parsed = parseCatalog(sources);
  if (parsed.ok) return parsed.value;
  throw new Error(JSON.stringify(parsed.problems, null, 2));
};

/** Selects, renders and plans; returns how much that was. */
export const runCore = (catalog: Catalog): {readonly services: number; readonly files: number} => {
  const selected = select(catalog, everything(catalog));
  if (!selected.ok) throw new Error(JSON.stringify(selected.problems, null, 2));
  const rendered = render(catalog, selected.value);
  const services = readServices(mergeRendered(rendered, selected.value.values), 'observability');
  const observed = {engine: undefined, files: rendered.files.map(({path}) => ({path, state: 'new' as const})), hashes: new Map()};
  makePlan({catalog, selection: selected.value, services, observed});
  return {services: services.length, files: rendered.files.length};
};
