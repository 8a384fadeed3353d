/** What the workspace was last written from, so that later runs in it need no profile. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Answers} from '../plan/answers.ts';
import {writeFileAtomic} from './atomic.ts';
import {hasCode} from './fs-problem.ts';
import {stateFolder} from './paths.ts';
import {exportProfile, importProfile, makeProfile} from './profile.ts';

const fileName = 'answers.yml';

export const saveWorkspaceAnswers = async (directory: string, answers: Answers): Promise<void> =>
  writeFileAtomic(join(directory, stateFolder, fileName), exportProfile(makeProfile('workspace', answers, new Date())), 0o600);

/** Undefined: nothing was written here yet. Throws UserError (exit 2) when the file was damaged. */
export const loadWorkspaceAnswers = async (directory: string): Promise<Answers | undefined> => {
  const path = join(directory, stateFolder, fileName);
  const text = await readFile(path, 'utf8').catch(error => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  });
  return text === undefined ? undefined : importProfile(text, path).answers;
};
