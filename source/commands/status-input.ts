import type {Catalog} from '../catalog/catalog.ts';
import type {Selection} from '../plan/selection.ts';
import {type Host, requireEngine} from './host.ts';
import {type MountedOnDisk, mountedOnDisk} from './mounted-on-disk.ts';
import {urlsOf} from './review.ts';
import type {StatusInput} from './status-feed.ts';
import {openOverlays} from './status-model.ts';

interface Place {
  readonly catalog: Catalog;
  /** Absolute path of the workspace. */
  readonly directory: string;
}

/** What the status of a platform is made of. Without compose nobody can say what should run. Throws UserError without an engine. */
export const statusInput = (
  {catalog, directory}: Place,
  host: Host,
  selection: Selection,
): StatusInput & {readonly mounted: MountedOnDisk} => {
  const {engine, info} = requireEngine(host);
  const {project} = selection;
  const phases = catalog.platform.phases.map(({id, title}) => ({id, title}));
  const lastPhase = phases.at(-1)?.id ?? '';
  const mounted = mountedOnDisk({catalog, selection, directory});
  const of = {engine, info, env: host.env, directory, project, lastPhase, mounted};
  const overlays = host.compose === undefined ? undefined : openOverlays(of);
  return {engine, project, urls: urlsOf(catalog, selection), phases, overlays, mounted};
};
