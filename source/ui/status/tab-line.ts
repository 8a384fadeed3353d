/** The tabs of a page as a row. Pure. */
import {type Line, lineWidth, segment, spread} from '../text/line.ts';
import {type Tab, tabs} from './page.ts';

const titles: Readonly<Record<Tab, string>> = {
  overview: 'Overview',
  logs: 'Logs',
  health: 'Health',
  environment: 'Environment',
  networks: 'Networks',
  mounts: 'Mounts',
};

const titled = (open: Tab, gap: string, titleOf: (tab: Tab, index: number) => string): Line =>
  tabs.flatMap((tab, index) => {
    const title = titleOf(tab, index);
    const between = index > 0 ? [segment(gap)] : [];
    return tab === open ? [...between, segment(`[${title}]`, 'focus')] : [...between, segment(title, 'muted')];
  });

/** With their numbers, without, and close together. */
const linesOf = (open: Tab): readonly Line[] => [
  titled(open, '  ', (tab, index) => `${index + 1} ${titles[tab]}`),
  titled(open, '  ', tab => titles[tab]),
  titled(open, ' ', tab => titles[tab]),
];

/** With their numbers where there is room; where there is hardly any, the open one alone. */
export const tabLine = (open: Tab, width: number): Line => {
  const fitting = linesOf(open).find(line => lineWidth(line) <= width);
  return fitting ?? [segment(`[${titles[open]}]`, 'focus'), segment(` ${tabs.indexOf(open) + 1} of ${tabs.length}`, 'muted')];
};

/** With something beside them, the first of `asides` that fits: the tabs give way before that is left out. */
export const tabLineBeside = (open: Tab, asides: readonly string[], width: number): Line => {
  const lines = linesOf(open).flatMap(tabs => asides.map(aside => spread(tabs, [segment(aside, 'muted')], width)));
  return lines.find(line => lineWidth(line) === width) ?? tabLine(open, width);
};
