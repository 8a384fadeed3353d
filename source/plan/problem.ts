/** Something wrong with what was asked for. Collected, so that all of them are said at once. */
export interface Problem {
  /** Where: a component, an input, a file with its line. */
  readonly where: string;
  readonly what: string;
  /** What to do. */
  readonly next: string;
}

export type Result<T> = {readonly ok: true; readonly value: T} | {readonly ok: false; readonly problems: readonly Problem[]};
