import {ExitCode, UserError} from '../errors.ts';
import type {Problem, Result} from '../plan/problem.ts';

const asError = (title: string, problems: readonly Problem[]): UserError => {
  const [only] = problems;
  if (only && problems.length === 1) {
    return new UserError(only.what, {why: `Found in ${only.where}.`, next: [only.next], exitCode: ExitCode.usage});
  }
  const why = problems.map(({where, what, next}) => `${where}: ${what} ${next}`).join('\n');
  return new UserError(title, {why, next: ['Correct these, then run the same command again.'], exitCode: ExitCode.usage});
};

/** The value, or all problems as one error with exit code 2. */
export const refuseProblems = <T>(title: string, result: Result<T>): T => {
  if (result.ok) return result.value;
  throw asError(title, result.problems);
};
