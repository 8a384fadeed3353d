import {Box} from 'ink';
import {useEffect, useEffectEvent, useMemo} from 'react';
import type {ServiceStatus, StatusSnapshot} from '../../plan/service-status.ts';
import {Body} from '../components/body.tsx';
import {errorPanel} from '../components/error-panel.ts';
import {Frame} from '../components/frame.tsx';
import {Help, helpLayout, helpRows} from '../components/help.tsx';
import type {Hint} from '../components/key-hints.ts';
import {Rows} from '../components/rows.tsx';
import {Select} from '../components/select/select.tsx';
import {lastScroll} from '../components/viewport/viewport-state.ts';
import {useKeys} from '../hooks/use-keys.tsx';
import {useLogs} from '../hooks/use-logs.ts';
import {useNow} from '../hooks/use-now.ts';
import {type LiveStatus, useStatus} from '../hooks/use-status.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf, type Size} from '../layout.ts';
import type {StatusServices} from '../services.ts';
import {serviceDetail} from '../status/detail.ts';
import {statusHelp} from '../status/help.ts';
import {restartOptions, type StatusView} from '../status/state.ts';
import {statusSummary} from '../status/summary.ts';
import {statusTable} from '../status/table.ts';
import {blank, type Line, line, paragraph} from '../text/line.ts';
import {wrap} from '../text/width.ts';
import type {Figures} from '../theme.ts';
import {troubleOf} from '../trouble.ts';

export interface StatusProps {
  readonly size: Size;
  readonly title: string;
  readonly services: StatusServices;
  readonly onLeave: (how: 'quit' | 'interrupt', snapshot: StatusSnapshot | undefined) => void;
  /** A restart failed for a reason that is ours. */
  readonly onBug: (error: unknown) => void;
}

const introOf = (snapshot: StatusSnapshot | undefined): string => {
  if (!snapshot) return 'Looking at what runs.';
  if (!snapshot.connected) return `${snapshot.project}: the engine does not answer; this is what was known last.`;
  return `${snapshot.project}: ${statusSummary(snapshot.services)}.`;
};

const tableHints: readonly Hint[] = [
  {keys: 'up/down', does: 'service'},
  {keys: 'l', does: 'logs'},
  {keys: 'r', does: 'restart'},
  {keys: '?', does: 'help'},
  {keys: 'q', does: 'quit'},
];

const logHints: readonly Hint[] = [
  {keys: 'Esc', does: 'back'},
  {keys: 'up/down', does: 'scroll'},
  {keys: 'f', does: 'follow'},
  {keys: 'r', does: 'restart'},
  {keys: '?', does: 'help'},
  {keys: 'q', does: 'quit'},
];

const confirmHints: readonly Hint[] = [
  {keys: 'up/down', does: 'choose'},
  {keys: 'Enter', does: 'take it'},
  {keys: 'Esc', does: 'leave it alone'},
];

const panelRows = ({confirm, notice, trouble}: StatusView, width: number, figures: Figures): readonly Line[] => {
  if (confirm) return [blank, line(`Restart ${confirm.service}?`, 'strong')];
  if (trouble) return [blank, ...errorPanel(trouble, width, figures).slice(0, 6)];
  return notice ? [blank, ...paragraph(notice, width, 'good')] : [];
};

interface PaneProps {
  readonly size: Size;
  readonly title: string;
  readonly live: LiveStatus;
  readonly now: number;
}

/** Below the table or the log: a question, or what came of the last one. */
const usePanel = (view: StatusView, width: number) => {
  const {figures} = useTheme();
  const rows = panelRows(view, width, figures);
  const panel = (
    <Box flexDirection="column" flexShrink={0}>
      <Rows rows={rows} width={width} />
      {view.confirm ? <Select options={restartOptions} cursor={view.confirm.select.cursor} /> : null}
    </Box>
  );
  return {panel, height: rows.length + (view.confirm ? restartOptions.length : 0)};
};

const noServices = (snapshot: StatusSnapshot | undefined, ending: LiveStatus['ending'], width: number, figures: Figures) => {
  const trouble = ending && troubleOf(ending.error);
  if (trouble) return errorPanel(trouble, width, figures);
  return [
    line(snapshot ? 'Nothing of this project runs here. infra-wizard up starts it.' : `Asking the engine ${figures.ellipsis}`, 'muted'),
  ];
};

const TablePane = ({size, title, live: {snapshot, ending, machine}, now}: PaneProps) => {
  const {figures} = useTheme();
  const intro = introOf(snapshot);
  const layout = layoutOf(size, intro);
  const {state: view, press} = machine;
  const {panel, height: panelHeight} = usePanel(view, layout.width);
  const services: readonly ServiceStatus[] = snapshot?.services ?? [];
  const {selected, restarting} = view;
  const {heading, rows} = statusTable(services, {width: layout.width, figures, now, selected, restarting});
  const cursor = services.findIndex(({service}) => service === selected);
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

interface LogsPaneProps extends PaneProps {
  readonly service: string;
  readonly logs: StatusServices['logs'];
}

const LogsPane = ({size, title, live: {snapshot, machine}, now, service, logs}: LogsPaneProps) => {
  const {figures} = useTheme();
  const {lines, ending} = useLogs(logs, service);
  const intro = `Log of ${service}${ending ? ', which has ended' : ''}.`;
  const layout = layoutOf(size, intro);
  const {state: view, press} = machine;
  const {panel, height: panelHeight} = usePanel(view, layout.width);
  const shown = snapshot?.services.filter(one => one.service === service) ?? [];
  const {heading, rows} = statusTable(shown, {width: layout.width, figures, now, selected: undefined, restarting: view.restarting});
  const log = useMemo(() => lines.flatMap(text => wrap(text, layout.width).map(row => line(row))), [lines, layout.width]);
  const height = Math.max(1, layout.height - panelHeight - rows.length - 2);
  const limit = lastScroll(log.length, height);
  useKeys(key => press(key, {page: height, limit}));
  const trouble = ending && troubleOf(ending.error);
  const empty = trouble
    ? errorPanel(trouble, layout.width, figures)
    : [line(ending ? 'It wrote nothing.' : `Waiting for its output ${figures.ellipsis}`, 'muted')];
  return (
    <Frame size={size} title={title} intro={intro} hints={view.confirm ? confirmHints : logHints}>
      <Rows rows={[heading, ...rows, blank]} width={layout.width} />
      <Body layout={{width: layout.width, height}} rows={log.length > 0 ? log : empty} scroll={view.scroll ?? limit} />
      {panel}
    </Frame>
  );
};

const HelpPane = ({size, live: {machine}}: PaneProps) => {
  const {figures} = useTheme();
  const {width, height} = helpLayout(size);
  useKeys(key => machine.press(key, {page: height, limit: lastScroll(helpRows(statusHelp, width, figures).length, height)}));
  return <Help size={size} topics={statusHelp} scroll={machine.state.scroll ?? 0} />;
};

/** What runs now: every service with its state, and keys for its log and its restart. */
export const Status = ({size, title, services, onLeave, onBug}: StatusProps) => {
  const live = useStatus(services, onBug);
  const now = useNow(live.snapshot !== undefined);
  const {logs, leaving, help} = live.machine.state;
  const leave = useEffectEvent(() => leaving !== 'no' && onLeave(leaving, live.snapshot));
  useEffect(() => {
    if (leaving !== 'no') leave();
  }, [leaving]);
  if (live.ending && live.ending.error !== undefined && !troubleOf(live.ending.error)) throw live.ending.error;
  const pane = {size, title, live, now};
  if (help) return <HelpPane {...pane} />;
  return logs === undefined ? <TablePane {...pane} /> : <LogsPane key={logs} {...pane} service={logs} logs={services.logs} />;
};
