import type {Component} from '../../catalog/catalog.ts';
import {instanceNameRule} from '../../plan/instances.ts';
import {askLine} from '../components/ask-line.ts';
import {Body} from '../components/body.tsx';
import {Frame} from '../components/frame.tsx';
import type {TextFieldState} from '../components/text-field/text-field-state.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf, proseWidth, type Size} from '../layout.ts';
import {blank, paragraph} from '../text/line.ts';

export interface NamingProps {
  readonly size: Size;
  readonly title: string;
  readonly component: Component | undefined;
  readonly name: TextFieldState;
  /** Id of the one that gets another name. */
  readonly renames: string | undefined;
  readonly notice: string | undefined;
}

const hints = [
  {keys: 'Enter', does: 'add it'},
  {keys: 'Esc', does: 'back'},
  {keys: 'Ctrl+C', does: 'quit'},
];

/** Asks what one more of a repeatable component is called. */
export const Naming = ({size, title, component, name, renames, notice}: NamingProps) => {
  const {figures} = useTheme();
  const kind = component?.title ?? '';
  const intro =
    renames === undefined
      ? `${kind}: what is this one called? Its settings are asked next.`
      : `${kind}: another name for ${renames}. Its settings stay.`;
  const layout = layoutOf(size, intro);
  const width = proseWidth(layout);
  const caution =
    renames === undefined
      ? ''
      : ' Services and volumes of what is deployed keep the old name: under the new one it is a new application that starts empty.';
  const help = `Becomes part of the names of its services, volumes and secrets: ${instanceNameRule}.${caution}`;
  const rows = [
    askLine('Name', name, layout.width, figures),
    blank,
    ...paragraph(help, width, 'muted'),
    ...(notice ? [blank, ...paragraph(notice, width, 'warning')] : []),
  ];
  return (
    <Frame
      size={size}
      title={title}
      intro={intro}
      hints={renames === undefined ? hints : [{keys: 'Enter', does: 'rename it'}, ...hints.slice(1)]}
    >
      <Body layout={layout} rows={rows} />
    </Frame>
  );
};
