import {Box} from 'ink';
import type {ReactNode} from 'react';
import {errorPanel} from '../components/error-panel.ts';
import type {Hint} from '../components/key-hints.ts';
import {Rows} from '../components/rows.tsx';
import {Select} from '../components/select/select.tsx';
import type {LiveStatus} from '../hooks/use-status.ts';
import {useTheme} from '../hooks/use-theme.ts';
import type {Size} from '../layout.ts';
import {confirmOptions, doing, meaning, question} from '../status/actions.ts';
import {type StatusView, subjectOf} from '../status/state.ts';
import {blank, type Line, line, paragraph} from '../text/line.ts';
import type {Figures} from '../theme.ts';

/** What the table and the pages of the status screen are drawn from. */
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

/** What is under way with the service that is looked at. */
const underWay = (view: StatusView): string | undefined => {
  const busy = view.busy.find(({service}) => service === subjectOf(view));
  if (!busy) return undefined;
  return `${busy.service}: ${doing[busy.verb]}${busy.said === '' ? '' : `, ${busy.said}`}`;
};

const panelRows = (view: StatusView, width: number, figures: Figures): readonly Line[] => {
  const {confirm, notice, trouble} = view;
  if (confirm) {
    const {verb, service, dependents} = confirm;
    return [blank, line(question(verb, service), 'strong'), ...paragraph(meaning(dependents), width, 'muted').slice(0, 2)];
  }
  if (trouble) return [blank, ...errorPanel(trouble, width, figures).slice(0, 7)];
  if (notice) return [blank, ...paragraph(`${notice.tone === 'warning' ? `${figures.warning} ` : ''}${notice.text}`, width, notice.tone)];
  const going = underWay(view);
  return going === undefined ? [] : [blank, line(`${going} ${figures.ellipsis}`, 'warning')];
};

export interface Panel {
  readonly panel: ReactNode;
  /** Rows it takes. */
  readonly height: number;
}

/** Below the table or a page: a question, or what came of the last one. */
export const usePanel = (view: StatusView, width: number): Panel => {
  const {figures} = useTheme();
  const rows = panelRows(view, width, figures);
  const options = view.confirm ? confirmOptions[view.confirm.verb] : [];
  const panel = (
    <Box flexDirection="column" flexShrink={0}>
      <Rows rows={rows} width={width} />
      {view.confirm ? <Select options={options} cursor={view.confirm.select.cursor} /> : null}
    </Box>
  );
  return {panel, height: rows.length + options.length};
};
