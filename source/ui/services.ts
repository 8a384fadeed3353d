/** What the views need from the outside. `cli.tsx` builds it; tests and the playground pass recordings. */
import type {Failure, ResourceEvent} from '../events.ts';
import type {Answers} from '../plan/answers.ts';
import type {EditedAnswer} from '../plan/edited.ts';
import type {Finding, HostFindings} from '../plan/findings.ts';
import type {ObservedFile} from '../plan/observed.ts';
import type {Plan} from '../plan/plan.ts';
import type {Selection} from '../plan/selection.ts';
import type {StatusSnapshot} from '../plan/service-status.ts';

export interface Review {
  readonly selection: Selection;
  readonly plan: Plan;
  readonly files: readonly ObservedFile[];
  readonly findings: readonly Finding[];
  /** Published ports: `80/tcp on all addresses: traefik`. */
  readonly ports: readonly string[];
  /** What will answer: title, address, and where the password is. */
  readonly links: readonly {readonly title: string; readonly url: string; readonly login: string | undefined}[];
  /** Absolute path of the workspace. */
  readonly directory: string;
  /** False: files can be written, nothing can be rolled out here. */
  readonly canRollOut: boolean;
}

export type Decision = 'retry' | 'continue' | 'stop';

export interface RolloutRequest {
  readonly answers: Answers;
  /** What was decided about edited files. */
  readonly edited: EditedAnswer;
  /** Aborted when the operator asks to stop: what is under way is finished, nothing more is begun. */
  readonly signal: AbortSignal;
  /** Asked when a phase can not be finished. */
  readonly decide: (failures: readonly Failure[]) => Promise<Decision>;
}

export interface WizardServices {
  inspectHost(): Promise<HostFindings>;
  review(answers: Answers): Promise<Review>;
  /** Writes the workspace only; returns the paths that were written. */
  write(answers: Answers, edited: EditedAnswer): Promise<readonly string[]>;
  rollout(request: RolloutRequest): AsyncIterable<ResourceEvent>;
  saveProfile(name: string, answers: Answers): Promise<void>;
  status: StatusServices;
}

export interface StatusServices {
  watch(signal: AbortSignal): AsyncIterable<StatusSnapshot>;
  logs(service: string, signal: AbortSignal): AsyncIterable<string>;
  restart(service: string): Promise<void>;
}
