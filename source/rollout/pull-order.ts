/**
 * In which order the images of a plan are fetched. Pure.
 *
 * The line is a machine that does one job after the other, and the work of each job goes on elsewhere when it leaves: its services start, and
 * after them what waits for those. All is over soonest when the job goes first after which most is to come (J. R. Jackson, 1955), however
 * long the jobs themselves are. A dependency comes before what depends on it by this alone.
 */
import type {Plan, PlannedPhase, PlannedService} from '../plan/plan.ts';

export interface NeededImage {
  readonly reference: string;
  /** Id of the phase's event, the parent of the image's events. */
  readonly parentId: string;
  /** The build that the lock file names. */
  readonly digest?: string | undefined;
}

/** Seconds: the limit of a job is for the longest of all jobs and says nothing about this one. */
const jobSeconds = 60;

/** Nobody knows how long a service takes; what its health check grants it says which takes longer. Seconds. */
const ownSeconds = ({isJob, limitSeconds}: PlannedService): number => (isJob ? jobSeconds : limitSeconds);

/** By service: seconds from its image being here until all that waits for it is right. Dependencies come first in `services`. */
const secondsAfter = (services: readonly PlannedService[]): ReadonlyMap<string, number> => {
  const after = new Map<string, number>();
  for (const service of services.toReversed()) {
    const own = ownSeconds(service);
    const chains = services.flatMap(({name, dependsOn}) =>
      dependsOn
        .filter(dependency => dependency.service === service.name)
        .map(({condition}) => (condition === 'started' ? 0 : own) + (after.get(name) ?? 0)),
    );
    after.set(service.name, Math.max(own, ...chains));
  }
  return after;
};

const imagesOf = ({id, steps}: PlannedPhase): readonly NeededImage[] =>
  steps.filter(({op}) => op === 'pull').map(({resource, digest}) => ({reference: resource, parentId: `phase/${id}`, digest}));

/** Of phases whose services wait for each other and for nothing else. */
const ordered = (phases: readonly PlannedPhase[]): readonly NeededImage[] => {
  const services = phases.flatMap(phase => phase.services);
  const after = secondsAfter(services);
  const toCome = ({reference}: NeededImage) =>
    Math.max(0, ...services.filter(({image}) => image === reference).map(({name}) => after.get(name) ?? 0));
  return phases.flatMap(imagesOf).toSorted((one, other) => toCome(other) - toCome(one));
};

/**
 * Images to pull. A phase that waits for the one before has its images after it; where none waits, those of the first phase come first all
 * the same, so that there is something that runs as soon as can be.
 */
export const neededImages = ({phases, allAtOnce}: Plan): readonly NeededImage[] => {
  const groups = allAtOnce ? [phases.slice(0, 1), phases.slice(1)] : phases.map(phase => [phase]);
  return groups.flatMap(ordered);
};
