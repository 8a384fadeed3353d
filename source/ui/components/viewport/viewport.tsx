import {Box} from 'ink';
import {useTheme} from '../../hooks/use-theme.ts';
import {type Line, line} from '../../text/line.ts';
import type {Figures} from '../../theme.ts';
import {Rows} from '../rows.tsx';
import {type Window, windowAround, windowFrom} from './viewport-state.ts';

export interface ViewportProps {
  readonly rows: readonly Line[];
  readonly width: number;
  readonly height: number;
  /** Row to keep visible. */
  readonly cursor?: number;
  /** First visible row, when there is no cursor. @default 0 */
  readonly scroll?: number;
}

const mark = (figures: Figures, direction: string, count: number): readonly Line[] =>
  count > 0 ? [line(`  ${figures.ellipsis} ${count} more ${direction}`, 'muted')] : [];

/** The rows on the screen, with marks for what is cut off. */
const visibleRows = (rows: readonly Line[], {from, to, above, below}: Window, figures: Figures): readonly Line[] => [
  ...mark(figures, figures.up, above),
  ...rows.slice(from, to),
  ...mark(figures, figures.down, below),
];

/** Clips and scrolls: only the rows that are seen are mounted. */
export const Viewport = ({rows, width, height, cursor, scroll = 0}: ViewportProps) => {
  const {figures} = useTheme();
  const shown = cursor === undefined ? windowFrom(rows.length, height, scroll) : windowAround(rows.length, height, cursor);
  return (
    <Box flexDirection="column" width={width} height={Math.min(height, rows.length)} flexShrink={0} overflow="hidden">
      <Rows rows={visibleRows(rows, shown, figures)} width={width} />
    </Box>
  );
};
