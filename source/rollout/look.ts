import type {Stage} from './stage.ts';
import {tell} from './tell.ts';

/** Longest time between two looks while something is awaited; events ring earlier. */
export const lookInterval = 2000;
/** How long the engine may be away: an ordered restart waits for databases to stop, which may take the minute they are granted. */
const engineGrace = 120_000;

/** Lists the containers again; an engine that is away for a moment is waited for, and the wait is told. */
export const look = async (stage: Stage): Promise<void> => {
  const start = stage.services.now();
  for (;;) {
    try {
      await stage.board.refresh();
      if (stage.said.get('run')) tell(stage, {id: 'run', kind: 'run', status: 'working', text: stage.verb});
      return;
    } catch (error) {
      if (stage.signal.aborted) return;
      if (stage.services.now() - start > engineGrace) throw error;
      tell(stage, {
        id: 'run',
        kind: 'run',
        status: 'working',
        text: 'Waiting for the engine',
        details: 'It does not answer at the moment.',
      });
      await stage.doorbell.wait(lookInterval);
    }
  }
};
