import type {Catalog} from '../../catalog/catalog.ts';
import type {Answers} from '../../plan/answers.ts';
import type {Deployed} from '../../plan/deployed.ts';
import {Body, listHeight} from '../components/body.tsx';
import {Frame} from '../components/frame.tsx';
import {multiSelectRows} from '../components/multi-select/multi-select.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {type Layout, layoutOf, listWidth, proseWidth, type Size} from '../layout.ts';
import {blank, type Line, line, paragraph} from '../text/line.ts';
import {deployedIntro, markDeployed} from '../wizard/deployed.ts';
import {type PickerRow, type PickerSection, pickerSections} from '../wizard/picker.ts';

const intro = 'What shall run here? The tier made a start; what a pick needs comes along.';

const hints = [
  {keys: 'Enter', does: 'continue'},
  {keys: 'Space', does: 'pick'},
  {keys: 'Esc', does: 'back'},
  {keys: '?', does: 'help'},
  {keys: 's', does: 'settings'},
  {keys: 'left/right', does: 'variant'},
  {keys: 'q', does: 'quit'},
];

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

const needs = ({component, variant}: PickerRow, catalog: Catalog): Line => {
  const titles = (ids: readonly string[]) => ids.map(id => catalog.components.get(id)?.title ?? id).join(', ');
  const parts = [
    ...(variant && variant.requires.length > 0 ? [`Needs ${titles(variant.requires.map(({component: needed}) => needed))}`] : []),
    ...(component.requiresOneOf.length > 0 ? [`Needs one of ${titles(component.requiresOneOf)}`] : []),
    ...(component.recommends.length > 0 ? [`Goes well with ${titles(component.recommends)}`] : []),
    component.licence,
  ];
  return line(parts.join('. '), 'muted');
};

const counts = (sections: readonly PickerSection[]): string => {
  const rows = sections.flatMap(section => section.rows);
  const picked = rows.filter(({mark}) => mark === 'picked').length;
  const along = rows.filter(({mark}) => mark === 'required' || mark === 'platform').length;
  return `${picked} picked, ${along} more come along`;
};

const detailRows = (row: PickerRow | undefined, notice: string | undefined, catalog: Catalog, layout: Layout): readonly Line[] => {
  const width = proseWidth(layout);
  if (notice) return paragraph(notice, width, 'warning');
  if (!row) return [];
  const {component, variant} = row;
  const variantText = component.variants.length > 1 && variant ? ` ${variant.title}: ${sentence(variant.summary)}` : '';
  const about = `${sentence(component.summary)}${variantText}`;
  return [...(layout.roomy ? paragraph(about, width).slice(0, 2) : [line(about)]), needs(row, catalog)];
};

/** Coming back to what is deployed says what is there; the first time says what the tier did. */
const introOf = (catalog: Catalog, deployed: Deployed | undefined): string => deployedIntro(catalog, deployed) ?? intro;

export interface ComponentsProps {
  readonly size: Size;
  readonly title: string;
  readonly catalog: Catalog;
  readonly answers: Answers;
  /** What is there already. */
  readonly deployed: Deployed | undefined;
  readonly cursor: number;
  readonly notice: string | undefined;
}

export const Components = ({size, title, catalog, answers, deployed, cursor, notice}: ComponentsProps) => {
  const {figures} = useTheme();
  const layout = layoutOf(size, introOf(catalog, deployed));
  const sections = markDeployed(pickerSections(catalog, answers), deployed);
  const detailHeight = layout.roomy ? 4 : 2;
  const height = listHeight(layout.height, detailHeight);
  const {rows, cursorRow} = multiSelectRows({sections, cursor, width: listWidth(layout), height, figures});
  const row = sections.flatMap(section => section.rows)[cursor];
  const detail = [...(layout.roomy ? [blank] : []), ...detailRows(row, notice, catalog, layout)];
  return (
    <Frame size={size} title={title} intro={introOf(catalog, deployed)} aside={counts(sections)} hints={hints}>
      <Body layout={layout} rows={rows} cursor={cursorRow} detail={detail} detailHeight={detailHeight} />
    </Frame>
  );
};
