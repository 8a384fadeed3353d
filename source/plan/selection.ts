import type {Answers} from './answers.ts';

/** Why a component is part of the selection. */
export type Reason = {readonly kind: 'platform'} | {readonly kind: 'picked'} | {readonly kind: 'required'; readonly by: string};

export interface SelectedComponent {
  readonly id: string;
  readonly variant: string;
  /** The earliest phase that needs it. */
  readonly phase: string;
  readonly because: Reason;
  /** Components it can not do without: because of its variant, or of what was chosen for it. */
  readonly requires: readonly string[];
}

/** Answers closed over dependencies, with every value resolved. */
export interface Selection {
  readonly answers: Answers;
  /** The compose project. */
  readonly project: string;
  /** By phase, then in catalogue order. */
  readonly components: readonly SelectedComponent[];
  /** Variables of `.env`, all resolved, in the order they are written. */
  readonly values: ReadonlyMap<string, string>;
  /** Choices made, by component (or `platform`) and input. */
  readonly choices: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** What the operator should know about a choice. */
  readonly notices: readonly string[];
}
