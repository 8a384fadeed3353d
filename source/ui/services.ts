/** What the views need from the outside. `cli.tsx` builds it; tests and the playground pass recordings. */
import type {Failure, ResourceEvent} from '../events.ts';
import type {Answers} from '../plan/answers.ts';
import type {Consequences} from '../plan/consequences.ts';
import type {EditedAnswer} from '../plan/edited.ts';
import type {Finding, HostFindings} from '../plan/findings.ts';
import type {ObservedFile} from '../plan/observed.ts';
import type {Origin} from '../plan/origin.ts';
import type {Plan} from '../plan/plan.ts';
import type {SavedProfile} from '../plan/saved-profile.ts';
import type {GivenSecrets} from '../plan/secrets.ts';
import type {Selection} from '../plan/selection.ts';
import type {StatusSnapshot} from '../plan/service-status.ts';

export interface Review extends Consequences {
  readonly selection: Selection;
  readonly plan: Plan;
  readonly files: readonly (ObservedFile & {readonly origin?: Origin})[];
  readonly findings: readonly (Finding & {readonly origin?: Origin})[];
  /** Absolute path of the workspace. */
  readonly directory: string;
  /** False: files can be written, nothing can be rolled out here. */
  readonly canRollOut: boolean;
}

export type Decision = 'retry' | 'continue' | 'stop';

export interface RolloutRequest {
  readonly answers: Answers;
  /** Ids of checks that the operator goes on in spite of. */
  readonly ignored: readonly string[];
  readonly secrets: GivenSecrets;
  /** What was decided about edited files. */
  readonly edited: EditedAnswer;
  /** Services whose removal was agreed to: what turns up later is left alone. */
  readonly removed: readonly string[];
  /** Aborted when the operator asks to stop: what is under way is finished, nothing more is begun. */
  readonly signal: AbortSignal;
  /** Asked when a phase can not be finished. */
  readonly decide: (failures: readonly Failure[]) => Promise<Decision>;
}

/** `replace`: whether what is in the way may go. */
export type ProfileChange =
  | {readonly kind: 'rename' | 'copy'; readonly from: string; readonly to: string; readonly replace: boolean}
  | {readonly kind: 'export'; readonly name: string; readonly replace: boolean}
  | {readonly kind: 'import'; readonly path: string; readonly replace: boolean}
  | {readonly kind: 'remove'; readonly name: string};

/** `exists`: nothing was done, since something would have been replaced. */
export type ProfileChanged = {readonly kind: 'done'; readonly said: string} | {readonly kind: 'exists'; readonly question: string};

export interface ProfileServices {
  list(): Promise<readonly SavedProfile[]>;
  change(change: ProfileChange): Promise<ProfileChanged>;
}

export interface WizardServices {
  inspectHost(): Promise<HostFindings>;
  /** Checks this host against the answers; `ignored`: ids of checks that do not forbid a rollout. */
  check(answers: Answers, ignored: readonly string[]): Promise<readonly Finding[]>;
  review(answers: Answers, ignored: readonly string[]): Promise<Review>;
  /** Writes the workspace only; returns the paths that were written. */
  write(answers: Answers, secrets: GivenSecrets, edited: EditedAnswer): Promise<readonly string[]>;
  secrets: SecretServices;
  rollout(request: RolloutRequest): AsyncIterable<ResourceEvent>;
  saveProfile(name: string, answers: Answers): Promise<void>;
  profiles: ProfileServices;
  status: StatusServices;
}

export interface SecretServices {
  /** Ids of the secrets that the workspace has already. */
  present(): Promise<readonly string[]>;
  /** What is in the file of one, for the operator who asks to see it. */
  reveal(id: string): Promise<string>;
}

export interface StatusServices {
  watch(signal: AbortSignal): AsyncIterable<StatusSnapshot>;
  logs(service: string, signal: AbortSignal): AsyncIterable<string>;
  restart(service: string): Promise<void>;
}
