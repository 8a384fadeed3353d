import {EngineError} from '../engine/engine-error.ts';
import {keptVolumes} from '../plan/data.ts';
import type {Plan} from '../plan/plan.ts';
import type {VolumeModel} from '../plan/services.ts';
import {lastGenerationNumber} from '../workspace/generations.ts';
import {forgetVolumes, knownVolumes, type Reached, saveReached} from '../workspace/reached.ts';
import type {ReadyHost} from './host.ts';

/** What phases came up from. */
export interface CameUp extends Pick<Reached, 'lock' | 'answers'> {
  readonly plan: Plan;
  readonly phases: readonly string[];
  /** In which the project's services keep data. */
  readonly volumes: readonly VolumeModel[];
}

/**
 * Each phase that is right is what a later rollout can go back to, with the data that has to be there then. Where the engine went away
 * meanwhile, what was known of the data stays. The caller holds the workspace's lock.
 */
export const noteReached = async (
  {engine}: ReadyHost,
  directory: string,
  {plan, phases, volumes, lock, answers}: CameUp,
): Promise<void> => {
  const {project} = plan;
  const generation = await lastGenerationNumber(directory);
  if (generation === undefined || phases.length === 0) return;
  const names = volumes.map(({name}) => name);
  const present = await engine.volumesNamed(names).catch(async (error: unknown) => {
    if (!(error instanceof EngineError)) throw error;
    return new Map((await knownVolumes(directory, project)).map(({name, madeAt}) => [name, madeAt]));
  });
  const servicesOf = (phase: string) => plan.phases.find(({id}) => id === phase)?.services.map(({name}) => name) ?? [];
  const common = {project, generation, at: Date.now(), lock, answers};
  await saveReached(
    directory,
    phases.map(phase => ({phase, ...common, volumes: keptVolumes(servicesOf(phase), volumes, present)})),
  );
  await forgetVolumes(directory, project, names);
};
