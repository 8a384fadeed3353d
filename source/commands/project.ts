/** The project of a workspace that was written before. */
import {ExitCode, UserError} from '../errors.ts';
import {select} from '../plan/select.ts';
import type {Selection} from '../plan/selection.ts';
import {loadWorkspaceAnswers} from '../workspace/answers.ts';
import type {Context} from './context.ts';
import {refuseProblems} from './problems.ts';

/** Throws UserError (exit 2) when nothing was written to the folder yet. */
export const writtenSelection = async ({catalog, directory}: Pick<Context, 'catalog' | 'directory'>): Promise<Selection> => {
  const answers = await loadWorkspaceAnswers(directory);
  if (answers) return refuseProblems('The answers of this workspace do not fit the catalogue any more.', select(catalog, answers));
  throw new UserError(`There is no platform in ${directory}.`, {
    why: 'infra-wizard has written nothing there yet.',
    next: ['Name its folder with --dir DIR.', 'Or set one up: infra-wizard up.'],
    exitCode: ExitCode.usage,
  });
};
