/** What went wrong, as text and as JSON: the one place that renders errors. Pure. */
import {ExitCode, ExternalError, UserError} from '../errors.ts';
import type {Problem} from '../plan/problem.ts';
import {printable, printableLine} from '../printable.ts';
import {jsonText} from './json.ts';

/** An error as it is shown. */
export interface ProblemView {
  /** `user`: the operator can act. `external`: another program failed. `bug`: ours. */
  readonly kind: 'user' | 'external' | 'bug';
  readonly what: string;
  /** Lines. */
  readonly why: readonly string[];
  /** What another program said last, or where a bug is. */
  readonly said: readonly string[];
  readonly next: readonly string[];
  readonly exitCode: ExitCode;
}

const linesOf = (text: string | undefined): readonly string[] => (text === undefined ? [] : printable(text).trimEnd().split('\n'));

const ofUser = ({message, why, next, exitCode}: UserError): ProblemView => ({
  kind: 'user',
  what: printable(message),
  why: linesOf(why),
  said: [],
  next: next.map(step => printable(step)),
  exitCode,
});

const ofExternal = ({message, argv, lastLines, exitCode}: ExternalError): ProblemView => ({
  kind: 'external',
  what: printableLine(message),
  why: [`The command was: ${printableLine(argv.join(' '))}`],
  said: lastLines.map(line => printableLine(line)),
  next: ['Mend what it says, then run this again: it goes on from where it was.'],
  exitCode,
});

const ofProblems = (problems: readonly Problem[]): ProblemView => ({
  kind: 'user',
  what: problems.length === 1 ? 'There is a problem' : `There are ${problems.length} problems`,
  why: problems.map(({where, what}) => printableLine(`${where}: ${what}`)),
  said: [],
  next: [...new Set(problems.map(({next}) => printable(next)))],
  exitCode: ExitCode.usage,
});

const ofBug = (error: unknown): ProblemView => ({
  kind: 'bug',
  what: `infra-wizard has a bug: ${printableLine(error instanceof Error ? error.message : String(error))}`,
  why: [],
  said:
    error instanceof Error
      ? linesOf(error.stack)
          .slice(1, 6)
          .map(line => line.trim())
      : [],
  next: ['Please report it with these lines.', 'Nothing is lost: run the same command again to go on.'],
  exitCode: ExitCode.failed,
});

const isProblems = (error: unknown): error is readonly Problem[] => Array.isArray(error);

/** Of a UserError, an ExternalError, a list of problems, or anything else, which is a bug. */
export const viewProblem = (error: unknown): ProblemView => {
  if (error instanceof UserError) return ofUser(error);
  if (error instanceof ExternalError) return ofExternal(error);
  return isProblems(error) ? ofProblems(error) : ofBug(error);
};

const indented = (mark: string, text: string): readonly string[] =>
  text.split('\n').map((line, index) => `${index === 0 ? mark : ' '.repeat(mark.length)}${line}`);

/** What happened, why, what was said, and what to do next. */
export const problemLines = (error: unknown): readonly string[] => {
  const {what, why, said, next} = viewProblem(error);
  return [
    ...indented('error: ', what),
    ...why.map(line => `  ${line}`),
    ...said.map(line => `  | ${line}`),
    ...next.flatMap(step => indented('  next: ', step)),
  ];
};

/** `{"error":{kind, what, why, said, next, exitCode}}` on one line. */
export const problemJson = (error: unknown): string => jsonText({error: viewProblem(error)});
