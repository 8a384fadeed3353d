/** When a finished job has to run once more. Pure. */
import type {ServiceModel} from './model.ts';
import type {Observed, ObservedContainer} from './observed.ts';
import type {Selection} from './selection.ts';

export const containersOf = ({name}: ServiceModel, {engine}: Observed): readonly ObservedContainer[] =>
  (engine?.containers ?? []).filter(({service}) => service === name);

export interface JobInput {
  readonly services: readonly ServiceModel[];
  readonly selection: Pick<Selection, 'components'>;
  readonly observed: Observed;
}

/** What a job comes after: what it depends on, the services of components that its own one requires, and what those come after. */
const comesAfter = (job: ServiceModel, {services, selection}: JobInput): readonly ServiceModel[] => {
  const found = new Set<ServiceModel>([job]);
  // A set goes on with what is added to it meanwhile.
  for (const {component, dependsOn} of found) {
    const requires = selection.components.find(({id}) => id === component)?.requires ?? [];
    for (const service of services) {
      const isDependency = dependsOn.some(({service: name}) => name === service.name);
      if (isDependency || (service.component !== undefined && requires.includes(service.component))) found.add(service);
    }
  }
  return [...found].filter(service => service !== job);
};

/**
 * A service whose data is newer than the job's last run, or will be: what the job prepared in it, such as an account, is not there.
 * `docker compose up` runs every finished job again each time, so no job minds.
 */
export const madeAnew = (job: ServiceModel, input: JobInput): string | undefined => {
  const {observed} = input;
  // Its end, not its start: a job may wait for the service, whose data is made meanwhile.
  const ranAt = Math.max(...containersOf(job, observed).map(({finishedAt = 0}) => finishedAt));
  const isNew = (service: ServiceModel) => {
    const containers = containersOf(service, observed);
    const data = containers.flatMap(({volumes}) => volumes);
    return (containers.length === 0 && service.replicas > 0) || data.some(name => (observed.engine?.volumes.get(name) ?? 0) > ranAt);
  };
  return comesAfter(job, input).find(service => !service.isJob && isNew(service))?.name;
};
