/** How a rollout ended, for the exit code and for the terminal afterwards. Pure. */
import {ExitCode, ExternalError, UserError} from '../../errors.ts';
import {failuresOf, type RolloutState, rolledBack, runOf} from '../../rollout/state.ts';
import type {Outcome} from '../outcome.ts';
import type {Review} from '../services.ts';
import {widthOf} from '../text/width.ts';
import {resultText} from './result.ts';

export type Links = Review['links'];

/** How the stream of events ended. */
export interface Ending {
  readonly error: unknown;
}

const linkLines = (links: Links): readonly string[] => {
  const titles = Math.max(0, ...links.map(({title}) => widthOf(title)));
  return links.map(({title, url, login}) => `  ${title}${' '.repeat(titles - widthOf(title))}  ${url}${login ? `  ${login}` : ''}`);
};

const failureLines = (state: RolloutState): readonly string[] =>
  failuresOf(state).flatMap(({service, image, reason, next}) => [
    `  ${service ?? image ?? 'rollout'}: ${reason}`,
    ...next.map(step => `    ${step}`),
  ]);

const codes: Readonly<Partial<Record<string, Outcome['exitCode']>>> = {
  done: ExitCode.done,
  error: ExitCode.stopped,
  warning: ExitCode.interrupted,
};

const thrown = (error: unknown): Outcome | undefined => {
  if (error instanceof UserError)
    return {exitCode: error.exitCode, summary: [error.message, ...(error.why ? [error.why] : []), ...error.next]};
  if (error instanceof ExternalError) return {exitCode: error.exitCode, summary: [error.message, ...error.lastLines]};
  return undefined;
};

const again = 'What runs is left as it is. Run the same command again to go on.';

/** Undefined `ending`: left while it was still running. */
export const rolloutOutcome = (state: RolloutState, ending: Ending | undefined, links: Links): Outcome => {
  if (!ending) return {exitCode: ExitCode.interrupted, summary: [resultText(state), again]};
  const broken = thrown(ending.error);
  if (broken) return broken;
  const run = runOf(state);
  if (run?.text === rolledBack) return {exitCode: ExitCode.failed, summary: [resultText(state), ...(run.details ? [run.details] : [])]};
  const exitCode = codes[run?.status ?? ''] ?? ExitCode.failed;
  if (exitCode === ExitCode.done) return {exitCode, summary: [resultText(state), ...linkLines(links)]};
  return {exitCode, summary: [resultText(state), ...failureLines(state), again]};
};
