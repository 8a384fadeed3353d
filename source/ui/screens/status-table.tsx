import {useMemo} from 'react';
import {healthSentences} from '../../display/health-sentence.ts';
import type {ServiceStatus, StatusSnapshot} from '../../plan/service-status.ts';
import {Body, listHeight} from '../components/body.tsx';
import {errorPanel} from '../components/error-panel.ts';
import {Frame} from '../components/frame.tsx';
import type {Hint} from '../components/key-hints.ts';
import {Rows} from '../components/rows.tsx';
import {windowAround} from '../components/viewport/viewport-state.ts';
import {useKeys} from '../hooks/use-keys.tsx';
import {useSight} from '../hooks/use-sight.ts';
import type {LiveStatus} from '../hooks/use-status.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {chromeOf, layoutOf, type Size} from '../layout.ts';
import {busyWords} from '../status/actions.ts';
import type {Arrangement} from '../status/arrange.ts';
import {serviceDetail} from '../status/detail.ts';
import {grouped, groupHeading, type TableItem, ungrouped} from '../status/groups.ts';
import {arrangementNote} from '../status/note.ts';
import {type TableLayout, tableHeading, tableLayout, tableRow} from '../status/table.ts';
import {blank, type Line, line} from '../text/line.ts';
import type {Figures} from '../theme.ts';
import {troubleOf} from '../trouble.ts';
import {confirmHints, type PaneProps, usePanel} from './status-panel.tsx';

/** Where only a part would be read, a shorter sentence says the most important. */
const introOf = (snapshot: StatusSnapshot | undefined, now: number, size: Size): string => {
  if (!snapshot) return 'Looking at what runs.';
  const sentences = healthSentences(snapshot, now).map(sentence => `${snapshot.project}: ${sentence}`);
  return sentences.find(sentence => chromeOf(size, sentence).isWhole) ?? sentences.at(-1) ?? '';
};

const tableHints: readonly Hint[] = [
  {keys: 'up/down', does: 'service'},
  {keys: 'Enter', does: 'open'},
  {keys: 'l', does: 'logs'},
  {keys: 'r', does: 'restart'},
  {keys: ':', does: 'actions'},
  {keys: '?', does: 'help'},
  {keys: 'q', does: 'quit'},
  {keys: '/', does: 'filter'},
  {keys: '<>', does: 'sort'},
  {keys: '1-9', does: 'phase'},
];

const filterHints: readonly Hint[] = [
  {keys: 'Enter', does: 'keep'},
  {keys: 'Esc', does: 'clear'},
  {keys: 'type', does: 'to filter'},
  {keys: 'up/down', does: 'move'},
];

const noServices = (snapshot: StatusSnapshot | undefined, ending: LiveStatus['ending'], width: number, figures: Figures) => {
  const trouble = ending && troubleOf(ending.error);
  if (trouble) return errorPanel(trouble, width, figures);
  return [
    line(snapshot ? 'Nothing of this project runs here. infra-wizard up starts it.' : `Asking the engine ${figures.ellipsis}`, 'muted'),
  ];
};

const rowOf = (item: TableItem, layout: TableLayout, selected: string | undefined): Line => {
  if (item.kind === 'service') return tableRow(item.service, layout, item.service.name === selected);
  return item.kind === 'heading' ? groupHeading(item) : blank;
};

const itemsOf = (services: readonly ServiceStatus[], snapshot: StatusSnapshot | undefined, height: number, {sort}: Arrangement) => {
  const phases = snapshot?.phases ?? [];
  if (sort !== 'phase' || phases.length === 0) return ungrouped(services);
  const spaced = grouped(services, phases, true);
  return spaced.length <= height ? spaced : grouped(services, phases, false);
};

/** Every service as a row, and what the table has no room for about the one under the cursor. */
export const TablePane = ({size, title, live, now}: PaneProps) => {
  const {snapshot, ending, machine} = live;
  const {figures} = useTheme();
  const intro = introOf(snapshot, now, size);
  const layout = layoutOf(size, intro);
  const {state: view, press} = machine;
  const {panel, height: panelHeight} = usePanel(view, layout.width);
  const {selected, busy, arrangement, rows: all} = view;
  const services = useMemo(() => {
    const byName = new Map(all.map(service => [service.name, service]));
    return view.services.flatMap(name => byName.get(name) ?? []);
  }, [all, view.services]);
  // Widths come from all services: they stay as they are while one filters.
  const table = useMemo(
    () => tableLayout(all, {width: layout.width, figures, now, busy: busyWords(busy), sorted: arrangement}),
    [all, layout.width, figures, now, busy, arrangement],
  );
  const detail =
    panelHeight > 0
      ? []
      : [
          blank,
          ...serviceDetail(
            services.find(({name}) => name === selected),
            {...table, ...figures},
          ),
        ];
  const detailHeight = panelHeight > 0 ? 0 : !layout.roomy ? 3 : size.rows < 30 ? 5 : 6;
  const height = Math.max(1, layout.height - panelHeight - 1);
  const room = listHeight(height, detailHeight);
  const items = useMemo(
    () => (layout.roomy ? itemsOf(services, snapshot, room, arrangement) : ungrouped(services)),
    [services, snapshot, room, arrangement, layout.roomy],
  );
  const cursor = items.findIndex(item => item.kind === 'service' && item.service.name === selected);
  const {from, to} = windowAround(items.length, room, Math.max(0, cursor));
  const seen = items.slice(from, to);
  useSight(live, seen.flatMap(item => (item.kind === 'service' ? [item.service.containerId] : [])).filter(Boolean));
  useKeys(key => press(key, {page: Math.max(1, room - 1), limit: 0}));
  // What is not seen keeps its place and is not drawn.
  const rows = items.map((item, place) => (place >= from && place < to ? rowOf(item, table, selected) : blank));
  const none = line('No service is like that. Esc shows all again.', 'muted');
  const empty = all.length > 0 ? [none] : noServices(snapshot, ending, layout.width, figures);
  const note = arrangementNote(arrangement, {shown: services.length, all: all.length, phases: view.phases, ...table, figures});
  const hints = arrangement.filter.typing ? filterHints : tableHints;
  return (
    <Frame size={size} title={title} intro={intro} note={note} hints={view.confirm ? confirmHints : hints}>
      <Rows rows={services.length > 0 ? [tableHeading(table)] : empty} width={layout.width} />
      <Body layout={{width: layout.width, height}} rows={rows} cursor={Math.max(0, cursor)} detail={detail} detailHeight={detailHeight} />
      {panel}
    </Frame>
  );
};
