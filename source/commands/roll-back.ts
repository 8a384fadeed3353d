/** Carries a roll back out: files, lock and answers first, then services. Noted before the first change, so that the next run goes on with it. */
import type {ResourceEvent} from '../events.ts';
import type {Plan} from '../plan/plan.ts';
import {removalPhase} from '../plan/removal.ts';
import type {RollBack, RollBackRequest} from '../plan/roll-back.ts';
import {rollout} from '../rollout/rollout.ts';
import {rolledBack, rollingBack} from '../rollout/state.ts';
import type {Decide} from '../ui/services.ts';
import {saveWorkspaceAnswers} from '../workspace/answers.ts';
import {forgetGoingBack, noteGoingBack} from '../workspace/going-back.ts';
import {saveImageLock} from '../workspace/image-lock.ts';
import {writeFiles} from '../workspace/workspace.ts';
import {type FoundRollBack, findRollBack, type Ground, type Target} from './find-roll-back.ts';
import type {ReadyHost} from './host.ts';
import {noteReached} from './note-reached.ts';
import {lockEvent, rolloutServices} from './rollout-services.ts';

export interface RollBackOptions {
  readonly signal: AbortSignal;
  readonly decide: Decide;
}

const run = (status: ResourceEvent['status'], text: string, details: string): ResourceEvent => ({
  id: 'run',
  kind: 'run',
  status,
  text,
  details,
  at: Date.now(),
});

/** What will be done, each with its cause: nobody was shown it where nobody was asked. */
const announce = ({phases}: Plan): readonly ResourceEvent[] =>
  phases.flatMap(({id, steps}) =>
    steps
      .filter(({op}) => op !== 'keep' && op !== 'pull')
      .map(({op, resource, cause}): ResourceEvent => {
        const parentId = `phase/${op === 'remove' ? removalPhase : id}`;
        return {
          id: `service/${resource}`,
          kind: 'service',
          parentId,
          status: 'working',
          text: 'Going back',
          details: cause,
          at: Date.now(),
        };
      }),
  );

async function* restore(directory: string, {files, observed, lock, answers}: Target): AsyncGenerator<ResourceEvent, void> {
  const unneeded = new Set(observed.filter(({state}) => state === 'unneeded').map(({path}) => `file/${path}`));
  for await (const event of writeFiles(directory, files, observed)) {
    if (unneeded.has(event.id)) yield {...event, details: 'was not there; its content is kept'};
    else if (event.status === 'done') yield {...event, text: 'Restored', details: 'as it was'};
  }
  if (await saveImageLock(directory, lock)) yield lockEvent(lock);
  await saveWorkspaceAnswers(directory, answers);
}

/** Where each service was to go, and where it is: what somebody needs to know who goes on by hand. */
const bothStates = async (host: ReadyHost, {project, phases, removal}: Plan): Promise<string> => {
  const containers = await host.engine.containers(project).catch(() => []);
  const stateOf = (service: string) => {
    const found = containers.filter(one => one.service === service);
    return found.length === 0 ? 'not there' : found.map(({image, state, health}) => `${image} ${health ?? state}`).join(' and ');
  };
  return [
    ...phases.flatMap(phase => phase.services).map(({name, image}) => `${name} was to be ${image}, is ${stateOf(name)}`),
    ...removal.services.map(({service}) => `${service} was to be removed, is ${stateOf(service)}`),
  ].join('; ');
};

const endings: Readonly<Record<'back' | 'remove', string>> = {
  back: 'These phases are what they last came up from, and so are the files.',
  remove: 'What was started of this phase is removed; its data is kept, and so are the files.',
};

const titlesOf = ({plan}: Extract<RollBack, {plan: Plan}>) => plan.phases.map(({title}) => title).join(', ');

async function* carryOut(
  host: ReadyHost,
  {directory}: Ground,
  {rollBack, target}: FoundRollBack & {readonly rollBack: Extract<RollBack, {plan: Plan}>},
  {signal, decide}: RollBackOptions,
): AsyncGenerator<ResourceEvent, void> {
  const {plan} = rollBack;
  if (target) yield* restore(directory, target);
  const compose = target?.compose ?? {project: plan.project, directory};
  const services = rolloutServices(host, compose, async failures => {
    const decision = await decide(failures);
    return decision === 'roll-back' ? 'stop' : decision;
  });
  for await (const event of rollout(plan, services, {signal, parallelPulls: 4, verb: rollingBack})) {
    if (event.kind !== 'run' || event.status === 'working') yield event;
    else if (event.status === 'done') {
      // What came up again came up from what is there now.
      if (target) await noteReached(host, directory, {plan, ...target});
      await forgetGoingBack(directory);
      yield run('error', rolledBack, `${titlesOf(rollBack)}: ${endings[rollBack.kind]}`);
    } else {
      const details = `${await bothStates(host, plan)}. Run the same command again to go on with the roll back, or infra-wizard up --forward to give it up.`;
      yield run(event.status, 'Roll back stopped', details);
    }
  }
}

/** Yields until the roll back has ended, one way or the other; the last event is the run's. The caller holds the lock and keeps the journal. */
export async function* executeRollBack(
  host: ReadyHost,
  ground: Ground,
  request: RollBackRequest,
  options: RollBackOptions,
): AsyncGenerator<ResourceEvent, void> {
  const found = await findRollBack(host, ground, request);
  const {rollBack} = found;
  if (rollBack.kind === 'not') {
    await forgetGoingBack(ground.directory);
    yield run('error', 'Stopped', `There is no way back. ${rollBack.why} ${rollBack.next}`);
    return;
  }
  yield run('working', rollingBack, titlesOf(rollBack));
  await noteGoingBack(ground.directory, request);
  yield* announce(rollBack.plan);
  yield* carryOut(host, ground, {...found, rollBack}, options);
}
