import {ExitCode, UserError} from '../errors.ts';
import type {Context} from './context.ts';

/** Asks before something is lost; `--yes` answers. Throws UserError (exit 2) where there is nobody to ask. */
export const confirmed = async ({flags, ask}: Pick<Context, 'flags' | 'ask'>, question: string): Promise<boolean> => {
  if (flags.yes) return true;
  const answer = await ask(`${question} [y/N] `);
  if (answer !== undefined) return /^y(es)?$/i.test(answer.trim());
  throw new UserError('Nothing was changed: it was not confirmed.', {
    why: `${question} There is no terminal to ask.`,
    next: ['Add --yes to do it without asking.'],
    exitCode: ExitCode.usage,
  });
};
