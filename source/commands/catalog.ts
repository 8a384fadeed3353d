import {formatMemory} from '../display/format.ts';
import {jsonText} from '../display/json.ts';
import {table} from '../display/tables.ts';
import {ExitCode} from '../errors.ts';
import {catalogRows} from '../plan/catalog-rows.ts';
import type {Command} from './context.ts';

/** Components, variants, phase, memory, licence, networks, images. */
export const catalogCommand: Command = async ({catalog, flags, out, print}) => {
  const rows = catalogRows(catalog);
  if (flags.json) out(`${jsonText(rows)}\n`);
  else {
    const columns = ['COMPONENT', 'VARIANT', 'PHASE', 'MEMORY', 'LICENCE', 'NETWORKS', 'IMAGES'].map(title => ({title}));
    const cells = rows.map(row => [
      row.component,
      row.variant,
      row.phase,
      formatMemory(row.memory),
      row.licence,
      row.networks.join(' '),
      [...row.images, ...row.optionalImages.map(image => `(${image})`)].join(' '),
    ]);
    print(table(columns, cells));
  }
  return ExitCode.done;
};
