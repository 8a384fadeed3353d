import {Box} from 'ink';
import type {Layout} from '../layout.ts';
import type {Line} from '../text/line.ts';
import {Rows} from './rows.tsx';
import {Viewport} from './viewport/viewport.tsx';

export interface BodyProps {
  readonly layout: Pick<Layout, 'width' | 'height'>;
  readonly rows: readonly Line[];
  /** Row to keep visible. */
  readonly cursor?: number;
  /** First visible row, when there is no cursor. */
  readonly scroll?: number;
  /** Shown below the rows, whatever their number. */
  readonly detail?: readonly Line[];
  /** Rows that details take at most. The same number whatever the cursor is on, so that a long list stays where it is. @default 0 */
  readonly detailHeight?: number;
}

/** Rows that a body has for its list. */
export const listHeight = (height: number, detailHeight = 0): number => Math.max(1, height - detailHeight);

/** A list that scrolls, and details about what is under the cursor. */
export const Body = ({layout: {width, height}, rows, detail = [], detailHeight = 0, ...position}: BodyProps) => {
  const list = listHeight(height, detailHeight);
  return (
    <Box flexDirection="column">
      <Viewport rows={rows} width={width} height={list} {...position} />
      <Rows rows={detail.slice(0, Math.max(0, height - list))} width={width} />
    </Box>
  );
};
