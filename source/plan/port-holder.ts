/** Who has a port of the host that something else wants. */
export interface PortHolder {
  /** The end of a sentence: `nginx (process 812)`. */
  readonly who: string;
  /** What can be done, one sentence each. */
  readonly next: readonly string[];
}
