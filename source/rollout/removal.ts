/** Takes down what is no longer selected: one service after the other, dependents first, then networks that nothing uses. */
import {UserError} from '../errors.ts';
import type {Failure} from '../events.ts';
import type {Removal, RemovedService} from '../plan/plan.ts';
import {removalPhase} from '../plan/removal.ts';
import type {RolloutEnd} from './rollout.ts';
import type {Stage} from './stage.ts';
import {tell} from './tell.ts';

const parentId = `phase/${removalPhase}`;

const phase = (stage: Stage, status: 'waiting' | 'working' | 'done', text: string) =>
  tell(stage, {id: parentId, kind: 'phase', parentId: 'run', status, text});

const failureOf = (name: string, error: UserError): Failure => ({
  cause: 'remove',
  reason: [`${name} could not be removed.`, error.message, error.why].filter(Boolean).join(' '),
  next: ['Mend what Docker says; then retry. What was removed already stays removed.'],
  service: name,
  dispensable: true,
});

interface Work {
  readonly id: string;
  readonly kind: 'service' | 'network';
  readonly name: string;
  /** What is said when it is done. */
  run(): Promise<{readonly status: 'done' | 'skipped'; readonly text: string; readonly details?: string}>;
}

/** Once more for as long as somebody says so; what could not be removed may be left. */
const attempt = async (stage: Stage, {id, kind, name, run}: Work): Promise<'go on' | 'stop'> => {
  for (;;) {
    tell(stage, {id, kind, parentId, status: 'working', text: 'Removing'});
    try {
      tell(stage, {id, kind, parentId, ...(await run())});
      return 'go on';
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const failure = failureOf(name, error);
      tell(stage, {id, kind, parentId, status: 'error', text: 'Failed', details: failure.reason, failure});
      if (stage.signal.aborted) return 'stop';
      const decision = await stage.services.decide([failure]);
      if (decision === 'stop') return 'stop';
      if (decision === 'continue') {
        tell(stage, {id, kind, parentId, status: 'warning', text: 'Left', details: 'could not be removed'});
        return 'go on';
      }
    }
  }
};

const ofService = ({services}: Stage, removed: RemovedService): Work => ({
  id: `service/${removed.service}`,
  kind: 'service',
  name: removed.service,
  run: async () => {
    await services.remove(removed);
    return {status: 'done', text: 'Removed', ...(removed.volumes.length > 0 && {details: `keeps ${removed.volumes.join(', ')}`})};
  },
});

const ofNetwork = ({services}: Stage, name: string): Work => ({
  id: `network/${name}`,
  kind: 'network',
  name,
  run: async () =>
    (await services.removeNetwork(name))
      ? {status: 'done', text: 'Removed'}
      : {status: 'skipped', text: 'Kept', details: 'something else is connected to it'},
});

/** Everything that will go, so that a display can show what is still to come. */
export const announceRemoval = ({services, networks}: Removal, emit: Stage['emit']): void => {
  if (services.length + networks.length === 0) return;
  emit({id: parentId, kind: 'phase', parentId: 'run', status: 'waiting', text: 'Waiting', details: 'Removal'});
  for (const {service} of services) emit({id: `service/${service}`, kind: 'service', parentId, status: 'waiting', text: 'Waiting'});
  for (const name of networks) emit({id: `network/${name}`, kind: 'network', parentId, status: 'waiting', text: 'Waiting'});
};

/** `before`: what is in the way of the rest; `after`: all else. Interrupted, it goes on with what is left in the next run. */
export const runRemoval = async (stage: Stage, {services, networks}: Removal, when: 'before' | 'after'): Promise<RolloutEnd> => {
  const work = [
    ...services.filter(({first}) => first === (when === 'before')).map(service => ofService(stage, service)),
    ...(when === 'after' ? networks.map(name => ofNetwork(stage, name)) : []),
  ];
  if (work.length > 0) phase(stage, 'working', 'Removing');
  for (const one of work) {
    if (stage.signal.aborted) return 'interrupted';
    if ((await attempt(stage, one)) === 'stop') return stage.signal.aborted ? 'interrupted' : 'stopped';
  }
  const rest = when === 'before' && (networks.length > 0 || services.some(({first}) => !first));
  if (rest && work.length > 0) phase(stage, 'waiting', 'Waiting');
  else if (services.length + networks.length > 0 && !rest) phase(stage, 'done', 'Removed');
  return 'done';
};
