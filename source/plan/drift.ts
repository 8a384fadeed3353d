/** Whether a container still is what its overlay says; a plan and the status view ask the same. Pure. */

import type {ServiceModel} from './model.ts';
import type {Observed, ObservedContainer, ObservedEngine} from './observed.ts';
import {isOtherBuild} from './pull-steps.ts';

/** What a container is held against, besides its service. */
export interface DriftFacts extends Pick<Observed, 'hashes' | 'lock'> {
  readonly engine: Pick<ObservedEngine, 'info' | 'images'> | undefined;
}

/**
 * What compose itself compares: the hash of the resolved service, which covers our label for the content of mounted files, and the image
 * its reference means now. Undefined: it is as its overlay says.
 */
export const driftCause = (
  service: Pick<ServiceModel, 'name' | 'image'>,
  container: Pick<ObservedContainer, 'image' | 'imageId' | 'configHash'>,
  facts: DriftFacts,
): string | undefined => {
  const hash = facts.hashes.get(service.name);
  const imageId = facts.engine?.images.get(service.image)?.id;
  if (container.image !== service.image) return `image changes from ${container.image} to ${service.image}`;
  if (hash !== undefined && container.configHash !== hash) return 'its settings changed';
  if (isOtherBuild(service.image, facts.lock, facts.engine)) return `infra.lock.yml names another build of ${service.image}`;
  if (imageId !== undefined && container.imageId !== imageId) return `${service.image} means another image now`;
  return undefined;
};
