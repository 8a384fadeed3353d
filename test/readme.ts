/** Writes the table of components in the README from the catalogue itself. */
import {readFile, writeFile} from 'node:fs/promises';
import {theCatalog} from './catalogue/support.ts';
import {withCatalogueTable} from './helpers/readme-table.ts';

const file = new URL('../README.md', import.meta.url);
await writeFile(file, withCatalogueTable(await readFile(file, 'utf8'), await theCatalog()));
