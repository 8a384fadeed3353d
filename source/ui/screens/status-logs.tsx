import {useMemo} from 'react';
import {errorPanel} from '../components/error-panel.ts';
import {Frame} from '../components/frame.tsx';
import type {Hint} from '../components/key-hints.ts';
import {Rows} from '../components/rows.tsx';
import {useKeys} from '../hooks/use-keys.tsx';
import type {FollowedLog} from '../hooks/use-logs.ts';
import {useSight} from '../hooks/use-sight.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf} from '../layout.ts';
import {matchingLines} from '../status/log-buffer.ts';
import {logGutter, logRows, searchRow} from '../status/log-rows.ts';
import {searchOf, surfaceOf} from '../status/log-view.ts';
import {visibleLog} from '../status/log-window.ts';
import type {ServicePage} from '../status/page.ts';
import {logPosition, pageIntro, waitingFor} from '../status/page-intro.ts';
import {tabLineBeside} from '../status/tab-line.ts';
import {blank, line} from '../text/line.ts';
import {troubleOf} from '../trouble.ts';
import {confirmHints, type PaneProps, usePanel} from './status-panel.tsx';

const logHints: readonly Hint[] = [
  {keys: 'Esc', does: 'back'},
  {keys: '/', does: 'search'},
  {keys: 'f', does: 'follow'},
  {keys: 'w', does: 'wrap'},
  {keys: 't', does: 'times'},
  {keys: 'W', does: 'save'},
  {keys: ':', does: 'actions'},
  {keys: '?', does: 'help'},
  {keys: 'q', does: 'quit'},
];

const matchHints: readonly Hint[] = [{keys: 'n N', does: 'next, before'}, {keys: 'Esc', does: 'end the search'}, ...logHints.slice(1)];

const typingHints: readonly Hint[] = [
  {keys: 'Enter', does: 'find'},
  {keys: 'Esc', does: 'leave it'},
];

interface LogsPaneProps extends PaneProps {
  readonly page: ServicePage;
  readonly followed: FollowedLog;
}

/** The log of one service: following its end until it is scrolled. */
export const LogsPane = ({size, title, live, now, page, followed: {log, ending}}: LogsPaneProps) => {
  const {snapshot, machine} = live;
  const {figures} = useTheme();
  const {state: view, press} = machine;
  const {service, tab, log: logView} = page;
  const status = snapshot?.services.find(({name}) => name === service);
  useSight(live, status?.containerId ? [status.containerId] : []);
  const intro = pageIntro(service, status, view.busy, now);
  const layout = layoutOf(size, intro);
  const {panel, height: panelHeight} = usePanel(view, layout.width);
  const search = searchOf(logView);
  const matching = useMemo(() => matchingLines(log, search), [log, search]);
  const searched = searchRow(logView, matching);
  const gap = layout.roomy ? [blank] : [];
  const height = Math.max(1, layout.height - panelHeight - searched.length - gap.length - 1);
  const drawn = {log, height, width: Math.max(1, layout.width - logGutter)};
  useKeys(key => press(key, {page: height, limit: 0, log: drawn}));
  const trouble = ending && troubleOf(ending.error);
  const empty = trouble
    ? errorPanel(trouble, layout.width, figures)
    : [line(status && !status.containerId ? waitingFor(status, figures) : `Nothing is written yet ${figures.ellipsis}`, 'muted')];
  const last = visibleLog(surfaceOf(logView, drawn), logView.place).at(-1)?.line;
  const position = logPosition(logView.place === undefined, drawn, last);
  const rows = log.lines.length > 0 ? logRows(logView, drawn, figures) : empty;
  const filling = Array.from({length: Math.max(0, height - rows.length)}, () => blank);
  const hints = view.confirm ? confirmHints : logView.typing ? typingHints : search === '' ? logHints : matchHints;
  return (
    <Frame size={size} title={title} intro={intro} hints={hints}>
      <Rows
        rows={[tabLineBeside(tab, position, layout.width), ...gap, ...rows.slice(0, height), ...filling, ...searched]}
        width={layout.width}
      />
      {panel}
    </Frame>
  );
};
