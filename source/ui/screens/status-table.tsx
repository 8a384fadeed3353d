import {statusSummary} from '../../display/summary.ts';
import type {ServiceStatus, StatusSnapshot} from '../../plan/service-status.ts';
import {Body} from '../components/body.tsx';
import {errorPanel} from '../components/error-panel.ts';
import {Frame} from '../components/frame.tsx';
import type {Hint} from '../components/key-hints.ts';
import {Rows} from '../components/rows.tsx';
import {useKeys} from '../hooks/use-keys.tsx';
import type {LiveStatus} from '../hooks/use-status.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf} from '../layout.ts';
import {busyWords} from '../status/actions.ts';
import {serviceDetail} from '../status/detail.ts';
import {statusTable} from '../status/table.ts';
import {blank, line} from '../text/line.ts';
import type {Figures} from '../theme.ts';
import {troubleOf} from '../trouble.ts';
import {confirmHints, type PaneProps, usePanel} from './status-panel.tsx';

const introOf = (snapshot: StatusSnapshot | undefined): string => {
  if (!snapshot) return 'Looking at what runs.';
  if (!snapshot.connected) return `${snapshot.project}: the engine does not answer; this is what was known last.`;
  return `${snapshot.project}: ${statusSummary(snapshot.services)}.`;
};

const tableHints: readonly Hint[] = [
  {keys: 'up/down', does: 'service'},
  {keys: 'Enter', does: 'open'},
  {keys: 'l', does: 'logs'},
  {keys: 'r', does: 'restart'},
  {keys: ':', does: 'actions'},
  {keys: '?', does: 'help'},
  {keys: 'q', does: 'quit'},
];

const noServices = (snapshot: StatusSnapshot | undefined, ending: LiveStatus['ending'], width: number, figures: Figures) => {
  const trouble = ending && troubleOf(ending.error);
  if (trouble) return errorPanel(trouble, width, figures);
  return [
    line(snapshot ? 'Nothing of this project runs here. infra-wizard up starts it.' : `Asking the engine ${figures.ellipsis}`, 'muted'),
  ];
};

/** Every service as a row, and what the table has no room for about the one under the cursor. */
export const TablePane = ({size, title, live: {snapshot, ending, machine}, now}: PaneProps) => {
  const {figures} = useTheme();
  const intro = introOf(snapshot);
  const layout = layoutOf(size, intro);
  const {state: view, press} = machine;
  const {panel, height: panelHeight} = usePanel(view, layout.width);
  const services: readonly ServiceStatus[] = snapshot?.services ?? [];
  const {selected} = view;
  const {heading, rows} = statusTable(services, {width: layout.width, figures, now, selected, busy: busyWords(view.busy)});
  const cursor = services.findIndex(({name}) => name === selected);
  const detail = panelHeight > 0 ? [] : [blank, ...serviceDetail(services[cursor])];
  const detailHeight = panelHeight > 0 ? 0 : layout.roomy ? 5 : 3;
  const height = Math.max(1, layout.height - panelHeight - 1);
  useKeys(key => press(key, {page: Math.max(1, height - detailHeight), limit: 0}));
  return (
    <Frame size={size} title={title} intro={intro} hints={view.confirm ? confirmHints : tableHints}>
      <Rows rows={services.length > 0 ? [heading] : noServices(snapshot, ending, layout.width, figures)} width={layout.width} />
      <Body layout={{width: layout.width, height}} rows={rows} cursor={Math.max(0, cursor)} detail={detail} detailHeight={detailHeight} />
      {panel}
    </Frame>
  );
};
