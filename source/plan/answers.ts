/** Everything the operator said; what a profile saves. Never holds a secret. */

export const strategies = ['incremental', 'all-in-one'] as const;
export type Strategy = (typeof strategies)[number];

export interface Answers {
  readonly tier: string;
  readonly environment: string;
  /** `incremental`: each phase waits until the one before is healthy. `all-in-one`: no such gates. */
  readonly strategy: Strategy;
  /** Picked component to variant. What they require is not listed here. */
  readonly components: Readonly<Record<string, string>>;
  /** Component id (or `platform`) to input id to value. Only what differs from the default. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Key of `settings` for the inputs of the platform itself. */
export const platformSettings = 'platform';
