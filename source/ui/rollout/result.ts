import {formatDuration} from '../../display/format.ts';
import {removalPhase} from '../../plan/removal.ts';
import {failuresOf, type RolloutState, runOf} from '../../rollout/state.ts';

/** One sentence on how it went, for the finished screen and for the terminal afterwards. */
export const resultText = (state: RolloutState): string => {
  const run = runOf(state);
  // What was removed is no service any more.
  const services = [...state.resources.values()].filter(({kind, parentId}) => kind === 'service' && parentId !== `phase/${removalPhase}`);
  const well = services.filter(({status}) => status === 'done' || status === 'skipped').length;
  const time = state.startedAt === undefined ? '' : `, after ${formatDuration(state.now - state.startedAt)}`;
  const failed = failuresOf(state).length;
  const count =
    well === services.length
      ? `All ${well} services are as they should be`
      : `${well} of ${services.length} services are as they should be`;
  const stopped = run?.status === 'warning' || run?.status === 'error' ? `${run.text}: ` : '';
  return `${stopped}${count}${time}${failed > 0 ? `; ${failed} failed` : ''}.`;
};
