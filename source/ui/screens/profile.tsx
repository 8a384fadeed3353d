import {askLine} from '../components/ask-line.ts';
import {Body} from '../components/body.tsx';
import {errorPanel} from '../components/error-panel.ts';
import {Frame} from '../components/frame.tsx';
import type {TextFieldState} from '../components/text-field/text-field-state.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf, proseWidth, type Size} from '../layout.ts';
import {blank, line, paragraph} from '../text/line.ts';
import type {Trouble} from '../trouble.ts';

const intro = 'Saves the answers for the next run. Secrets are never part of them.';

export interface ProfileProps {
  readonly size: Size;
  readonly title: string;
  readonly name: TextFieldState;
  readonly saving: boolean;
  readonly intent: 'roll-out' | 'write';
  /** What saving under this name takes away. */
  readonly replaces: string | undefined;
  readonly notice: string | undefined;
  readonly trouble: Trouble | undefined;
}

export const Profile = ({size, title, name, saving, intent, replaces, notice, trouble}: ProfileProps) => {
  const {figures} = useTheme();
  const layout = layoutOf(size, intro);
  const width = proseWidth(layout);
  const next = intent === 'write' ? 'save and write the files' : 'save and roll out';
  const field = askLine('Save as', name, layout.width, figures);
  const state = saving ? [line(`Saving ${figures.ellipsis}`, 'muted')] : [line('Clear the name to go on without saving.', 'muted')];
  const wrong = [
    ...(replaces ? paragraph(replaces, width, 'warning') : []),
    ...(notice ? paragraph(notice, width, 'warning') : []),
    ...(trouble ? errorPanel(trouble, width, figures) : []),
  ];
  const hints = [
    {keys: 'Enter', does: name.value === '' ? 'go on without saving' : next},
    {keys: 'Esc', does: 'back'},
    {keys: 'Ctrl+C', does: 'quit'},
  ];
  return (
    <Frame size={size} title={title} intro={intro} hints={hints}>
      <Body layout={layout} rows={[field, blank, ...state, ...(wrong.length > 0 ? [blank, ...wrong] : [])]} />
    </Frame>
  );
};
