import type {Finding} from '../plan/findings.ts';
import type {Check} from './check.ts';
import {checks} from './checks.ts';
import type {PreflightContext} from './facts.ts';

const findingOf = (check: Check, context: PreflightContext): Finding => {
  const {verdict, what, next} = check.run(context);
  const levels: Record<typeof verdict, Finding['level']> = {fine: 'ok', weak: 'warning', failed: check.level};
  return {id: check.id, title: check.title, level: levels[verdict], what, next};
};

/** All checks that apply, in their order; none stops another. Changes nothing and reads nothing but the context. */
export const runChecks = async (context: PreflightContext): Promise<readonly Finding[]> =>
  checks.filter(check => check.applies(context)).map(check => findingOf(check, context));
