/** `--secret-file COMPONENT.SECRET=FILE`: values come from files, since everybody on a host can read arguments. */
import {open} from 'node:fs/promises';
import {ExitCode, UserError} from '../errors.ts';
import type {Answers} from '../plan/answers.ts';
import {type GivenSecrets, matchSecrets, type NamedSecret} from '../plan/secrets.ts';
import {refuseReplacedSecrets} from '../workspace/given-secrets.ts';
import type {Context} from './context.ts';
import {refuseProblems} from './problems.ts';

/** A password is a word. */
const longest = 4096;

const unusable = (path: string, why: string, cause?: unknown) =>
  new UserError(`The file ${path} can not be used as a secret.`, {
    why,
    next: ['Name a file that holds the secret alone, on one line.'],
    exitCode: ExitCode.usage,
    cause,
  });

/** The one line of a file. A pipe will do, such as the one of `<(pass show it)`. */
const readWord = async (path: string): Promise<string> => {
  try {
    const file = await open(path, 'r');
    try {
      if ((await file.stat()).isDirectory()) throw unusable(path, 'It is a folder.');
      const {bytesRead, buffer} = await file.read(Buffer.alloc(longest + 1), 0, longest + 1, null);
      if (bytesRead > longest) throw unusable(path, `It is larger than ${longest} bytes.`);
      const word = buffer.toString('utf8', 0, bytesRead).replace(/\r?\n$/, '');
      if (word === '') throw unusable(path, 'It is empty.');
      return word;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw unusable(path, error instanceof Error ? error.message : String(error), error);
  }
};

const named = async (flag: string): Promise<NamedSecret> => {
  const [, component, id, path] = /^([^.=]+(?:\.[^.=]+)?)\.([^.=]+)=(.+)$/s.exec(flag) ?? [];
  if (component === undefined || id === undefined || path === undefined) {
    throw new UserError(`"${flag}" names no secret and its file.`, {
      next: ['Write --secret-file COMPONENT.SECRET=FILE.'],
      exitCode: ExitCode.usage,
    });
  }
  return {flag: '--secret-file', component, id, value: await readWord(path)};
};

/** Throws UserError: exit 2 for what can not be read or used, exit 3 for a secret that is there with another content. */
export const givenSecrets = async ({catalog, directory, flags}: Context, answers: Answers): Promise<GivenSecrets> => {
  if (flags.secretFile.length === 0) return new Map();
  const words: NamedSecret[] = [];
  for (const flag of flags.secretFile) words.push(await named(flag));
  const {secrets, problems} = matchSecrets(catalog, answers, words);
  if (problems.length > 0) refuseProblems('These secrets do not fit.', {ok: false, problems});
  await refuseReplacedSecrets(directory, secrets);
  return secrets;
};
