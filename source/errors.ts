/**
 * Three kinds of error: the operator can act (UserError), another program failed (ExternalError), everything else is a bug of ours.
 * One place renders them: `display/problem.ts`.
 */

/** The exit codes scripts may rely on. */
export const ExitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  locked: 4,
  stopped: 5,
  changes: 6,
  interrupted: 130,
  terminated: 143,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export interface UserErrorOptions {
  /** Why it is so; the sentence after the first. */
  readonly why?: string;
  /** What to do next, one sentence each. */
  readonly next?: readonly string[];
  /** Default 1. */
  readonly exitCode?: ExitCode;
  readonly cause?: unknown;
}

/** Something the operator can mend. `message` says what happened. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly why: string | undefined;
  readonly next: readonly string[];
  readonly exitCode: ExitCode;

  constructor(what: string, {why, next = [], exitCode = ExitCode.failed, cause}: UserErrorOptions = {}) {
    super(what, {cause});
    this.why = why;
    this.next = next;
    this.exitCode = exitCode;
  }
}

/** Another program ended badly. Keeps its command and its last words; neither ever holds a secret, since none is passed by argv. */
export class ExternalError extends Error {
  override readonly name = 'ExternalError';
  readonly argv: readonly string[];
  /** Undefined when a signal ended it or it never started. */
  readonly code: number | undefined;
  readonly lastLines: readonly string[];
  readonly exitCode: ExitCode = ExitCode.failed;

  constructor(argv: readonly string[], code: number | undefined, lastLines: readonly string[], cause?: unknown) {
    super(`${argv.slice(0, 3).join(' ')} ${code === undefined ? 'could not be run' : `ended with code ${code}`}`, {cause});
    this.argv = argv;
    this.code = code;
    this.lastLines = lastLines;
  }
}
