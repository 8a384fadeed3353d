import {useEffect, useEffectEvent} from 'react';
import type {StatusSnapshot} from '../../plan/service-status.ts';
import {Help, helpLayout, helpRows} from '../components/help.tsx';
import {lastScroll} from '../components/viewport/viewport-state.ts';
import {useKeys} from '../hooks/use-keys.tsx';
import {useNow} from '../hooks/use-now.ts';
import {useStatus} from '../hooks/use-status.ts';
import {useTheme} from '../hooks/use-theme.ts';
import type {Size} from '../layout.ts';
import type {StatusServices} from '../services.ts';
import {statusHelp} from '../status/help.ts';
import {troubleOf} from '../trouble.ts';
import {LogsPane} from './status-logs.tsx';
import type {PaneProps} from './status-panel.tsx';
import {TablePane} from './status-table.tsx';

export interface StatusProps {
  readonly size: Size;
  readonly title: string;
  readonly services: StatusServices;
  readonly onLeave: (how: 'quit' | 'interrupt', snapshot: StatusSnapshot | undefined) => void;
  /** A restart failed for a reason that is ours. */
  readonly onBug: (error: unknown) => void;
}

const HelpPane = ({size, live: {machine}}: PaneProps) => {
  const {figures} = useTheme();
  const {width, height} = helpLayout(size);
  useKeys(key => machine.press(key, {page: height, limit: lastScroll(helpRows(statusHelp, width, figures).length, height)}));
  return <Help size={size} topics={statusHelp} scroll={machine.state.scroll ?? 0} />;
};

/** What runs now: every service with its state, and keys for its log and its restart. */
export const Status = ({size, title, services, onLeave, onBug}: StatusProps) => {
  const live = useStatus(services, onBug);
  const now = useNow(live.snapshot !== undefined, live.snapshot?.at);
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
