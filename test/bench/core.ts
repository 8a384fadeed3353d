/** What the pure core costs, for the whole platform. */
import {readdir, readFile} from 'node:fs/promises';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Catalog} from '../../source/catalog/catalog.ts';
import {type CatalogSources, parseCatalog} from '../../source/catalog/parse.ts';
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

export const parse = (sources: CatalogSources): Catalog => {
  const parsed = parseCatalog(sources);
  if (parsed.ok) return parsed.value;
  throw new Error(JSON.stringify(parsed.problems, null, 2));
};

/** Selects, renders and plans the largest tier; returns how much that was. */
export const runCore = (catalog: Catalog): {readonly services: number; readonly files: number} => {
  const selected = select(catalog, defaultAnswers(catalog, catalog.platform.tiers.at(-1)?.id));
  if (!selected.ok) throw new Error(JSON.stringify(selected.problems, null, 2));
  const rendered = render(catalog, selected.value);
  const services = readServices(mergeRendered(rendered, selected.value.values), 'observability');
  const observed = {engine: undefined, files: rendered.files.map(({path}) => ({path, state: 'new' as const})), lock: [], hashes: new Map()};
  makePlan({catalog, selection: selected.value, services, observed});
  return {services: services.length, files: rendered.files.length};
};
