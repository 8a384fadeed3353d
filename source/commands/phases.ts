import type {Catalog} from '../catalog/catalog.ts';
import {unknownName} from '../plan/nearest.ts';
import {refuseProblems} from './problems.ts';

/** The phase that was named, or undefined. Throws UserError (exit 2) when there is none of that name. */
export const knownPhase = (catalog: Catalog, phase: string | undefined): string | undefined => {
  const phases = catalog.platform.phases.map(({id}) => id);
  if (phase === undefined || phases.includes(phase)) return phase;
  return refuseProblems('This phase does not exist.', {ok: false, problems: [unknownName('--phase', 'phase', phase, phases)]});
};
