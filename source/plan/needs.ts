/** Which services need which, as overlays say it. Pure. */
import type {ServiceModel} from './model.ts';
import type {ObservedContainer} from './observed.ts';

/** Service to those it needs. */
export type Needs = ReadonlyMap<string, readonly string[]>;

export const needsOf = (services: readonly Pick<ServiceModel, 'name' | 'dependsOn'>[]): Needs => {
  const needs = new Map<string, readonly string[]>();
  for (const {name, dependsOn} of services) {
    needs.set(name, [...new Set([...(needs.get(name) ?? []), ...dependsOn.map(({service}) => service)])]);
  }
  return needs;
};

/** Compose notes on a container what it needs, but not with `--no-deps`, as a rollout starts services: then only the overlays know. */
export const withNeeds = <Container extends Pick<ObservedContainer, 'service' | 'dependsOn'>>(
  containers: readonly Container[],
  needs: Needs,
): readonly Container[] =>
  containers.map(container => ({
    ...container,
    dependsOn: [...new Set([...container.dependsOn, ...(needs.get(container.service) ?? [])])],
  }));
