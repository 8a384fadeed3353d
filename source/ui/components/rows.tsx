import {Transform} from 'ink';
import {memo} from 'react';
import {useTheme} from '../hooks/use-theme.ts';
import {clipLine, type Line, lineText} from '../text/line.ts';
import {styledLine} from '../text/styled.ts';

interface RowProps {
  /** What is laid out, and what is drawn in its place: the same with styles. */
  readonly text: string;
  readonly styled: string;
}

/** Drawn again only where it says something else. What Ink cuts off, it draws without styles: it never does, rows are clipped before. */
const Row = memo(({text, styled}: RowProps) => <Transform transform={shown => (shown === text ? styled : shown)}>{text}</Transform>);

export interface RowsProps {
  readonly rows: readonly Line[];
  /** Cells; longer rows are shortened with an ellipsis. */
  readonly width: number;
}

/** Rows are told apart by their place: what is drawn at a place changes, the place does not. */
const placed = <T,>(items: readonly T[]) => items.map((item, place) => ({item, place}));

/** One element a row, whatever it is made of: measured as the cheapest way to draw a screen that changes often. */
export const Rows = ({rows, width}: RowsProps) => {
  const {figures, styles} = useTheme();
  return placed(rows).map(({item, place}) => {
    const parts = clipLine(item, width, figures.ellipsis);
    const text = parts.length === 0 ? ' ' : lineText(parts);
    return <Row key={place} text={text} styled={parts.length === 0 ? text : styledLine(parts, styles)} />;
  });
};
