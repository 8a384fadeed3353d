/** The project of a workspace that was written before. */
import type {Catalog} from '../catalog/catalog.ts';
import {ExitCode, UserError} from '../errors.ts';
import type {Answers} from '../plan/answers.ts';
import {select} from '../plan/select.ts';
import type {Selection} from '../plan/selection.ts';
import {unknownComponents} from '../plan/unknown-components.ts';
import {loadWorkspaceAnswers} from '../workspace/answers.ts';
import type {Context} from './context.ts';
import {refuseProblems} from './problems.ts';

const refuseUnknown = (catalog: Catalog, answers: Answers | undefined): void => {
  const unknown = answers ? unknownComponents(catalog, answers) : [];
  if (unknown.length === 0) return;
  throw new UserError(`This infra-wizard does not know ${unknown.join(', ')} of the platform in this folder.`, {
    why: 'Another version set it up.',
    next: [
      'Use that one, or the newest: npx infra-wizard@latest.',
      `Or leave it out, which stops nothing of it: infra-wizard write ${unknown.map(id => `--without ${id}`).join(' ')}`,
    ],
    exitCode: ExitCode.usage,
  });
};

/** Throws UserError (exit 2) when nothing was written to the folder yet. */
export const writtenSelection = async ({catalog, directory}: Pick<Context, 'catalog' | 'directory'>): Promise<Selection> => {
  const answers = await loadWorkspaceAnswers(directory);
  refuseUnknown(catalog, answers);
  if (answers) return refuseProblems('The answers of this workspace do not fit the catalogue any more.', select(catalog, answers));
  throw new UserError(`There is no platform in ${directory}.`, {
    why: 'infra-wizard has written nothing there yet.',
    next: ['Name its folder with --dir DIR.', 'Or set one up: infra-wizard up.'],
    exitCode: ExitCode.usage,
  });
};
