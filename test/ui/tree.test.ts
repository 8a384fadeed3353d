import {expect, test} from 'vitest';
import type {ResourceStatus} from '../../source/events.ts';
import {type Branch, fittedRows} from '../../source/ui/rollout/tree.ts';
import {line, lineText} from '../../source/ui/text/line.ts';
import {createTheme} from '../../source/ui/theme.ts';

const {figures} = createTheme({colour: false, unicode: true, still: true});

const leaves = (...statuses: readonly ResourceStatus[]) =>
  statuses.map((status, index) => ({status, rows: [line(`  ${status} ${index}`)]}));
const branch = (title: string, status: ResourceStatus, ...statuses: readonly ResourceStatus[]): Branch => ({
  ...{title, status},
  head: line(title),
  leaves: leaves(...statuses),
});

const fitted = (branches: readonly Branch[], height: number) => fittedRows([line('Files')], branches, height, figures).map(lineText);

const three = [
  branch('Core', 'done'),
  branch('Data', 'working', 'done', 'working', 'waiting', 'error', 'done'),
  branch('Extras', 'waiting'),
];

test('with room for all there is air between the phases', () => {
  expect(fitted(three, 12)).toEqual([
    ...['Files', '', 'Core', '', 'Data', '  done 0', '  working 1', '  waiting 2', '  error 3', '  done 4', '', 'Extras'],
  ]);
});

test('the air goes first', () => {
  expect(fitted(three, 11)).toEqual(['Files', 'Core', 'Data', '  done 0', '  working 1', '  waiting 2', '  error 3', '  done 4', 'Extras']);
});

test('then what is right, then what waits; what works goes late and what failed last, and all of it is counted', () => {
  expect(fitted(three, 8)).toEqual([
    'Files',
    'Core',
    'Data',
    '  working 1',
    '  waiting 2',
    '  error 3',
    '  … and 2 more: 2 right',
    'Extras',
  ]);
  expect(fitted(three, 7)).toEqual(['Files', 'Core', 'Data', '  working 1', '  error 3', '  … and 3 more: 2 right, 1 waiting', 'Extras']);
  expect(fitted(three, 6)).toEqual(['Files', 'Core', 'Data', '  error 3', '  … and 4 more: 2 right, 1 under way, 1 waiting', 'Extras']);
});

test('in a low window phases that are over, or wait, stand together in one row', () => {
  const many = [
    ...['One', 'Two', 'Three'].map(title => branch(title, 'done')),
    branch('Four', 'working', 'working', 'done', 'done'),
    ...['Five', 'Six'].map(title => branch(title, 'waiting')),
  ];
  expect(fitted(many, 5)).toEqual([
    ...['✔ 3 phases are right: One, Two, Three', 'Four', '  working 0', '  … and 2 more: 2 right', '· 2 phases wait: Five, Six'],
  ]);
});

test('it fits whatever the height, from one row for each phase on', () => {
  for (let height = 6; height < 40; height += 1) {
    const branches = three.flatMap(one => [one, {...one, title: `${one.title} again`}]);
    expect(fitted(branches, height).length).toBeLessThanOrEqual(height);
  }
});
