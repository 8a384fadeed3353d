/** An error as the operator reads it. */
import {ExternalError, UserError} from '../errors.ts';

export interface Trouble {
  readonly what: string;
  readonly why: string | undefined;
  readonly next: readonly string[];
  /** Last words of another program. */
  readonly lines: readonly string[];
}

/** Undefined for what is not the operator's to mend: a bug, which ends the program with its stack. */
export const troubleOf = (error: unknown): Trouble | undefined => {
  if (error instanceof UserError) return {what: error.message, why: error.why, next: error.next, lines: []};
  if (error instanceof ExternalError) return {what: error.message, why: undefined, next: [], lines: error.lastLines};
  return undefined;
};
