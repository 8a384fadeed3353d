/** The wizard's state and what can happen to it. Pure. */
import type {Answers} from '../../plan/answers.ts';
import type {EditedChoice} from '../../plan/edited.ts';
import type {Finding, HostFindings} from '../../plan/findings.ts';
import type {GivenSecrets} from '../../plan/secrets.ts';
import type {Motion} from '../components/list/list-state.ts';
import type {TextFieldAction, TextFieldState} from '../components/text-field/text-field-state.ts';
import type {Outcome} from '../outcome.ts';
import type {Review} from '../services.ts';
import type {Trouble} from '../trouble.ts';
import type {InstanceCommand} from './instances.ts';
import type {ProfilesAction, ProfilesState} from './profiles.ts';

export type Screen =
  | {readonly name: 'welcome'}
  /** `confirming`: id of the check that is about to be ignored. `reading`: one finding fills the screen, from this row on. */
  | {readonly name: 'checks'; readonly confirming?: string; readonly reading?: number}
  /** `from`: where Esc leads, when not to the screen before. */
  | {readonly name: 'basics'; readonly from?: 'review'}
  | {readonly name: 'components'; readonly from?: 'review'}
  /** Asks under which name one more of a repeatable component is picked. */
  | {
      readonly name: 'naming';
      readonly base: string;
      /** It leads back to the list of them. */
      readonly list?: true;
      /** Id of the one that gets another name. */
      readonly renames?: string;
    }
  /** What was picked of a repeatable component; `removing`: the one whose removal has to be confirmed. */
  | {readonly name: 'instances'; readonly base: string; readonly removing?: string}
  /** `from`: where Esc leads. `only`: the component whose settings are shown; Enter leads back too. `list`: to the list of that kind instead. */
  | {readonly name: 'settings'; readonly from: 'components' | 'review'; readonly only?: string; readonly list?: string}
  | {readonly name: 'review'}
  /** Asks before what is deployed and no longer selected is removed. */
  | {readonly name: 'removal'}
  /** Asks what becomes of a generated file that the operator edited. `cursor`: the choice that Enter takes. */
  | {readonly name: 'edited'; readonly path: string; readonly cursor: number}
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
  /** Item of the review. */
  readonly review: number;
  readonly instances: number;
  /** First visible row, of screens without a cursor. */
  readonly welcome: number;
  readonly removal: number;
  readonly edited: number;
  readonly written: number;
  readonly checks: number;
  readonly help: number;
  readonly profiles: number;
}

/** Which rows of the picker are shown. */
export interface Filter extends TextFieldState {
  /** Letters are text of it. */
  readonly typing: boolean;
}

export const noFilter: Filter = {value: '', caret: 0, typing: false};

export const noCursors: Cursors = {
  welcome: 0,
  basics: 0,
  components: 0,
  settings: 0,
  instances: 0,
  review: 0,
  removal: 0,
  edited: 0,
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
  readonly filter: Filter;
  /** Answers that the wizard proposed and nobody has touched: they follow what is found out about the host. */
  readonly proposed: Answers | undefined;
  /** The typed field under the cursor; its text is an answer as soon as it is typed. */
  readonly editing: (TextFieldState & {readonly key: string}) | undefined;
  /** Typed by the operator. No part of the answers; handed over when the files are written, and nowhere else. */
  readonly secrets: GivenSecrets;
  /** Ids of the secrets that the workspace has already; undefined until it was looked. */
  readonly keptSecrets: ReadonlySet<string> | undefined;
  /** The secret that is shown because it was asked for, until the cursor leaves it; `content` is that of its file. */
  readonly reveal: {readonly id: string; readonly content: Loadable<string> | undefined} | undefined;
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
  /** What was decided about edited files, by path. */
  readonly edited: Readonly<Record<string, EditedChoice>>;
  /** What follows the review. */
  readonly intent: 'roll-out' | 'write';
  /** Names of what is open in the review. */
  readonly opened: readonly string[];
  /** Said once, below what is shown, until the next key. */
  readonly notice: string | undefined;
  readonly trouble: Trouble | undefined;
  readonly help: boolean;
  /** Set: the program ends so. */
  readonly leaving: Outcome | undefined;
}

export type WizardAction =
  | {readonly type: 'forward' | 'back' | 'quit' | 'interrupt' | 'toggle-help' | 'close-help'}
  | {
      readonly type:
        | 'open-settings'
        | 'write-only'
        | 'check-again'
        | 'toggle-diffs'
        | 'open-item'
        | 'close-item'
        | 'toggle-item'
        | 'revisit';
    }
  | {readonly type: 'section'; readonly section: number}
  | {readonly type: 'move'; readonly motion: Motion; readonly page: number; readonly limit: number}
  | {readonly type: 'toggle'}
  | {readonly type: 'next-phase' | 'previous-phase' | 'toggle-phase' | 'open-row'}
  | {readonly type: 'jump-phase'; readonly number: number}
  | {readonly type: 'start-filter' | 'keep-filter' | 'clear-filter'}
  | {readonly type: 'confirm-removal' | 'choose-edited'}
  | {readonly type: 'change'; readonly by: 1 | -1}
  | {readonly type: 'edit'; readonly edit: TextFieldAction}
  | {readonly type: 'next-open' | 'previous-open' | 'reveal-secret'}
  | {readonly type: 'instance'; readonly command: InstanceCommand}
  | {readonly type: 'secrets-found'; readonly ids: readonly string[]}
  | {readonly type: 'secret-revealed'; readonly id: string; readonly content: Loadable<string>}
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
  /** Nobody has said what shall run: neither flags nor an earlier run. @default false */
  readonly fresh?: boolean | undefined;
}
