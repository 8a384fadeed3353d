/** What the views need from the outside. `cli.tsx` builds it; tests and the playground pass recordings. */
import type {Failure, ResourceEvent} from '../events.ts';
import type {Answers} from '../plan/answers.ts';
import type {Consequences} from '../plan/consequences.ts';
import type {EditedAnswer} from '../plan/edited.ts';
import type {Finding, HostFindings} from '../plan/findings.ts';
import type {ObservedFile} from '../plan/observed.ts';
import type {Origin} from '../plan/origin.ts';
import type {Plan} from '../plan/plan.ts';
import type {RollBack} from '../plan/roll-back.ts';
import type {SavedProfile} from '../plan/saved-profile.ts';
import type {GivenSecrets} from '../plan/secrets.ts';
import type {Selection} from '../plan/selection.ts';
import type {LogLine, ServiceDetails} from '../plan/service-details.ts';
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

export type Decision = 'retry' | 'continue' | 'roll-back' | 'stop';

/** Asked when a phase can not be finished; with what a roll back would do, where one could be thought of. */
export type Decide = (failures: readonly Failure[], rollBack?: RollBack) => Promise<Decision>;

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
  readonly decide: Decide;
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
  /** Writes the workspace only; returns the paths that were written, and with a word those that were removed. */
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

/** What a view shows of the services right now, as it says itself and as whoever feeds it asks. */
export interface Sight {
  /** Ids of containers. */
  shown(): readonly string[];
}

/** `anew`: another container took its place. `started`: the same one runs again. */
export type Applied = 'anew' | 'started' | 'unchanged';

/** `copied`: the terminal was asked to put it into its clipboard, since there is no desktop to show it on. */
export interface Opened {
  readonly how: 'opened' | 'copied';
  /** As an address is written: nothing else is in it. */
  readonly url: string;
}

/** Services are named as their rows are. All of these throw UserError and ExternalError. */
export interface StatusServices {
  /** `sight`: what is looked at, and therefore measured. @default all services */
  watch(signal: AbortSignal, sight?: Sight): AsyncIterable<StatusSnapshot>;
  /** At once, and again when something is different. Without secrets. */
  details(service: string, signal: AbortSignal): AsyncIterable<ServiceDetails>;
  /** The last lines, then what comes, also after a restart; lines that came at once, together. */
  logs(service: string, signal: AbortSignal): AsyncIterable<readonly LogLine[]>;
  /** All of it in a new file; returns its path. */
  saveLog(service: string, timestamps: boolean): Promise<string>;
  /** Services that run and depend on it. */
  dependents(service: string): Promise<readonly string[]>;
  restart(service: string): Promise<void>;
  stop(service: string): Promise<void>;
  start(service: string): Promise<void>;
  /** Compose applies its overlay; `tell` hears what it says on the way. */
  apply(service: string, tell: (said: string) => void): Promise<Applied>;
  /** Needs the whole terminal, until the shell is left. */
  shell(service: string): Promise<void>;
  open(url: string): Promise<Opened>;
}
