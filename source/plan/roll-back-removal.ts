/** What of a phase goes when it is rolled back: containers, never data. Pure. */
import type {ObservedContainer} from './observed.ts';
import type {RemovedService, Step} from './plan.ts';
import {dependentsFirst} from './removal.ts';
import type {RollBack, RollBackRequest} from './roll-back.ts';

export const step = (op: Step['op'], resource: string, cause: string): Step => ({
  id: `${op}/${resource}`,
  op,
  resource,
  cause,
  dependsOn: [],
});

/** Ours only, dependents first, before anything else. */
export const removed = (containers: readonly ObservedContainer[]): readonly RemovedService[] =>
  dependentsFirst(containers.filter(({component}) => component !== undefined)).map(({service, component = '', volumes}) => ({
    service,
    component,
    volumes,
    first: true,
  }));

export const removalSteps = (services: readonly RemovedService[], cause: string): readonly Step[] =>
  services.map(({service, volumes}) =>
    step('remove', service, `${cause}; ${volumes.length === 0 ? 'has no data of its own' : `keeps ${volumes.join(', ')}`}`),
  );

/** The phase never came up before: what was started of it goes. `begun`: some of it may be gone already. */
export const planRemoval = (
  {project, phase, created}: RollBackRequest,
  title: string,
  containers: readonly ObservedContainer[],
  begun: boolean,
): Extract<RollBack, {kind: 'remove' | 'not'}> => {
  const gone = removed(containers.filter(({service}) => created.includes(service)));
  if (gone.length === 0 && !begun) {
    return {
      kind: 'not',
      phases: [phase],
      why: 'It never came up before, and this rollout created nothing of it.',
      next: 'Mend what is said, then run the same command again.',
    };
  }
  return {
    kind: 'remove',
    phases: [phase],
    plan: {
      project,
      files: [],
      phases: [{id: phase, title, steps: removalSteps(gone, 'was started by this rollout'), services: []}],
      removal: {services: gone, networks: []},
      allAtOnce: false,
      changes: true,
    },
  };
};
