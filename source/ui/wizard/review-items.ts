/** The review as a list of items, whatever the size of the window: what each says, where it was decided, what it opens. Pure. */
import type {Origin} from '../../plan/origin.ts';
import type {Review} from '../services.ts';
import type {Tone} from '../theme.ts';
import {checkItems, filesItems, noticeItems} from './review-findings.ts';
import {addressItems, demandItems, portItems} from './review-outcome.ts';
import {planItems} from './review-plan.ts';
import {summaryItems} from './review-summary.ts';

/** What stands in front of an item: a figure with its tone. */
export type ItemMark = 'error' | 'warning' | 'done' | 'next';

export interface Cell {
  readonly text: string;
  readonly tone: Tone;
  /** Cells it takes at least, so that columns stand below each other. */
  readonly width?: number;
}

export interface ReviewItem {
  /** `section`: its heading, with its number. `group`: a heading inside one. */
  readonly kind: 'section' | 'group' | 'row';
  /** One below the other; the last one is wrapped. */
  readonly cells: readonly Cell[];
  readonly section?: number;
  /** Steps to the right. @default 0 */
  readonly depth?: number;
  readonly mark?: ItemMark;
  /** Where it was decided. */
  readonly origin?: Origin | undefined;
  /** Name of what it opens, and whether it is open. */
  readonly opens?: string;
  readonly isOpen?: boolean;
  /** Name of what has to be open for it to be seen. */
  readonly within?: string;
}

/** Names of what is open. */
export type Opened = ReadonlySet<string>;

const sections: readonly {
  readonly title: (review: Review) => string;
  readonly items: (review: Review, opened: Opened) => readonly ReviewItem[];
}[] = [
  {title: () => 'Summary', items: summaryItems},
  {title: () => 'Plan', items: planItems},
  {title: ({directory}) => `Files in ${directory}`, items: filesItems},
  {title: () => 'Ports that will be open', items: portItems},
  {title: () => 'Addresses that will answer', items: addressItems},
  {title: () => 'Download and memory', items: demandItems},
  {title: () => 'Checks of this host', items: checkItems},
  {title: () => 'Good to know', items: noticeItems},
];

/** All sections, numbered; one without anything to say is left out. */
export const reviewItems = (review: Review, opened: readonly string[]): readonly ReviewItem[] => {
  const names = new Set(opened);
  return sections.flatMap(({title, items}, index) => {
    const rows = items(review, names);
    const heading: ReviewItem = {kind: 'section', section: index + 1, cells: [{text: `${index + 1}  ${title(review)}`, tone: 'strong'}]};
    return rows.length === 0 ? [] : [heading, ...rows];
  });
};
