/** The wizard for a screen reader: lines that are said once and stay, questions that are answered by typing. */
import {ExitCode} from '../../errors.ts';
import type {WizardProps} from '../app.tsx';
import {removedServices} from '../wizard/decisions.ts';
import type {WizardAction, WizardState} from '../wizard/state.ts';
import {reduceWizard, startWizard} from '../wizard.ts';
import {askDecision, tellRollout, tellStatus} from './rollout.ts';
import {speak, understand} from './talk.ts';
import {workOf} from './work.ts';

export interface AskOptions {
  /** Lines that were typed before the question are no answer to it. @default false */
  readonly fresh?: boolean;
  /** What is typed is not shown. @default false */
  readonly secret?: boolean;
}

/** The two directions of a terminal that is used line by line. */
export interface Conversation {
  say(lines: readonly string[]): void;
  /** Undefined when no answer will come: the input ended, or the program is asked to end. */
  ask(prompt: string, options?: AskOptions): Promise<string | undefined>;
  /** Aborted when the program is asked to end. */
  readonly signal: AbortSignal;
}

/** What comes first: the end of the work, or the request to end. */
const unlessAborted = async (work: Promise<WizardAction>, signal: AbortSignal): Promise<WizardAction> => {
  if (signal.aborted) return {type: 'interrupt'};
  const done = new AbortController();
  const interrupted = new Promise<WizardAction>(resolve => {
    signal.addEventListener('abort', () => resolve({type: 'interrupt'}), {once: true, signal: done.signal});
  });
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    done.abort();
  }
};

/** What is being written is finished first. */
const isInterruptible = ({screen}: WizardState) => screen.name !== 'writing' && screen.name !== 'profile';

const reduceAll = (state: WizardState, actions: readonly WizardAction[], {catalog}: Pick<WizardProps, 'catalog'>) =>
  actions.reduce((before, action) => reduceWizard(before, action, catalog), state);

/** Says and asks until the wizard was left or the rollout begins. */
const toRollout = async (props: WizardProps, conversation: Conversation): Promise<WizardState> => {
  const {catalog, services} = props;
  const {say, ask, signal} = conversation;
  let state = startWizard(catalog, props);
  let before: WizardState | undefined;
  while (state.leaving === undefined && state.screen.name !== 'rollout') {
    const {say: lines, next} = speak({state, catalog}, before);
    // What was not understood, or only asked for help, is asked again without all that belongs to it.
    if (state !== before) say(lines);
    before = state;
    if (next.kind === 'go') state = reduceWizard(state, next.action, catalog);
    else if (next.kind === 'wait') {
      const work = workOf(state, services);
      state = reduceWizard(state, await (isInterruptible(state) ? unlessAborted(work, signal) : work), catalog);
    } else {
      const answer = await ask(next.prompt, {secret: next.secret === true});
      const nobody: WizardAction = {type: signal.aborted ? 'interrupt' : 'quit'};
      const reply = answer === undefined ? {actions: [nobody], say: []} : understand(answer, {state, catalog});
      say(reply.say);
      state = reduceAll(state, reply.actions, props);
    }
  }
  return state;
};

/** From the first sentence to the running platform. Errors that are ours are thrown. */
export const converse = async (props: WizardProps, conversation: Conversation): Promise<ExitCode> => {
  const {services} = props;
  const {leaving, answers, ignored, secrets, edited, review} = await toRollout(props, conversation);
  if (leaving) {
    conversation.say(leaving.summary);
    return leaving.exitCode;
  }
  const decide = (failures: Parameters<typeof askDecision>[1]) => askDecision(conversation, failures);
  const removed = removedServices({review});
  const events = services.rollout({answers, ignored, secrets, edited, removed, signal: conversation.signal, decide});
  const outcome = await tellRollout(events, review.status === 'ready' ? review.value.links : [], conversation);
  if (outcome.exitCode === ExitCode.done) await tellStatus(services.status, conversation);
  conversation.say(outcome.summary);
  return outcome.exitCode;
};
