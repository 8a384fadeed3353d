import type {Finding} from '../plan/findings.ts';
import type {Check} from './check.ts';
import {checks} from './checks.ts';
import type {PreflightContext} from './facts.ts';

const findingOf = (check: Check, context: PreflightContext, ignored: readonly string[]): Finding => {
  const {verdict, what, next, offers = [], ...outcome} = check.run(context);
  const binding = check.binding ?? outcome.binding;
  const levels: Record<typeof verdict, Finding['level']> = {fine: 'ok', weak: 'warning', failed: check.level};
  const finding: Finding = {
    id: check.id,
    title: check.title,
    level: levels[verdict],
    what,
    next,
    ...(offers.length > 0 && {offers}),
    ...(binding && {binding}),
  };
  if (finding.level !== 'blocking' || binding || !ignored.includes(check.id)) return finding;
  return {...finding, level: 'warning', what: `${what}; ignored as you asked`, ignored: true};
};

/**
 * All checks that apply, in their order; none stops another. Changes nothing and reads nothing but the context.
 * `ignored`: ids of checks whose failure the operator takes on himself; it is a warning then.
 */
export const runChecks = async (context: PreflightContext, ignored: readonly string[] = []): Promise<readonly Finding[]> =>
  checks.filter(check => check.applies(context)).map(check => findingOf(check, context, ignored));

/** Ids by which a check can be ignored. */
export const checkIds: readonly string[] = checks.map(({id}) => id);
