import type {Catalog} from '../../source/catalog/catalog.ts';
import {formatMemory} from '../../source/display/format.ts';
import {type CatalogRow, catalogRows} from '../../source/plan/catalog-rows.ts';

const [begin, end] = ['<!-- catalogue -->', '<!-- /catalogue -->'];

const code = (images: readonly string[]) => images.map(image => `\`${image}\``).join(', ');

const imagesCell = ({images, optionalImages}: CatalogRow) =>
  [code(images), ...(optionalImages.length > 0 ? [`as needed ${code(optionalImages)}`] : [])].join('; ');

const rowOf = (row: CatalogRow, phase: string) =>
  `| ${[phase, row.title, `\`${row.component}:${row.variant}\``, imagesCell(row), formatMemory(row.memory), row.licence].join(' | ')} |`;

/** The README with its table of components written anew between the two marks. */
export const withCatalogueTable = (readme: string, catalog: Catalog): string => {
  const titles = new Map(catalog.platform.phases.map(({id, title}) => [id, title]));
  const rows = catalogRows(catalog).map(row => rowOf(row, titles.get(row.phase) ?? row.phase));
  const table = ['| Phase | Component | Pick | Images | Memory | Licence |', '|---|---|---|---|---|---|', ...rows].join('\n');
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`README.md has no ${begin} ... ${end}`);
  return `${before}${begin}\n${table}\n${end}${after}`;
};
