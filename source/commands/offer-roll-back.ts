/** When something failed: finds out what a roll back of its phase would do, and asks with that. */
import {ExternalError, UserError} from '../errors.ts';
import type {Failure} from '../events.ts';
import type {Plan} from '../plan/plan.ts';
import type {RollBack, RollBackRequest} from '../plan/roll-back.ts';
import type {Decision} from '../rollout/rollout.ts';
import type {Decide} from '../ui/services.ts';
import {findRollBack} from './find-roll-back.ts';
import type {ReadyHost} from './host.ts';
import type {Prepared} from './prepare.ts';

/** Phases that were begun together go back together. Undefined: nothing of a phase failed. */
const requestFor = ({project, phases, allAtOnce}: Plan, failures: readonly Failure[]): RollBackRequest | undefined => {
  const hit = phases.filter(({services}) =>
    services.some(({name}) => failures.some(({service, cause}) => service === name && cause !== 'remove')),
  );
  const covered = hit.length > 0 && allAtOnce ? phases : hit;
  const [first] = covered;
  const created = covered.flatMap(({services}) => services.flatMap(({name, op}) => (op === 'create' ? [name] : [])));
  return first && {project, phase: first.id, created};
};

const reasonOf = (error: unknown): string => {
  if (error instanceof UserError) return [error.message, error.why ?? ''].join(' ').trim();
  if (error instanceof ExternalError) return [error.message, ...error.lastLines].join(' ');
  throw error;
};

export interface Offer {
  /** Asks, and keeps in mind that a roll back was chosen: the rollout itself only has to stop for it. */
  decide(failures: readonly Failure[]): Promise<Decision>;
  taken(): RollBackRequest | undefined;
}

export const offerRollBack = (host: ReadyHost, prepared: Prepared, ask: Decide): Offer => {
  const {plan, catalog, compose} = prepared;
  let taken: RollBackRequest | undefined;
  const find = async (request: RollBackRequest): Promise<RollBack> => {
    try {
      return (await findRollBack(host, {catalog, directory: compose.directory}, request)).rollBack;
    } catch (error) {
      return {kind: 'not', phases: [request.phase], why: reasonOf(error), next: 'Mend that, then try again.'};
    }
  };
  return {
    async decide(failures) {
      const request = requestFor(plan, failures);
      const decision = await ask(failures, request && (await find(request)));
      if (decision !== 'roll-back') return decision;
      taken = request;
      return 'stop';
    },
    taken: () => taken,
  };
};
