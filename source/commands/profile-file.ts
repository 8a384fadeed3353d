import {open} from 'node:fs/promises';
import {ExitCode, UserError} from '../errors.ts';

/** A profile is a page of YAML; whatever is larger is none. */
const longest = 256 * 1024;

/** Reads an exported profile. Throws UserError (exit 2) for what is missing, no file, or too large. */
export const readProfileFile = async (path: string): Promise<string> => {
  const refuse = (why: string, cause?: unknown) =>
    new UserError(`The profile ${path} can not be read.`, {why, next: ['Check the path.'], exitCode: ExitCode.usage, cause});
  try {
    const file = await open(path, 'r');
    try {
      const status = await file.stat();
      if (!status.isFile()) throw refuse('It is not a file.');
      if (status.size > longest) throw refuse('It is larger than 256 KiB, which no profile is.');
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw refuse(error instanceof Error ? error.message : String(error), error);
  }
};
