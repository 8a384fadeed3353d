/** Whether a container still is what its overlay says; a plan and the status view ask the same. Pure. */

import type {ServiceModel} from './model.ts';
import {mountedPaths} from './mounted-files.ts';
import type {MountedFiles, Observed, ObservedContainer, ObservedEngine, ObservedFile} from './observed.ts';
import {labels} from './overlay.ts';
import {isOtherBuild} from './pull-steps.ts';
import type {RenderedFile} from './rendered.ts';
import {labelsOf, tree} from './services.ts';

/** What a container is held against, besides its service. */
export interface DriftFacts extends Pick<Observed, 'hashes' | 'lock' | 'mounted'> {
  readonly engine: Pick<ObservedEngine, 'info' | 'images'> | undefined;
}

const isWritten = (state: ObservedFile['state'] | undefined) => state === 'new' || state === 'outdated' || state === 'conflict';

/** What the services of generated overlays mount. `files` as they were rendered with what stays as the operator left it. */
export const mountedFiles = (
  files: readonly RenderedFile[],
  observed: readonly Pick<ObservedFile, 'path' | 'state'>[],
): ReadonlyMap<string, MountedFiles> => {
  const states = new Map(observed.map(({path, state}) => [path, state]));
  const paths = files.map(({path}) => path);
  const unneeded = observed.filter(({state}) => state === 'unneeded').map(({path}) => path);
  const services = files.flatMap(({model}) => Object.entries(tree(tree(model).services)));
  return new Map(
    services.flatMap(([name, service]): [string, MountedFiles][] => {
      const hash = labelsOf(tree(service).labels)[labels.files];
      if (typeof hash !== 'string') return [];
      const mounted = mountedPaths(tree(service).volumes, paths);
      const written = mounted.filter(path => isWritten(states.get(path)));
      const removed = mountedPaths(tree(service).volumes, unneeded);
      const edited = mounted.filter(path => states.get(path) === 'edited');
      return [[name, {hash, written, edited, ...(removed.length > 0 && {removed})}]];
    }),
  );
};

const listed = ([first = '', ...others]: readonly string[]): string => {
  if (others.length === 0) return first;
  return others.length === 1 ? `${first} and ${others[0]}` : `${first} and ${others.length} more files`;
};

/** Which file it was, the hash does not say: what is written or removed now explains it, or else what the operator edited. */
const filesCause = ({hash, written, edited, removed = []}: MountedFiles, before: string | undefined): string | undefined => {
  if (before === undefined || before === hash) return undefined;
  const changing = [...written, ...removed];
  if (written.length > 0) return `${listed(changing)} ${changing.length === 1 ? 'changes' : 'change'}`;
  if (removed.length > 0) return `${listed(removed)} ${removed.length === 1 ? 'is' : 'are'} removed`;
  return edited.length > 0 ? `${listed(edited)} changed since it was started` : 'its configuration files changed since it was started';
};

/**
 * What compose itself compares: the hash of the resolved service, which covers our label for the content of mounted files, and the image
 * its reference means now. The label is looked at by itself first: of a file that was edited by hand no overlay says anything yet, and it
 * names the file. Undefined: it is as its overlay says.
 */
export const driftCause = (
  service: Pick<ServiceModel, 'name' | 'image'>,
  container: Pick<ObservedContainer, 'image' | 'imageId' | 'configHash' | 'filesHash'>,
  facts: DriftFacts,
): string | undefined => {
  const hash = facts.hashes.get(service.name);
  const mounted = facts.mounted?.get(service.name);
  const imageId = facts.engine?.images.get(service.image)?.id;
  if (container.image !== service.image) return `image changes from ${container.image} to ${service.image}`;
  const files = mounted && filesCause(mounted, container.filesHash);
  if (files !== undefined) return files;
  if (hash !== undefined && container.configHash !== hash) return 'its settings changed';
  if (isOtherBuild(service.image, facts.lock, facts.engine)) return `infra.lock.yml names another build of ${service.image}`;
  if (imageId !== undefined && container.imageId !== imageId) return `${service.image} means another image now`;
  return undefined;
};
