/** When nothing at all is written. Pure. */
import {join} from 'node:path';
import {ExitCode, UserError} from '../errors.ts';
import type {ObservedFile} from '../plan/observed.ts';
import {ownBorder} from '../plan/own-variables.ts';
import {stateFolder} from './paths.ts';

/** Where changes of one's own belong instead. Compose reads `.env` before all overlays, so none of them can hold what is said there. */
export const placesOfOwn = (paths: readonly string[]): readonly string[] => [
  ...(paths.some(path => path !== '.env')
    ? ['Put what you want to keep into the overlay 90-….local.yml, which is merged last and never touched.']
    : []),
  ...(paths.includes('.env')
    ? [`Say in your answers what .env is made of (--set); variables of your own stay at its end, below the line "${ownBorder}".`]
    : []),
];

/** UserError (exit 3) with the differences, when the operator and we both changed a file. */
export const refuseConflicts = (directory: string, observed: readonly ObservedFile[]): void => {
  const conflicts = observed.filter(({state}) => state === 'conflict');
  if (conflicts.length === 0) return;
  const paths = conflicts.map(({path}) => path);
  const diffs = conflicts.map(({path, diff}) => diff ?? `${path}: not shown, because it may hold secrets`).join('\n');
  throw new UserError(`Nothing was written: ${paths.join(', ')} ${paths.length === 1 ? 'was' : 'were'} changed by hand`, {
    why: `What would be written there changed too, and your changes are never overwritten. The difference:\n${diffs}`,
    next: [
      ...placesOfOwn(paths),
      'Or run this again with --edited keep, which moves your changes there where that is possible.',
      `Or take what would be written: --edited take. Your ${paths.length === 1 ? 'copy stays' : 'copies stay'} in ${join(directory, stateFolder, 'generations')}.`,
    ],
    exitCode: ExitCode.refused,
  });
};

/** What was decided about a file holds for as long as it is the one that was shown. */
export const applyDecisions = (shown: readonly ObservedFile[], fresh: readonly ObservedFile[]): readonly ObservedFile[] => {
  const decided = new Map(shown.filter(one => one.decided !== undefined).map(one => [one.path, one]));
  return fresh.map(file => {
    const before = decided.get(file.path);
    const holds = before !== undefined && (file.state === 'conflict' || file.state === 'edited') && file.diff === before.diff;
    return holds ? {...file, state: before.state, decided: before.decided ?? 'take'} : file;
  });
};

export const isWritten = (state: ObservedFile['state'] | undefined): boolean => state === 'new' || state === 'outdated';

/** UserError (exit 3) when a file would be written that was not shown so, or is not any more what was to be removed. */
export const refuseSurprises = (shown: readonly ObservedFile[], fresh: readonly ObservedFile[]): void => {
  const expected = new Set(shown.filter(({state}) => isWritten(state)).map(({path}) => path));
  const leaving = new Set(shown.filter(({state}) => state === 'unneeded').map(({path}) => path));
  const surprises = fresh
    .filter(({path, state}) => (isWritten(state) && !expected.has(path)) || (leaving.has(path) && state !== 'unneeded'))
    .map(({path}) => path);
  if (surprises.length === 0) return;
  throw new UserError(`Nothing was written: ${surprises.join(', ')} changed since the plan was made`, {
    why: 'Only what was shown is written or removed.',
    next: ['Run this again to see the plan as it is now.'],
    exitCode: ExitCode.refused,
  });
};
