import {labels} from '../../source/plan/overlay.ts';
import {type ComposeFile, pairs, type Subject} from './rule.ts';

import {exceptions, rules} from './rules.ts';
import {stackRules} from './rules-stack.ts';
import {subjectsOf} from './support.ts';

/** What is wrong with one service, unless it is excused. */
export const complaints = (subject: Subject, excused: Readonly<Record<string, string>> = {}): readonly string[] =>
  rules.flatMap(({id, title, check}) => {
    const problem = id in excused ? undefined : check(subject);
    return problem === undefined ? [] : [`${subject.name}: ${id} ${title}: ${problem}`];
  });

/** Exceptions of a service; those of an instance's are written under the names of what it was made from. */
const excusesFor = ({name, service}: Subject): Readonly<Record<string, string>> => {
  const component = pairs(service.labels).find(([key]) => key === labels.component)?.[1] ?? '';
  const [base = '', instance] = component.split('.');
  return exceptions[instance === undefined ? name : name.replace(`${base}-${instance}`, base)] ?? {};
};

/** Every broken rule of a whole platform. */
export const brokenRules = (compose: ComposeFile): readonly string[] => [
  ...subjectsOf(compose).flatMap(subject => complaints(subject, excusesFor(subject))),
  ...stackRules.flatMap(({id, check}) => check(compose).map(problem => `${id}: ${problem}`)),
];
