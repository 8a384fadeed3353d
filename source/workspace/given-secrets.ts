/** Secrets that the operator gives, against those that are there. Reads only. */
import {ExitCode, UserError} from '../errors.ts';
import type {GivenSecrets} from '../plan/secrets.ts';
import {findFolder} from './folder.ts';
import {secretsFolder} from './paths.ts';
import {listSecretFiles, readSecretFile} from './secret-files.ts';

/** Names of the secrets that are there already. */
export const presentSecrets = async (directory: string): Promise<readonly string[]> => {
  const root = await findFolder(directory);
  return root === undefined ? [] : listSecretFiles(root);
};

/** The content of a secret; undefined when it is not there. */
export const readSecret = async (directory: string, id: string): Promise<string | undefined> => {
  const root = await findFolder(directory);
  return root === undefined ? undefined : (await readSecretFile(root, id))?.trimEnd();
};

/** UserError (exit 3) when one is there with another content: databases take a password at their first start and never again. */
export const refuseReplacedSecrets = async (directory: string, given: GivenSecrets): Promise<void> => {
  const replaced: string[] = [];
  for (const [id, value] of given) {
    const there = await readSecret(directory, id);
    if (there !== undefined && there !== value) replaced.push(`${secretsFolder}/${id}`);
  }
  if (replaced.length === 0) return;
  throw new UserError(`Nothing was written: ${replaced.join(', ')} ${replaced.length === 1 ? 'is' : 'are'} there with another content.`, {
    why: 'What runs already took the password at its first start; another file would only lock it out.',
    next: [
      'Change the password in the service itself, then put the same one into the file.',
      'Where nothing was started yet, move the file away and run this again.',
    ],
    exitCode: ExitCode.refused,
  });
};
