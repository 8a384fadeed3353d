/** The only reader of `compose/` and `assets/`. */
import {readdir, readFile} from 'node:fs/promises';
import {join, relative} from 'node:path';
import type {Result} from '../plan/problem.ts';
import type {Catalog} from './catalog.ts';
import {type CatalogSources, parseCatalog} from './parse.ts';

const readTree = async (root: string, folder: string): Promise<readonly (readonly [string, string])[]> => {
  const entries = await readdir(join(root, folder), {withFileTypes: true, recursive: true});
  const files = entries.filter(entry => entry.isFile() && !entry.name.startsWith('.'));
  return Promise.all(
    files.map(async entry => {
      const path = join(entry.parentPath, entry.name);
      return [relative(root, path).replaceAll('\\', '/'), await readFile(path, 'utf8')] as const;
    }),
  );
};

/** Reads the catalogue below a folder that holds `compose/` and `assets/`. */
export const loadCatalog = async (root: string): Promise<Result<Catalog>> => {
  const trees = await Promise.all([readTree(root, 'compose'), readTree(root, 'assets')]);
  const sources: CatalogSources = new Map(trees.flat().sort(([a], [b]) => a.localeCompare(b)));
  return parseCatalog(sources);
};
