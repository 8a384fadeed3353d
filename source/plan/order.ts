/** Services in the order in which they need each other. Pure. */
import type {ServiceModel} from './model.ts';

/** Dependencies first, else as given. A cycle is cut where it closes; compose refuses it with its own words. */
export const inDependencyOrder = (services: readonly ServiceModel[]): readonly ServiceModel[] => {
  const byName = new Map(services.map(service => [service.name, service]));
  const sorted = new Set<ServiceModel>();
  const visiting = new Set<string>();
  const visit = (service: ServiceModel): void => {
    if (visiting.has(service.name)) return;
    visiting.add(service.name);
    for (const dependency of service.dependsOn) {
      const next = byName.get(dependency.service);
      if (next) visit(next);
    }
    sorted.add(service);
  };
  for (const service of services) visit(service);
  return [...sorted];
};
