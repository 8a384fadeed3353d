/** What a file system refused, in words an operator can act on. Pure. */
import {ExitCode, UserError} from '../errors.ts';

interface Remedy {
  readonly why: string;
  readonly next: readonly string[];
}

const full: Remedy = {
  why: 'The disk, its inodes or your quota are used up.',
  next: ['Free some space (`df -h` and `df -i` show what is used), then run this again.'],
};

const denied: Remedy = {
  why: 'You have no right to write there.',
  next: ['Choose a folder of your own with --dir, or have its owner changed (`sudo chown -R "$USER" FOLDER`), then run this again.'],
};

/** By the error code of the system call; see errno(3). */
const remedies: Readonly<Record<string, Remedy>> = {
  ENOSPC: full,
  EDQUOT: full,
  EACCES: denied,
  EPERM: denied,
  EROFS: {why: 'The file system is mounted read-only.', next: ['Choose a folder on another disk with --dir, or mount it writable.']},
  ENOENT: {why: 'The system lets nothing be created there.', next: ['Choose another folder with --dir.']},
  ENOTDIR: {why: 'A part of the path is a file, not a folder.', next: ['Move that file away or choose another folder with --dir.']},
  EISDIR: {why: 'There is a folder where a file belongs.', next: ['Move that folder away, then run this again.']},
  EEXIST: {why: 'Something else is already there.', next: ['Move it away, then run this again.']},
  ELOOP: {why: 'The path is a circle of symbolic links.', next: ['Name the real folder with --dir.']},
  ENAMETOOLONG: {why: 'The path is too long.', next: ['Choose a folder with a shorter path with --dir.']},
  EIO: {why: 'The disk reported an input/output error.', next: ['Look at `dmesg` for what the disk says before you go on.']},
};

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

export const hasCode = (error: unknown, ...codes: readonly string[]): boolean => codes.includes(codeOf(error) ?? '');

/** The error to throw instead of what a system call threw; errors that are not of the file system stay as they are. */
const fsProblem = (error: unknown, what: string): unknown => {
  const code = codeOf(error);
  const remedy = code === undefined || error instanceof UserError ? undefined : remedies[code];
  return remedy ? new UserError(what, {...remedy, why: `${remedy.why} (${code})`, exitCode: ExitCode.refused, cause: error}) : error;
};

/** Does it, and says `what` when the file system refuses. */
export const explained = async <T>(what: string, action: () => Promise<T>): Promise<T> => {
  try {
    return await action();
  } catch (error) {
    throw fsProblem(error, what);
  }
};
