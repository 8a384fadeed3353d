import {useMemo} from 'react';
import {Body} from '../components/body.tsx';
import {errorPanel} from '../components/error-panel.ts';
import {Frame} from '../components/frame.tsx';
import type {Hint} from '../components/key-hints.ts';
import {Rows} from '../components/rows.tsx';
import {lastScroll} from '../components/viewport/viewport-state.ts';
import {useKeys} from '../hooks/use-keys.tsx';
import {useLogs} from '../hooks/use-logs.ts';
import {useSight} from '../hooks/use-sight.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf} from '../layout.ts';
import type {StatusServices} from '../services.ts';
import {statusTable} from '../status/table.ts';
import {blank, line} from '../text/line.ts';
import {wrap} from '../text/width.ts';
import {troubleOf} from '../trouble.ts';
import {confirmHints, type PaneProps, usePanel} from './status-panel.tsx';

const logHints: readonly Hint[] = [
  {keys: 'Esc', does: 'back'},
  {keys: 'up/down', does: 'scroll'},
  {keys: 'f', does: 'follow'},
  {keys: 'r', does: 'restart'},
  {keys: '?', does: 'help'},
  {keys: 'q', does: 'quit'},
];

interface LogsPaneProps extends PaneProps {
  readonly service: string;
  readonly logs: StatusServices['logs'];
}

/** The log of one service, following its end until it is scrolled, below the service's own row. */
export const LogsPane = ({size, title, live, now, service, logs}: LogsPaneProps) => {
  const {snapshot, machine} = live;
  const {figures} = useTheme();
  const {lines, ending} = useLogs(logs, service);
  const intro = `Log of ${service}${ending ? ', which has ended' : ''}.`;
  const layout = layoutOf(size, intro);
  const {state: view, press} = machine;
  const {panel, height: panelHeight} = usePanel(view, layout.width);
  const shown = snapshot?.services.filter(one => one.name === service) ?? [];
  useSight(
    live,
    shown.map(({containerId}) => containerId),
  );
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
