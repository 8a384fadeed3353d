import {type ReactNode, useEffect, useEffectEvent} from 'react';
import type {StatusSnapshot} from '../../plan/service-status.ts';
import {Help, helpLayout, helpRows} from '../components/help.tsx';
import {lastScroll} from '../components/viewport/viewport-state.ts';
import {useKeys} from '../hooks/use-keys.tsx';
import {type FollowedLog, useLogs} from '../hooks/use-logs.ts';
import {useNow} from '../hooks/use-now.ts';
import {useStatus} from '../hooks/use-status.ts';
import {useTheme} from '../hooks/use-theme.ts';
import type {Size} from '../layout.ts';
import type {StatusServices} from '../services.ts';
import {statusHelp} from '../status/help.ts';
import {troubleOf} from '../trouble.ts';
import {DetailsPane} from './status-details.tsx';
import {LogsPane} from './status-logs.tsx';
import {PalettePane} from './status-palette.tsx';
import type {PaneProps} from './status-panel.tsx';
import {TablePane} from './status-table.tsx';

export interface StatusProps {
  readonly size: Size;
  readonly title: string;
  readonly services: StatusServices;
  readonly onLeave: (how: 'quit' | 'interrupt', snapshot: StatusSnapshot | undefined) => void;
  /** Something failed for a reason that is ours. */
  readonly onBug: (error: unknown) => void;
}

const HelpPane = ({size, live: {machine}}: PaneProps) => {
  const {figures} = useTheme();
  const {width, height} = helpLayout(size);
  useKeys(key => machine.press(key, {page: height, limit: lastScroll(helpRows(statusHelp, width, figures).length, height)}));
  return <Help size={size} topics={statusHelp} scroll={machine.state.scroll ?? 0} />;
};

interface FollowingProps {
  readonly logs: StatusServices['logs'];
  readonly service: string;
  readonly children: (followed: FollowedLog) => ReactNode;
}

/** Stays while the help or the palette lies over a log, so that nobody loses the place where he reads. */
const Following = ({logs, service, children}: FollowingProps) => children(useLogs(logs, service));

/** What runs now: every service with its state, a page for each, and keys that act on them. */
export const Status = ({size, title, services, onLeave, onBug}: StatusProps) => {
  const live = useStatus(services, onBug);
  const now = useNow(live.snapshot !== undefined, live.snapshot?.at);
  const {page, palette, leaving, help} = live.machine.state;
  const leave = useEffectEvent(() => leaving !== 'no' && onLeave(leaving, live.snapshot));
  useEffect(() => {
    if (leaving !== 'no') leave();
  }, [leaving]);
  if (live.ending && live.ending.error !== undefined && !troubleOf(live.ending.error)) throw live.ending.error;
  const pane = {size, title, live, now};
  const over = (followed?: FollowedLog) => {
    if (help) return <HelpPane {...pane} />;
    return palette && <PalettePane {...pane} palette={palette} log={followed?.log} />;
  };
  if (!page) return over() ?? <TablePane {...pane} />;
  const {service, tab} = page;
  if (tab !== 'logs') return over() ?? <DetailsPane key={service} {...pane} page={{...page, tab}} details={services.details} />;
  return (
    <Following key={service} logs={services.logs} service={service}>
      {followed => over(followed) ?? <LogsPane {...pane} page={page} followed={followed} />}
    </Following>
  );
};
