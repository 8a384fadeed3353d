/** What the preflight checks found, as text. Pure. */
import type {Finding} from '../plan/findings.ts';
import {printable} from '../printable.ts';
import {table} from './tables.ts';

const stepLines = ({id, title, next}: Finding): readonly string[] => [
  '',
  `${id} ${title}:`,
  ...next.flatMap(step => printable(step).split('\n')).map(line => `  ${line}`),
];

/** A table of all findings, and below it what to do about those that are not ok. */
export const findingLines = (findings: readonly Finding[]): readonly string[] => [
  ...table(
    [{title: 'CHECK'}, {title: 'RESULT'}, {title: 'WHAT'}, {title: 'FOUND'}],
    findings.map(finding => [finding.id, finding.level, finding.title, finding.what]),
  ),
  ...findings.filter(({level, next}) => level !== 'ok' && next.length > 0).flatMap(stepLines),
];
