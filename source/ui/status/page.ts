/** The page of one service: its tabs and how its log is looked at. Pure. */
import {type LogAction, type LogView, reduceLogView, startLogView} from './log-view.ts';

export const tabs = ['overview', 'logs', 'health', 'environment', 'networks', 'mounts'] as const;
export type Tab = (typeof tabs)[number];

export interface ServicePage {
  readonly service: string;
  readonly tab: Tab;
  readonly log: LogView;
}

export type PageAction =
  | {readonly type: 'open-page'; readonly tab: Tab}
  | {readonly type: 'tab'; readonly tab: Tab}
  | {readonly type: 'next-tab' | 'previous-tab' | 'close-page'}
  | {readonly type: 'log'; readonly log: LogAction};

const beside = (tab: Tab, by: 1 | -1): Tab => tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length] ?? tab;

/** A log that was left is followed anew when one comes back: lines have other numbers then. */
const turned = (page: ServicePage, tab: Tab): ServicePage =>
  tab === page.tab ? page : {...page, tab, log: {...page.log, place: undefined, match: undefined}};

/** The page after an action; undefined: the table. */
export const reducePage = (page: ServicePage | undefined, selected: string | undefined, action: PageAction): ServicePage | undefined => {
  if (action.type === 'open-page') return selected === undefined ? page : {service: selected, tab: action.tab, log: startLogView};
  if (!page) return undefined;
  switch (action.type) {
    case 'tab':
      return turned(page, action.tab);
    case 'next-tab':
      return turned(page, beside(page.tab, 1));
    case 'previous-tab':
      return turned(page, beside(page.tab, -1));
    case 'close-page':
      return undefined;
    case 'log':
      return {...page, log: reduceLogView(page.log, action.log)};
  }
};
