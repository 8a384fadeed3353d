/** What the preflight checks found, as text. Pure. */
import type {Finding} from '../plan/findings.ts';
import {printable, printableLine} from '../printable.ts';
import {table} from './tables.ts';

const indent = '     ';

const lines = (text: string) => printable(text).split('\n');

const wrongLines = ({id, title, what, next}: Finding, arrow: string): readonly string[] => [
  '',
  `${id}  ${printableLine(title)}`,
  ...lines(what).map(line => `${indent}${line}`),
  ...next.flatMap(step => lines(step).map((line, index) => `${indent}${index === 0 ? arrow : ' '.repeat(arrow.length)} ${line}`)),
];

const section = (title: string, rows: readonly string[]): readonly string[] => (rows.length === 0 ? [] : ['', title, ...rows]);

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** How it stands, in one sentence. */
export const findingSummary = (findings: readonly Finding[]): string => {
  const count = (wanted: Finding['level']) => findings.filter(({level}) => level === wanted).length;
  const blocking = count('blocking');
  return [
    blocking === 0 ? 'Nothing forbids a rollout' : `${counted(blocking, 'check forbids', 'checks forbid')} a rollout`,
    counted(count('warning'), 'warning', 'warnings'),
    `${count('ok')} passed`,
  ].join(', ');
};

/** What forbids a rollout, what to know, what is well; each with its id, what was found and what to do, behind `arrow`. */
export const findingLines = (findings: readonly Finding[], arrow = '→'): readonly string[] => {
  const of = (wanted: Finding['level']) => findings.filter(({level}) => level === wanted);
  const passed = of('ok').map(({id, title, what}) => [id, title, what]);
  return [
    `${findingSummary(findings)}.`,
    ...section(
      'FORBIDS A ROLLOUT',
      of('blocking').flatMap(finding => wrongLines(finding, arrow)),
    ),
    ...section(
      'WARNINGS',
      of('warning').flatMap(finding => wrongLines(finding, arrow)),
    ),
    ...section('PASSED', passed.length === 0 ? [] : ['', ...table([{title: 'CHECK'}, {title: 'WHAT'}, {title: 'FOUND'}], passed)]),
  ];
};
