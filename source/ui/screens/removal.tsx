import type {Plan} from '../../plan/plan.ts';
import {Body} from '../components/body.tsx';
import {Frame} from '../components/frame.tsx';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf, type Size} from '../layout.ts';
import {blank, indented, type Line, line, paragraph, segment} from '../text/line.ts';
import type {Figures} from '../theme.ts';

const intro = 'This is deployed and no longer selected. Shall it be removed? [y/N]';

const hints = [
  {keys: 'y', does: 'remove it'},
  {keys: 'n', does: 'back to the plan'},
  {keys: 'up/down', does: 'scroll'},
  {keys: '?', does: 'help'},
  {keys: 'q', does: 'quit'},
];

export const removalLayout = (size: Size) => layoutOf(size, intro);

/** What goes, what stays, and how the rest could be deleted. */
export const removalRows = ({services, networks}: Plan['removal'], width: number, figures: Figures): readonly Line[] => {
  const volumes = [...new Set(services.flatMap(service => service.volumes))];
  const prose = Math.min(width, 110);
  return [
    line('Stopped and removed', 'strong'),
    ...services.map(({service, first}) => [
      segment(`  ${figures.error} `, 'bad'),
      segment(service),
      segment(first ? '  before anything new is started' : '', 'muted'),
    ]),
    ...networks.map(name => [segment(`  ${figures.error} `, 'bad'), segment(name), segment('  a network that nothing uses', 'muted')]),
    blank,
    line('Kept', 'strong'),
    ...(volumes.length > 0
      ? volumes.map(name => [segment(`  ${figures.done} `, 'good'), segment(name), segment('  its data', 'muted')])
      : [line('  There is no data to keep.', 'muted')]),
    ...(volumes.length > 0
      ? [
          blank,
          ...paragraph('The data can be deleted later:', prose, 'muted'),
          ...indented(paragraph(`docker volume rm ${volumes.join(' ')}`, prose - 2, 'muted'), 2),
        ]
      : []),
  ];
};

export interface RemovalProps {
  readonly size: Size;
  readonly title: string;
  readonly removal: Plan['removal'];
  readonly scroll: number;
}

/** Asks once before anything that is deployed is removed. */
export const Removal = ({size, title, removal, scroll}: RemovalProps) => {
  const {figures} = useTheme();
  const layout = removalLayout(size);
  return (
    <Frame size={size} title={title} intro={intro} hints={hints}>
      <Body layout={layout} rows={removalRows(removal, layout.width, figures)} scroll={scroll} />
    </Frame>
  );
};
