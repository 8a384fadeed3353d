import {Box} from 'ink';
import type {ObservedFile} from '../../plan/observed.ts';
import {Body} from '../components/body.tsx';
import {Frame} from '../components/frame.tsx';
import {Rows} from '../components/rows.tsx';
import {Select} from '../components/select/select.tsx';
import {useTheme} from '../hooks/use-theme.ts';
import {type Layout, layoutOf, type Size} from '../layout.ts';
import {blank, type Line, line, paragraph} from '../text/line.ts';
import {clip} from '../text/width.ts';
import type {Figures, Tone} from '../theme.ts';
import {editedOptions} from '../wizard/decisions.ts';

const intro = 'You edited this file, and what would be written changed too. Choose what happens.';

const hints = [
  {keys: 'Enter', does: 'take the choice'},
  {keys: 'up/down', does: 'choose'},
  {keys: 'PgUp PgDn', does: 'scroll'},
  {keys: 'Esc', does: 'back'},
  {keys: '?', does: 'help'},
  {keys: 'q', does: 'quit'},
];

const diffTone = (row: string): Tone => (row.startsWith('+') ? 'good' : row.startsWith('-') ? 'bad' : 'muted');

/** From what is on disk to what would be written. */
export const editedRows = ({diff, keep}: ObservedFile, width: number, figures: Figures): readonly Line[] => [
  ...(keep?.how === 'not' ? [...paragraph(`Your change can not be kept: ${keep.why.join(' ')}`, width, 'warning'), blank] : []),
  ...(diff === undefined
    ? [line('The difference is not shown, because it may hold secrets.', 'muted')]
    : diff
        .trimEnd()
        .split('\n')
        .slice(2)
        .map(row => line(clip(row, width, figures.ellipsis), diffTone(row)))),
];

/** Rows for the difference, between the name of the file and the choices. */
export const editedLayout = (size: Size, file: ObservedFile): Layout => {
  const layout = layoutOf(size, intro);
  const gap = layout.roomy ? 2 : 0;
  return {...layout, height: Math.max(1, layout.height - editedOptions(file).length - 1 - gap)};
};

export interface EditedProps {
  readonly size: Size;
  readonly title: string;
  readonly file: ObservedFile;
  readonly number: number;
  readonly of: number;
  /** Choice that Enter takes. */
  readonly cursor: number;
  readonly scroll: number;
}

/** What becomes of a generated file that the operator edited. */
export const Edited = ({size, title, file, number, of, cursor, scroll}: EditedProps) => {
  const {figures} = useTheme();
  const layout = editedLayout(size, file);
  const gap = layout.roomy ? [blank] : [];
  const name = line(of > 1 ? `${file.path}  (${number} of ${of})` : file.path, 'strong');
  return (
    <Frame size={size} title={title} intro={intro} hints={hints}>
      <Rows rows={[name]} width={layout.width} />
      <Body layout={layout} rows={[...gap, ...editedRows(file, layout.width, figures)]} scroll={scroll} />
      <Box flexDirection="column" flexShrink={0}>
        <Rows rows={gap} width={layout.width} />
        <Select options={editedOptions(file)} cursor={cursor} />
      </Box>
    </Frame>
  );
};
