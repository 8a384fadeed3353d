import {Body} from '../components/body.tsx';
import {Frame} from '../components/frame.tsx';
import {type Hint, keyLabel} from '../components/key-hints.ts';
import {Rows} from '../components/rows.tsx';
import {textFieldLine} from '../components/text-field/text-field.ts';
import {useKeys} from '../hooks/use-keys.tsx';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf} from '../layout.ts';
import {paletteChoices} from '../status/keys.ts';
import type {LogBuffer} from '../status/log-buffer.ts';
import {logGutter} from '../status/log-rows.ts';
import type {Palette} from '../status/palette.ts';
import {subjectOf} from '../status/state.ts';
import {blank, type Line, line, segment} from '../text/line.ts';
import {padTo} from '../text/width.ts';
import type {PaneProps} from './status-panel.tsx';

const hints: readonly Hint[] = [
  {keys: 'Enter', does: 'do it'},
  {keys: 'up/down', does: 'choose'},
  {keys: 'Esc', does: 'close'},
];

/** Columns of the keys. */
const column = 7;

interface PalettePaneProps extends PaneProps {
  readonly palette: Palette;
  /** The log it was opened over. */
  readonly log: LogBuffer | undefined;
}

/** Everything that can be done from where one is; what can not be done now says why. */
export const PalettePane = ({size, title, live: {machine}, palette, log}: PalettePaneProps) => {
  const {figures} = useTheme();
  const {state: view, press} = machine;
  const subject = subjectOf(view);
  const intro = `Actions${subject === undefined ? '' : ` for ${subject}`}: type to narrow them down.`;
  const layout = layoutOf(size, intro);
  const choices = paletteChoices(view, {page: 1, limit: 0});
  const rows = choices.map(({keys, does, why}, index): Line => {
    const isFocused = index === palette.cursor;
    const tone = why === undefined ? (isFocused ? 'focus' : 'plain') : 'muted';
    return [
      segment(isFocused ? `${figures.pointer} ` : '  ', 'focus'),
      segment(padTo(keyLabel(keys, figures), column), 'accent'),
      segment(does, tone),
      ...(why === undefined ? [] : [segment(`  ${figures.separator} ${why}`, 'muted')]),
    ];
  });
  const gap = layout.roomy ? [blank] : [];
  const height = Math.max(1, layout.height - gap.length - 1);
  const drawn = log && {log: {log, height, width: Math.max(1, layout.width - logGutter)}};
  useKeys(key => press(key, {page: height, limit: 0, ...drawn}));
  const none = [line('  Nothing is called like that.', 'muted')];
  return (
    <Frame size={size} title={title} intro={intro} hints={hints}>
      <Rows
        rows={[[segment(': ', 'accent'), ...textFieldLine(palette.field, Math.max(1, layout.width - 2))], ...gap]}
        width={layout.width}
      />
      <Body layout={{width: layout.width, height}} rows={rows.length > 0 ? rows : none} cursor={palette.cursor} />
    </Frame>
  );
};
