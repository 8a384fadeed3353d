import {formatDuration} from '../../display/format.ts';
import {failuresOf, type RolloutState, runOf} from '../../rollout/state.ts';

/** One sentence on how it went, for the finished screen and for the terminal afterwards. */
export const resultText = (state: RolloutState): string => {
  const run = runOf(state);
  const services = [...state.resources.values()].filter(({kind}) => kind === 'service');
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
