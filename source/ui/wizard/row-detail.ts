/** What is said below the picker about the row under the cursor. Pure. */
import type {Catalog} from '../../catalog/catalog.ts';
import {formatMemory} from '../../display/format.ts';
import {blank, type Line, line, paragraph, segment} from '../text/line.ts';
import type {Outlook, Prospect} from './outlook.ts';
import type {PickerRow} from './picker.ts';

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** `+1.2 GiB, leaves 0.4 GiB`. */
const memoryText = ({mark}: PickerRow, {memory, left}: Prospect): string => {
  if (mark === 'picked') return memory === 0 ? '' : `Takes ${formatMemory(memory)}`;
  if (left === undefined) return `+${formatMemory(memory)}`;
  return left < 0
    ? `+${formatMemory(memory)}, ${formatMemory(-left)} more than there is`
    : `+${formatMemory(memory)}, leaves ${formatMemory(left)}`;
};

const needs = ({component, variant}: PickerRow, catalog: Catalog): readonly string[] => {
  const titles = (ids: readonly string[]) => ids.map(id => catalog.components.get(id)?.title ?? id).join(', ');
  return [
    ...(variant && variant.requires.length > 0 ? [`Needs ${titles(variant.requires.map(({component: needed}) => needed))}`] : []),
    ...(component.requiresOneOf.length > 0 ? [`Needs one of ${titles(component.requiresOneOf)}`] : []),
    ...(component.recommends.length > 0 ? [`Goes well with ${titles(component.recommends)}`] : []),
    component.licence,
  ];
};

const facts = (row: PickerRow, prospect: Prospect | undefined, catalog: Catalog): Line => {
  const memory = prospect ? memoryText(row, prospect) : '';
  const tone = (prospect?.left ?? 0) < 0 && row.mark === 'off' ? 'warning' : 'plain';
  const rest = needs(row, catalog).join('. ');
  return memory === '' ? line(rest, 'muted') : [segment(`${memory}. `, tone), segment(rest, 'muted')];
};

export interface RowDetail {
  readonly catalog: Catalog;
  readonly row: PickerRow | undefined;
  readonly outlook: Outlook | undefined;
  readonly prospect: Prospect | undefined;
  readonly notice: string | undefined;
  readonly width: number;
  /** There are rows for all of it. */
  readonly roomy: boolean;
}

/** What just happened, what is wrong at the row or would be, what it takes, what it is: the most urgent first. */
export const rowDetail = ({catalog, row, outlook, prospect, notice, width, roomy}: RowDetail): readonly Line[] => {
  const gap = roomy ? [blank] : [];
  if (!row) return [...gap, ...(notice ? paragraph(notice, width, 'warning') : [])];
  const {component, variant} = row;
  const here = (outlook?.conflicts ?? []).filter(conflict => conflict.component === component.id);
  const wrong = [...here, ...(prospect?.conflicts ?? [])].flatMap(({text}) => paragraph(text, width, 'warning'));
  const urgent = [...(notice ? paragraph(notice, width, 'warning') : []), ...wrong];
  const variantText = component.variants.length > 1 && variant ? ` ${variant.title}: ${sentence(variant.summary)}` : '';
  const text = `${sentence(component.summary)}${variantText}`;
  const about = roomy && urgent.length === 0 ? paragraph(text, width).slice(0, 2) : [line(text)];
  const takes = facts(row, prospect, catalog);
  return [...gap, ...urgent, ...(urgent.length > 0 ? [takes, ...about] : [...about, takes])];
};
