/** What is written about the catalogue elsewhere says the same as the catalogue. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {catalogImages} from '../../source/plan/catalog-rows.ts';
import {withCatalogueTable} from '../helpers/readme-table.ts';
import {root, theCatalog} from './support.ts';

test('the table in the README is what the catalogue says today; if not: npm run readme', async () => {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  expect(readme).toBe(withCatalogueTable(readme, await theCatalog()));
});

test('of every image it is written down where its name and version come from, and of no other', async () => {
  const images: Record<string, string | {source: string}> = parse(await readFile(join(root, 'compose/images.yaml'), 'utf8'));
  const sources = Object.fromEntries(Object.entries(images).map(([image, of]) => [image, typeof of === 'string' ? of : of.source]));
  expect(Object.keys(sources).sort()).toEqual([...catalogImages(await theCatalog())]);
  expect(Object.entries(sources).filter(([, source]) => source.length < 20)).toEqual([]);
});
