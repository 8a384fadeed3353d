/** What making secrets has in common: a file that is there is kept, one that is missing is made. */
import {ExitCode, UserError} from '../errors.ts';
import type {ResourceEvent} from '../events.ts';
import type {GivenSecrets} from '../plan/secrets.ts';
import {secretsFolder} from './paths.ts';
import type {SecretFiles} from './secret-files.ts';

export interface SecretWork {
  readonly files: SecretFiles;
  /** Names of files that this call wrote. */
  readonly made: Set<string>;
  /** Values to write instead of generated ones. */
  readonly given: GivenSecrets;
  readonly now: number;
}

export type Outcome = Pick<ResourceEvent, 'status' | 'text' | 'details'>;

export const generated: Outcome = {status: 'done', text: 'Generated', details: 'was not there'};
export const typed: Outcome = {status: 'done', text: 'Written', details: 'given by you'};
export const present: Outcome = {status: 'skipped', text: 'Unchanged', details: 'is there already; never changed'};

/** UserError (exit 3) for a file of `secrets/`. */
export const wrong = (name: string, why: string) =>
  new UserError(`The secret ${secretsFolder}/${name} cannot be used`, {
    why,
    next: [`Put the right one back, or move ${secretsFolder}/${name} away to have a new one generated.`],
    exitCode: ExitCode.refused,
  });

/** The content of a file, which is made when it is missing. */
export const ensure = async ({files, made}: SecretWork, name: string, make: () => string | Promise<string>): Promise<string> => {
  const content = await files.read(name);
  if (content !== undefined) return content;
  const fresh = await make();
  await files.create(name, fresh);
  made.add(name);
  return fresh;
};

export const outcomeOf = ({made}: SecretWork, name: string) => (made.has(name) ? generated : present);
