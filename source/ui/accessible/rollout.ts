/** A rollout told line by line, and the questions that come up in it. */
import {advancePlain, emptyPlain, plainLine} from '../../display/plain.ts';
import {statusSentences} from '../../display/status.ts';
import type {Failure, ResourceEvent} from '../../events.ts';
import type {RollBack} from '../../plan/roll-back.ts';
import {rollBackLines} from '../../plan/roll-back-text.ts';
import type {RolloutState} from '../../rollout/state.ts';
import type {Outcome} from '../outcome.ts';
import {decisionOptions, rollBackOptions} from '../rollout/options.ts';
import {type Ending, type Links, rolloutOutcome} from '../rollout/outcome.ts';
import type {Decision, StatusServices} from '../services.ts';
import {troubleOf} from '../trouble.ts';
import type {Conversation} from './conversation.ts';
import {placeOf, plural} from './turn.ts';

/** Asks until a number was typed. What was typed before the question decides nothing; nobody there any more: undefined. */
const askOption = async <T extends string>(
  {say, ask}: Conversation,
  question: string,
  options: readonly {readonly value: T; readonly label: string}[],
): Promise<T | undefined> => {
  say(options.map(({label}, index) => `${index + 1} ${label}.`));
  for (;;) {
    const answer = await ask(`${question} Number from 1 to ${options.length}:`, {fresh: true});
    if (answer === undefined) return undefined;
    const option = options[placeOf(answer.trim(), options.length) ?? -1];
    if (option) return option.value;
    say([`${answer.trim() || 'Enter alone'} is no number from 1 to ${options.length}.`]);
  }
};

/** Nobody there any more: stop. A roll back is said step by step and asked about before it is begun. */
export const askDecision = async (conversation: Conversation, failures: readonly Failure[], rollBack?: RollBack): Promise<Decision> => {
  const {say} = conversation;
  const named = failures.flatMap(({service, image}) => service ?? image ?? []).join(', ');
  const head = `${plural(failures.length, 'failure', 'failures')}${named === '' ? '' : `: ${named}`}. The rollout waits for your answer.`;
  say([head, ...(rollBack?.kind === 'not' ? rollBackLines(rollBack) : [])]);
  for (;;) {
    const decision = await askOption(conversation, 'What now?', decisionOptions(failures, rollBack));
    if (decision !== 'roll-back' || !rollBack) return decision ?? 'stop';
    say(rollBackLines(rollBack));
    const sure = await askOption(conversation, 'Go back?', rollBackOptions);
    if (sure === undefined) return 'stop';
    if (sure === 'yes') return 'roll-back';
  }
};

/** Says every event that is news, to the end of the stream, however it ends. */
const tell = async (
  events: AsyncIterable<ResourceEvent>,
  {say}: Conversation,
): Promise<{readonly state: RolloutState; readonly ending: Ending}> => {
  let plain = emptyPlain;
  try {
    for await (const event of events) {
      const line = plainLine(plain, event);
      plain = advancePlain(plain, event);
      if (line !== undefined) say([line]);
    }
    return {state: plain.rollout, ending: {error: undefined}};
  } catch (error) {
    if (!troubleOf(error)) throw error;
    return {state: plain.rollout, ending: {error}};
  }
};

export const tellRollout = async (events: AsyncIterable<ResourceEvent>, links: Links, conversation: Conversation): Promise<Outcome> => {
  conversation.say(['Step 5 of 5, the rollout. Each line is said once. Ctrl+C stops after what is under way.']);
  const {state, ending} = await tell(events, conversation);
  return rolloutOutcome(state, ending, links);
};

/** What runs, once. */
export const tellStatus = async ({watch}: StatusServices, {say, signal}: Conversation): Promise<void> => {
  const enough = new AbortController();
  try {
    for await (const snapshot of watch(AbortSignal.any([signal, enough.signal]))) {
      say(statusSentences(snapshot));
      break;
    }
  } finally {
    enough.abort();
  }
};
