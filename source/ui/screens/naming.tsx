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
  readonly notice: string | undefined;
}

const hints = [
  {keys: 'Enter', does: 'add it'},
  {keys: 'Esc', does: 'back'},
  {keys: 'Ctrl+C', does: 'quit'},
];

/** Asks what one more of a repeatable component is called. */
export const Naming = ({size, title, component, name, notice}: NamingProps) => {
  const {figures} = useTheme();
  const intro = `${component?.title ?? ''}: what is this one called? Its settings are asked next.`;
  const layout = layoutOf(size, intro);
  const width = proseWidth(layout);
  const help = `Becomes part of the names of its services, volumes and secrets: ${instanceNameRule}.`;
  const rows = [
    askLine('Name', name, layout.width, figures),
    blank,
    ...paragraph(help, width, 'muted'),
    ...(notice ? [blank, ...paragraph(notice, width, 'warning')] : []),
  ];
  return (
    <Frame size={size} title={title} intro={intro} hints={hints}>
      <Body layout={layout} rows={rows} />
    </Frame>
  );
};
