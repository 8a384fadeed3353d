import type {Component} from '../../catalog/catalog.ts';
import {Body} from '../components/body.tsx';
import {Frame} from '../components/frame.tsx';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf, listWidth, proseWidth, type Size} from '../layout.ts';
import {blank, type Line, line, paragraph, segment} from '../text/line.ts';
import {padTo, widthOf} from '../text/width.ts';
import type {Figures} from '../theme.ts';
import type {InstanceRow} from '../wizard/instances.ts';

export interface InstancesProps {
  readonly size: Size;
  readonly title: string;
  /** What these are instances of. */
  readonly component: Component | undefined;
  readonly rows: readonly InstanceRow[];
  readonly cursor: number;
  /** Id of the one that is about to be removed. */
  readonly removing: string | undefined;
}

const hints = [
  {keys: 'Enter', does: 'settings'},
  {keys: 'n', does: 'add'},
  {keys: 'r', does: 'rename'},
  {keys: 'x', does: 'remove'},
  {keys: 'Esc', does: 'back'},
  {keys: '?', does: 'help'},
  {keys: 'q', does: 'quit'},
];

const emptyHints = [{keys: 'Enter', does: 'add one'}, ...hints.slice(4)];

const removingHints = [
  {keys: 'y', does: 'remove it'},
  {keys: 'n', does: 'keep it'},
  {keys: 'Ctrl+C', does: 'quit'},
];

const columnsOf = (rows: readonly InstanceRow[], width: number) => {
  const widest = (texts: readonly string[], share: number) => Math.min(Math.max(0, ...texts.map(widthOf)), Math.floor(width * share)) + 2;
  return {
    name: widest(
      rows.map(row => row.name),
      0.3,
    ),
    host: widest(
      rows.map(({host = ''}) => host),
      0.4,
    ),
  };
};

const rowLine = (
  row: InstanceRow,
  focused: boolean,
  columns: ReturnType<typeof columnsOf>,
  {pointer, warning, ellipsis}: Figures,
): Line => {
  const {name, host = '', image, missing} = row;
  const marker = focused ? segment(`${pointer} `, 'focus') : segment(missing.length > 0 ? `${warning} ` : '  ', 'warning');
  const end = missing.length > 0 ? segment(`needs ${missing.join(', ')}`, 'warning') : segment(image ?? '', 'muted');
  return [
    marker,
    segment(padTo(name, columns.name, ellipsis), focused ? 'strong' : 'plain'),
    segment(padTo(host, columns.host, ellipsis)),
    end,
  ];
};

const removalText = ({name}: InstanceRow) =>
  `Remove ${name} and its settings from the answers? If it is deployed, the review says what that removes there; volumes are kept. y removes, n keeps.`;

const detailOf = (row: InstanceRow | undefined, removing: boolean, width: number): readonly Line[] => {
  if (!row) return [];
  if (removing) return paragraph(removalText(row), width, 'warning');
  if (row.missing.length > 0)
    return paragraph(`${row.name} still needs ${row.missing.join(', ')}: Enter opens its settings.`, width, 'warning');
  return paragraph([row.image, row.host].filter(Boolean).join(', answers at '), width, 'muted');
};

/** What was picked of a repeatable component. */
export const Instances = ({size, title, component, rows, cursor, removing}: InstancesProps) => {
  const {figures} = useTheme();
  const kind = component?.title ?? '';
  const intro = `${kind}: each is one of its own, with its own settings. Esc goes back to the picks.`;
  const layout = layoutOf(size, intro);
  const width = listWidth(layout);
  const place = Math.min(cursor, rows.length - 1);
  const columns = columnsOf(rows, width);
  const list =
    rows.length > 0
      ? rows.map((row, index) => rowLine(row, index === place, columns, figures))
      : [line('None yet: Enter adds one.', 'muted')];
  const detail = [...(layout.roomy ? [blank] : []), ...detailOf(rows[place], removing !== undefined, proseWidth(layout))];
  const shownHints = removing !== undefined ? removingHints : rows.length > 0 ? hints : emptyHints;
  return (
    <Frame size={size} title={title} intro={intro} hints={shownHints}>
      <Body layout={layout} rows={list} cursor={Math.max(0, place)} detail={detail} detailHeight={4} />
    </Frame>
  );
};
