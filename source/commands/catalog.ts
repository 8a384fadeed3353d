import type {Catalog, Component} from '../catalog/catalog.ts';
import {formatMemory} from '../display/format.ts';
import {jsonText} from '../display/json.ts';
import {table} from '../display/tables.ts';
import {ExitCode} from '../errors.ts';
import {readServices} from '../plan/services.ts';
import type {Command} from './context.ts';

interface VariantRow {
  readonly component: string;
  readonly title: string;
  readonly variant: string;
  readonly phase: string;
  readonly images: readonly string[];
  /** Sum of the memory limits, bytes. */
  readonly memory: number;
  readonly networks: readonly string[];
  readonly licence: string;
}

const rowsOf = (component: Component): readonly VariantRow[] =>
  component.variants.map(variant => {
    const model = variant.fragment.document.toJS() as {networks?: Record<string, unknown>};
    const services = readServices(model, component.phase);
    return {
      component: component.id,
      title: component.title,
      variant: variant.id,
      phase: component.phase,
      images: [...new Set(services.map(({image}) => image))],
      memory: services.reduce((sum, {memoryLimit = 0}) => sum + memoryLimit, 0),
      networks: Object.keys(model.networks ?? {}),
      licence: component.licence,
    };
  });

const allRows = (catalog: Catalog) => [...catalog.components.values()].flatMap(rowsOf);

/** Components, variants, phase, images, memory, networks. */
export const catalogCommand: Command = async ({catalog, flags, out}) => {
  const rows = allRows(catalog);
  if (flags.json) out(`${jsonText(rows)}\n`);
  else {
    const columns = ['COMPONENT', 'VARIANT', 'PHASE', 'MEMORY', 'NETWORKS', 'IMAGES'].map(title => ({title}));
    const cells = rows.map(row => [
      row.component,
      row.variant,
      row.phase,
      formatMemory(row.memory),
      row.networks.join(' '),
      row.images.join(' '),
    ]);
    out(`${table(columns, cells).join('\n')}\n`);
  }
  return ExitCode.done;
};
