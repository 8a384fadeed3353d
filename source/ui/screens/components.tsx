import type {Catalog} from '../../catalog/catalog.ts';
import type {Answers} from '../../plan/answers.ts';
import type {Deployed} from '../../plan/deployed.ts';
import {Body, listHeight} from '../components/body.tsx';
import {Frame} from '../components/frame.tsx';
import type {Hint} from '../components/key-hints.ts';
import {multiSelectRows} from '../components/multi-select/multi-select.ts';
import {textFieldLine} from '../components/text-field/text-field.ts';
import type {KnownOutlook} from '../hooks/use-outlook.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf, listWidth, proseWidth, type Size} from '../layout.ts';
import {blank, type Line, line, segment} from '../text/line.ts';
import type {Conflict} from '../wizard/conflicts.ts';
import {deployedIntro, markDeployed} from '../wizard/deployed.ts';
import {prospectOf} from '../wizard/outlook.ts';
import {matching, pickerSections} from '../wizard/picker.ts';
import {budgetAsides} from '../wizard/remark.ts';
import {rowDetail} from '../wizard/row-detail.ts';
import type {Filter} from '../wizard/state.ts';

const intro = 'What shall run here? Enter goes on with what is picked.';

const hints: readonly Hint[] = [
  {keys: 'Enter', does: 'continue'},
  {keys: 'Space', does: 'pick'},
  {keys: '?', does: 'help'},
  {keys: '/', does: 'filter'},
  {keys: 'right', does: 'settings'},
  {keys: 'Esc', does: 'back'},
  {keys: 'v', does: 'variant'},
  {keys: 'a', does: 'all'},
  {keys: 'q', does: 'quit'},
];

const filterHints: readonly Hint[] = [
  {keys: 'Enter', does: 'keep'},
  {keys: 'Esc', does: 'clear'},
  {keys: 'type', does: 'to filter'},
  {keys: 'up/down', does: 'move'},
  {keys: 'Ctrl+C', does: 'quit'},
];

/** Esc gives up a filter first. */
const filteredHints = hints.map(hint => (hint.keys === 'Esc' ? {...hint, does: 'show all'} : hint));

const hintsOf = ({typing, value}: Filter): readonly Hint[] => {
  if (typing) return filterHints;
  return value === '' ? hints : filteredHints;
};

/** Columns for the filter in the title row. */
const filterWidth = 16;

/** Nothing while there is no filter. */
const filterLine = (filter: Filter, shown: number, all: number): Line => {
  if (!filter.typing && filter.value === '') return blank;
  const text = filter.typing ? textFieldLine(filter, filterWidth) : [segment(filter.value.slice(0, filterWidth))];
  return [segment('/', 'accent'), ...text, segment(` ${shown} of ${all}`, 'muted')];
};

/** The first one of each component. */
const briefs = (conflicts: readonly Conflict[]): ReadonlyMap<string, string> =>
  new Map(conflicts.toReversed().map(({component, brief}) => [component, brief]));

/** Coming back to what is deployed says what is there; the first time says what the tier did. */
const introOf = (catalog: Catalog, deployed: Deployed | undefined): string => deployedIntro(catalog, deployed) ?? intro;

export interface ComponentsProps {
  readonly size: Size;
  readonly title: string;
  readonly catalog: Catalog;
  readonly answers: Answers;
  readonly outlook: KnownOutlook | undefined;
  readonly filter: Filter;
  /** What is there already. */
  readonly deployed: Deployed | undefined;
  readonly cursor: number;
  readonly notice: string | undefined;
}

export const Components = ({size, title, catalog, answers, deployed, outlook, filter, cursor, notice}: ComponentsProps) => {
  const {figures} = useTheme();
  const asked = introOf(catalog, deployed);
  const layout = layoutOf(size, asked);
  const all = markDeployed(pickerSections(catalog, answers), deployed);
  const sections = matching(all, filter.value);
  const shown = sections.flatMap(({rows}) => rows);
  const row = shown[cursor];
  const detailHeight = layout.roomy ? 4 : 2;
  const list = {sections, cursor, conflicts: briefs(outlook?.conflicts ?? []), figures};
  const {rows, cursorRow} = multiSelectRows({...list, width: listWidth(layout), height: listHeight(layout.height, detailHeight)});
  const prospect = row && outlook && prospectOf(catalog, answers, row, {...outlook, now: outlook});
  const count = all.reduce((sum, section) => sum + section.rows.length, 0);
  return (
    <Frame
      size={size}
      title={title}
      intro={asked}
      asides={outlook ? budgetAsides(outlook.budget) : []}
      note={filterLine(filter, shown.length, count)}
      hints={hintsOf(filter)}
    >
      <Body
        layout={layout}
        rows={shown.length > 0 ? rows : [line('Nothing has these words. Esc shows everything again.', 'muted')]}
        cursor={cursorRow}
        detail={rowDetail({catalog, row, outlook, prospect, notice, width: proseWidth(layout), roomy: layout.roomy})}
        detailHeight={detailHeight}
      />
    </Frame>
  );
};
