/** Events to lines: plain or JSON, on standard error; nothing where quiet was asked for. */
import {jsonLine} from '../display/json.ts';
import {advancePlain, emptyPlain, plainLine} from '../display/plain.ts';
import type {ResourceEvent} from '../events.ts';
import type {RolloutState} from '../rollout/state.ts';
import type {Context} from './context.ts';

/** The state everything led to. */
export const showLines = async (
  {mode, err}: Pick<Context, 'mode' | 'err'>,
  events: AsyncIterable<ResourceEvent>,
): Promise<RolloutState> => {
  let state = emptyPlain;
  for await (const event of events) {
    const line = mode === 'json' ? jsonLine(event) : plainLine(state, event);
    state = advancePlain(state, event);
    if (line !== undefined && (mode !== 'quiet' || event.failure)) err(`${line}\n`);
  }
  return state.rollout;
};
