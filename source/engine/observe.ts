import type {ObservedEngine} from '../plan/observed.ts';
import type {Engine} from './engine.ts';

export interface ObserveOptions {
  readonly project: string;
  /** Images the plan needs. */
  readonly references: readonly string[];
  /** Volumes that the plan's services keep data in. */
  readonly volumes: readonly string[];
}

/** What is there now. Changes nothing; asks for everything at once. Throws EngineError. */
export const observeEngine = async (engine: Engine, {project, references, volumes: names}: ObserveOptions): Promise<ObservedEngine> => {
  const [info, containers, networks, images, own, named, foreignPorts] = await Promise.all([
    engine.info(),
    engine.containers(project),
    engine.networks(),
    engine.images(references),
    engine.volumes(project),
    engine.volumesNamed(names),
    engine.foreignPorts(project),
  ]);
  return {info, containers, networks, images, volumes: new Map([...own, ...named]), foreignPorts};
};
