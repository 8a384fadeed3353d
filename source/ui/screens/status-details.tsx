import type {ServiceDetails} from '../../plan/service-details.ts';
import type {ServiceStatus} from '../../plan/service-status.ts';
import {Body} from '../components/body.tsx';
import {errorPanel} from '../components/error-panel.ts';
import {Frame} from '../components/frame.tsx';
import type {Hint} from '../components/key-hints.ts';
import {Rows} from '../components/rows.tsx';
import {lastScroll} from '../components/viewport/viewport-state.ts';
import {useDetails} from '../hooks/use-details.ts';
import {useKeys} from '../hooks/use-keys.tsx';
import {useSight} from '../hooks/use-sight.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf, proseWidth} from '../layout.ts';
import type {StatusServices} from '../services.ts';
import {healthRows} from '../status/health.ts';
import {overviewRows} from '../status/overview.ts';
import type {ServicePage, Tab} from '../status/page.ts';
import {pageIntro, waitingFor} from '../status/page-intro.ts';
import {environmentRows, mountsRows, networksRows} from '../status/surroundings.ts';
import {tabLine} from '../status/tab-line.ts';
import {blank, type Line, line} from '../text/line.ts';
import type {Figures} from '../theme.ts';
import {troubleOf} from '../trouble.ts';
import {confirmHints, type PaneProps, usePanel} from './status-panel.tsx';

const pageHints: readonly Hint[] = [
  {keys: 'Esc', does: 'back'},
  {keys: 'left/right', does: 'page'},
  {keys: 'up/down', does: 'scroll'},
  {keys: 'l', does: 'logs'},
  {keys: 'e', does: 'shell'},
  {keys: ':', does: 'actions'},
  {keys: '?', does: 'help'},
  {keys: 'q', does: 'quit'},
];

interface Around {
  readonly service: ServiceStatus | undefined;
  readonly width: number;
  readonly now: number;
  readonly figures: Figures;
}

const rowsOf: Readonly<Record<Exclude<Tab, 'logs'>, (details: ServiceDetails, around: Around) => readonly Line[]>> = {
  overview: (details, {service, ...around}) => overviewRows(details, service, around),
  health: healthRows,
  environment: (details, {width, figures}) => environmentRows(details, width, figures),
  networks: (details, {width}) => networksRows(details, width),
  mounts: (details, {width}) => mountsRows(details, width),
};

interface DetailsPaneProps extends PaneProps {
  readonly page: ServicePage & {readonly tab: Exclude<Tab, 'logs'>};
  readonly details: StatusServices['details'];
}

/** Everything about one service but its log, kept up to date. */
export const DetailsPane = ({size, title, live, now, page: {service, tab}, details: watch}: DetailsPaneProps) => {
  const {snapshot, machine} = live;
  const {figures} = useTheme();
  const {state: view, press} = machine;
  const {details, ending} = useDetails(watch, service);
  const status = snapshot?.services.find(({name}) => name === service);
  useSight(live, status?.containerId ? [status.containerId] : []);
  const intro = pageIntro(service, status, view.busy, now);
  const layout = layoutOf(size, intro);
  const width = proseWidth(layout);
  const {panel, height: panelHeight} = usePanel(view, layout.width);
  const gap = layout.roomy ? [blank] : [];
  const height = Math.max(1, layout.height - panelHeight - gap.length - 1);
  const trouble = ending && troubleOf(ending.error);
  const missing = trouble ? errorPanel(trouble, width, figures) : [line(waitingFor(status, figures), 'muted')];
  // What was known of a container that is gone is true of nothing any more.
  const rows = details && status?.containerId ? rowsOf[tab](details, {service: status, width, now, figures}) : missing;
  useKeys(key => press(key, {page: height, limit: lastScroll(rows.length, height)}));
  return (
    <Frame size={size} title={title} intro={intro} hints={view.confirm ? confirmHints : pageHints}>
      <Rows rows={[tabLine(tab, layout.width), ...gap]} width={layout.width} />
      <Body layout={{width: layout.width, height}} rows={rows} scroll={view.scroll ?? 0} />
      {panel}
    </Frame>
  );
};
