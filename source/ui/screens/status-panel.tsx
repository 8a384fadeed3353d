import {Box} from 'ink';
import type {ReactNode} from 'react';
import {errorPanel} from '../components/error-panel.ts';
import type {Hint} from '../components/key-hints.ts';
import {Rows} from '../components/rows.tsx';
import {Select} from '../components/select/select.tsx';
import type {LiveStatus} from '../hooks/use-status.ts';
import {useTheme} from '../hooks/use-theme.ts';
import type {Size} from '../layout.ts';
import {restartOptions, type StatusView} from '../status/state.ts';
import {blank, type Line, line, paragraph} from '../text/line.ts';
import type {Figures} from '../theme.ts';

/** What the table and the log of the status screen are drawn from. */
export interface PaneProps {
  readonly size: Size;
  readonly title: string;
  readonly live: LiveStatus;
  readonly now: number;
}

/** Keys while something is asked. */
export const confirmHints: readonly Hint[] = [
  {keys: 'up/down', does: 'choose'},
  {keys: 'Enter', does: 'take it'},
  {keys: 'Esc', does: 'leave it alone'},
];

const panelRows = ({confirm, notice, trouble}: StatusView, width: number, figures: Figures): readonly Line[] => {
  if (confirm) return [blank, line(`Restart ${confirm.service}?`, 'strong')];
  if (trouble) return [blank, ...errorPanel(trouble, width, figures).slice(0, 6)];
  return notice ? [blank, ...paragraph(notice, width, 'good')] : [];
};

export interface Panel {
  readonly panel: ReactNode;
  /** Rows it takes. */
  readonly height: number;
}

/** Below the table or the log: a question, or what came of the last one. */
export const usePanel = (view: StatusView, width: number): Panel => {
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
