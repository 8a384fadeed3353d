/** The wizard's state and what can happen to it. Pure. */
import type {Answers} from '../../plan/answers.ts';
import type {Finding, HostFindings} from '../../plan/findings.ts';
import type {Motion} from '../components/list/list-state.ts';
import type {TextFieldAction, TextFieldState} from '../components/text-field/text-field-state.ts';
import type {Outcome} from '../outcome.ts';
import type {Review} from '../services.ts';
import type {Trouble} from '../trouble.ts';
import type {ProfilesAction, ProfilesState} from './profiles.ts';

export type Screen =
  | {readonly name: 'welcome'}
  /** `confirming`: id of the check that is about to be ignored. `reading`: one finding fills the screen, from this row on. */
  | {readonly name: 'checks'; readonly confirming?: string; readonly reading?: number}
  | {readonly name: 'basics'}
  | {readonly name: 'components'}
  /** Asks under which name one more of a repeatable component is picked. */
  | {readonly name: 'naming'; readonly base: string}
  /** `from`: where Esc leads. */
  | {readonly name: 'settings'; readonly from: 'components' | 'review'}
  | {readonly name: 'review'}
  /** Asks under which name the answers are saved. */
  | {readonly name: 'profile'; readonly saving: boolean}
  /** Saved profiles: use, rename, copy, remove, export, import. */
  | {readonly name: 'profiles'}
  | {readonly name: 'writing'}
  | {readonly name: 'written'; readonly paths: readonly string[]}
  | {readonly name: 'rollout'}
  | {readonly name: 'status'};

export type ScreenName = Screen['name'];

/** Something that is fetched when a screen needs it. */
export type Loadable<T> =
  | {readonly status: 'loading'}
  | {readonly status: 'ready'; readonly value: T}
  | {readonly status: 'failed'; readonly trouble: Trouble};

/** Positions are kept for each screen, so that going back and forward finds everything where it was. */
export interface Cursors {
  readonly basics: number;
  readonly components: number;
  readonly settings: number;
  /** First visible row, of screens without a cursor. */
  readonly welcome: number;
  readonly review: number;
  readonly written: number;
  readonly checks: number;
  readonly help: number;
  readonly profiles: number;
}

export const noCursors: Cursors = {
  welcome: 0,
  basics: 0,
  components: 0,
  settings: 0,
  review: 0,
  written: 0,
  checks: 0,
  help: 0,
  profiles: 0,
};

export interface WizardState {
  readonly screen: Screen;
  readonly answers: Answers;
  /** Saved answers that this catalogue does not know any more. */
  readonly dropped: readonly string[];
  /** What was picked in other tiers, to be found again when the operator returns to one. */
  readonly picksOfTier: Readonly<Record<string, Answers['components']>>;
  readonly cursors: Cursors;
  /** The typed field under the cursor; its text is an answer as soon as it is typed. */
  readonly editing: (TextFieldState & {readonly key: string}) | undefined;
  readonly host: Loadable<HostFindings>;
  readonly review: Loadable<Review>;
  /** Counts requests for a review, so that the answer to an old one is not taken for the newest. */
  readonly reviewRequest: number;
  /** Checks of this host; asked for by their screen. */
  readonly checks: Loadable<readonly Finding[]>;
  readonly checksRequest: number;
  /** Ids of checks that this run goes on in spite of. */
  readonly ignored: readonly string[];
  readonly profile: TextFieldState;
  readonly saved: ProfilesState;
  /** Name of what is about to be added. */
  readonly naming: TextFieldState;
  /** What follows the review. */
  readonly intent: 'roll-out' | 'write';
  /** Rows with diffs of changed files are part of the review. */
  readonly showDiffs: boolean;
  /** Said once, below what is shown, until the next key. */
  readonly notice: string | undefined;
  readonly trouble: Trouble | undefined;
  readonly help: boolean;
  /** Set: the program ends so. */
  readonly leaving: Outcome | undefined;
}

export type WizardAction =
  | {readonly type: 'forward' | 'back' | 'quit' | 'interrupt' | 'toggle-help' | 'close-help'}
  | {readonly type: 'open-settings' | 'write-only' | 'check-again' | 'toggle-diffs'}
  | {readonly type: 'move'; readonly motion: Motion; readonly page: number; readonly limit: number}
  | {readonly type: 'toggle'}
  | {readonly type: 'next-phase' | 'previous-phase'}
  | {readonly type: 'change'; readonly by: 1 | -1}
  | {readonly type: 'edit'; readonly edit: TextFieldAction}
  | {readonly type: 'host-found'; readonly host: Loadable<HostFindings>}
  | {readonly type: 'review-ready'; readonly request: number; readonly review: Loadable<Review>}
  | {readonly type: 'open-checks' | 'read-finding' | 'ask-ignore' | 'ignore-check'}
  | {readonly type: 'checks-ready'; readonly request: number; readonly checks: Loadable<readonly Finding[]>}
  | {readonly type: 'profile-saved'}
  | {readonly type: 'profiles'; readonly action: ProfilesAction}
  | {readonly type: 'written'; readonly paths: readonly string[]}
  | {readonly type: 'failed'; readonly trouble: Trouble}
  | {readonly type: 'show-status'}
  | {readonly type: 'leave'; readonly outcome: Outcome};

export interface WizardStart {
  readonly answers: Answers;
  /** @default default */
  readonly profileName?: string | undefined;
}
