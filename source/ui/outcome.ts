import type {ExitCode} from '../errors.ts';

/** How a view ended. */
export interface Outcome {
  readonly exitCode: ExitCode;
  /** Printed on the ordinary screen once the terminal is restored, so that the result stays in sight. */
  readonly summary: readonly string[];
}
