import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf, type Size} from '../layout.ts';
import {blank, type Line, line, segment} from '../text/line.ts';
import {padTo, widthOf, wrap} from '../text/width.ts';
import type {Figures} from '../theme.ts';
import {Body} from './body.tsx';
import {Frame} from './frame.tsx';
import {type Hint, keyLabel} from './key-hints.ts';

export interface HelpTopic {
  readonly title: string;
  /** Keys or words, each with what it does or means. */
  readonly entries: readonly Hint[];
}

const entryRows = ({keys, does}: Hint, column: number, width: number, figures: Figures): readonly Line[] =>
  wrap(does, Math.max(2, width - column - 2)).map((row, index) => [
    segment(`  ${padTo(index === 0 ? keyLabel(keys, figures) : '', column)}`, 'accent'),
    segment(row),
  ]);

/** All topics below each other. */
export const helpRows = (topics: readonly HelpTopic[], width: number, figures: Figures): readonly Line[] => {
  const labels = topics.flatMap(({entries}) => entries.map(({keys}) => widthOf(keyLabel(keys, figures))));
  const column = Math.min(Math.max(0, ...labels) + 3, Math.floor(width / 2));
  return topics.flatMap(({title, entries}) => [
    line(title, 'strong'),
    ...entries.flatMap(entry => entryRows(entry, column, width, figures)),
    blank,
  ]);
};

export interface HelpProps {
  readonly size: Size;
  readonly topics: readonly HelpTopic[];
  readonly scroll: number;
}

const intro = 'Keys and words of this screen.';

const hints: readonly Hint[] = [
  {keys: 'Esc', does: 'close'},
  {keys: 'up/down', does: 'scroll'},
];

/** Where the rows of the help go. */
export const helpLayout = (size: Size) => layoutOf(size, intro);

/** Covers the screen it explains. */
export const Help = ({size, topics, scroll}: HelpProps) => {
  const {figures} = useTheme();
  const layout = helpLayout(size);
  return (
    <Frame size={size} title="Help" intro={intro} hints={hints}>
      <Body layout={layout} rows={helpRows(topics, layout.width, figures)} scroll={scroll} />
    </Frame>
  );
};
