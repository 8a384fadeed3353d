import {Box} from 'ink';
import type {ReactNode} from 'react';
import {useTheme} from '../hooks/use-theme.ts';
import {chromeOf, layoutOf, type Size} from '../layout.ts';
import {blank, type Line, line, lineWidth, segment, spread} from '../text/line.ts';
import {type Hint, hintsLine} from './key-hints.ts';
import {Rows} from './rows.tsx';

export interface FrameProps {
  readonly size: Size;
  /** Where one is, for example `3/5 Components`. */
  readonly title: string;
  /** One sentence: what is decided here and what the default does. */
  readonly intro: string;
  /** Said at the end of the intro or, where there is no room, in the title row: the first of these that fits, the longest first. @default none */
  readonly asides?: readonly Line[];
  /** In front of the title: a filter, for example. @default nothing */
  readonly note?: Line;
  readonly hints: readonly Hint[];
  readonly children: ReactNode;
}

/** Two columns apart, at least. */
const fits = (parts: readonly Line[], width: number) => parts.reduce((sum, part) => sum + lineWidth(part) + 2, -2) <= width;

/** A screen of exactly the window's size: title, rule, intro, body, key hints. */
export const Frame = ({size, title, intro, asides = [], note = blank, hints, children}: FrameProps) => {
  const {figures} = useTheme();
  const {margin, width, height} = layoutOf(size, intro);
  const {intro: sentence, rule, roomy} = chromeOf(size, intro);
  const [first = '', ...rest] = sentence;
  const gap = roomy ? [blank] : [];
  const name = line('infra-wizard', 'strong');
  const where = [...note, ...(note.length > 0 ? [segment('   ')] : []), segment(title, 'accent')];
  const isBeside = (aside: Line) => first !== '' && fits([line(first), aside], width);
  const aside = asides.find(one => isBeside(one) || fits([name, one, where], width));
  const beside = aside && isBeside(aside) ? aside : undefined;
  const above = beside ? undefined : aside;
  const titleRow = spread(above ? [...name, segment('  '), ...above] : name, where, width);
  const introduction = [spread(line(first), beside ?? blank, width), ...rest.map(row => line(row))];
  const head = [
    titleRow,
    ...(rule ? [line(figures.rule.repeat(width), 'muted')] : []),
    ...gap,
    ...(sentence.length > 0 ? introduction : []),
    ...gap,
  ];
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden" paddingX={margin}>
      <Rows rows={head} width={width} />
      <Box flexDirection="column" width={width} height={height} flexShrink={0} overflow="hidden">
        {children}
      </Box>
      <Rows rows={[...gap, hintsLine(hints, width, figures)]} width={width} />
    </Box>
  );
};
