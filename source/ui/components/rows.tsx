import {Text} from 'ink';
import {useTheme} from '../hooks/use-theme.ts';
import {clipLine, type Line} from '../text/line.ts';

/** Rows and the parts of a row are told apart by their place: what is drawn at a place changes, the place does not. */
const placed = <T,>(items: readonly T[]) => items.map((item, place) => ({item, place}));

const Row = ({parts}: {readonly parts: Line}) => {
  const {styles} = useTheme();
  return (
    <Text wrap="truncate-end">
      {parts.length === 0
        ? ' '
        : placed(parts).map(({item, place}) => (
            <Text key={place} {...styles[item.tone]}>
              {item.text}
            </Text>
          ))}
    </Text>
  );
};

export interface RowsProps {
  readonly rows: readonly Line[];
  /** Cells; longer rows are shortened with an ellipsis. */
  readonly width: number;
}

/** One `<Text>` per row: measured as the cheapest way to draw a screen that changes often. */
export const Rows = ({rows, width}: RowsProps) => {
  const {figures} = useTheme();
  return placed(rows).map(({item, place}) => <Row key={place} parts={clipLine(item, width, figures.ellipsis)} />);
};
