import {Box} from 'ink';
import type {ReactNode} from 'react';
import {useTheme} from '../hooks/use-theme.ts';
import {chromeOf, layoutOf, type Size} from '../layout.ts';
import {blank, line, segment, spread} from '../text/line.ts';
import {type Hint, hintsLine} from './key-hints.ts';
import {Rows} from './rows.tsx';

export interface FrameProps {
  readonly size: Size;
  /** Where one is, for example `3/5 Components`. */
  readonly title: string;
  /** One sentence: what is decided here and what the default does. */
  readonly intro: string;
  /** Said at the end of the intro, where there is room for it. */
  readonly aside?: string;
  readonly hints: readonly Hint[];
  readonly children: ReactNode;
}

/** A screen of exactly the window's size: title, rule, intro, body, key hints. */
export const Frame = ({size, title, intro, aside = '', hints, children}: FrameProps) => {
  const {figures} = useTheme();
  const {margin, width, height} = layoutOf(size, intro);
  const {intro: sentence, rule, roomy} = chromeOf(size, intro);
  const [first = '', ...rest] = sentence;
  const gap = roomy ? [blank] : [];
  const titleRow = spread([segment('infra-wizard', 'strong')], [segment(title, 'accent')], width);
  const introduction = [spread([segment(first)], [segment(aside, 'muted')], width), ...rest.map(row => line(row))];
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
