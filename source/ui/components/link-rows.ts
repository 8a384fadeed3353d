import type {Review} from '../services.ts';
import {type Line, lineWidth, segment} from '../text/line.ts';
import {padTo, widthOf} from '../text/width.ts';

/** Addresses with what they lead to and who may sign in. An address is never cut: what does not fit beside it goes below. */
export const linkRows = (links: Review['links'], width: number): readonly Line[] => {
  const titles = Math.max(0, ...links.map(({title}) => widthOf(title))) + 2;
  return links.flatMap(({title, url, login}) => {
    const whole: Line = [segment(`  ${padTo(title, titles)}`), segment(url, 'accent'), segment(login ? `  ${login}` : '', 'muted')];
    if (lineWidth(whole) <= width) return [whole];
    const below: readonly Line[] = login ? [[segment(`    ${login}`, 'muted')]] : [];
    return [[segment(`  ${title}`)], [segment(`    ${url}`, 'accent')], ...below];
  });
};
