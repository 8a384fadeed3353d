import {Text, Transform} from 'ink';
import {memo} from 'react';
import {useTheme} from '../hooks/use-theme.ts';
import {clipLine, type Line, line, lineText} from '../text/line.ts';
import {narrow} from '../text/narrow.ts';
import {styledLine} from '../text/styled.ts';

/** Rows and the parts of a row are told apart by their place: what is drawn at a place changes, the place does not. */
const placed = <T,>(items: readonly T[]) => items.map((item, place) => ({item, place}));

const Parts = ({parts}: {readonly parts: Line}) => {
  const {styles} = useTheme();
  return (
    <Text wrap="truncate-end">
      {placed(parts).map(({item, place}) => (
        <Text key={place} {...styles[item.tone]}>
          {item.text}
        </Text>
      ))}
    </Text>
  );
};

interface RowProps {
  /** One at least. */
  readonly parts: Line;
  /** The parts with their styles. */
  readonly styled: string;
}

/**
 * One element, whatever it is made of, laid out without styles and drawn with them; again only where it says something else. Measured as the
 * cheapest way to draw a screen that changes often. Of other than narrow characters Ink leaves some out, and finds the styles itself.
 */
const Row = memo(
  ({parts, styled}: RowProps) => {
    const text = lineText(parts);
    if (!narrow.test(text)) return <Parts parts={parts} />;
    return <Transform transform={shown => (shown === text ? styled : shown)}>{text}</Transform>;
  },
  (before, after) => before.styled === after.styled,
);

export interface RowsProps {
  readonly rows: readonly Line[];
  /** Cells; longer rows are shortened with an ellipsis. */
  readonly width: number;
}

export const Rows = ({rows, width}: RowsProps) => {
  const {figures, styles} = useTheme();
  return placed(rows).map(({item, place}) => {
    const parts = item.length === 0 ? line(' ') : clipLine(item, width, figures.ellipsis);
    return <Row key={place} parts={parts} styled={styledLine(parts, styles)} />;
  });
};
