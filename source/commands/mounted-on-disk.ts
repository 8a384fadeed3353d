/** What services read of the workspace's configuration, as it is on disk. Compose sees only the label that says so. */
import type {Catalog} from '../catalog/catalog.ts';
import {mountedFiles} from '../plan/drift.ts';
import type {MountedFiles, ObservedFile} from '../plan/observed.ts';
import {relabelled} from '../plan/relabel.ts';
import {render} from '../plan/render.ts';
import type {RenderedFile} from '../plan/rendered.ts';
import type {Selection} from '../plan/selection.ts';
import {tree} from '../plan/services.ts';
import {contentsOf, observeFiles, writeFiles} from '../workspace/workspace.ts';

export interface MountedOnDisk {
  /** By service. */
  read(): Promise<ReadonlyMap<string, MountedFiles>>;
  /**
   * Writes into the overlay of a service what its files say now, so that compose makes it anew. The caller holds the lock. Throws
   * UserError (exit 3) where the overlay was edited by hand.
   */
  label(service: string): Promise<void>;
}

export interface MountedInput {
  readonly catalog: Catalog;
  readonly selection: Selection;
  /** Absolute path of the workspace. */
  readonly directory: string;
}

/** Of what would be written otherwise nothing is known here: this is about what is there. One that is gone was taken away. */
const stateOf = ({state}: ObservedFile): ObservedFile['state'] => (state === 'same' || state === 'outdated' ? 'same' : 'edited');

export const mountedOnDisk = ({catalog, selection, directory}: MountedInput): MountedOnDisk => {
  const look = async () => {
    const config = render(catalog, selection).files.filter(({path}) => path.startsWith('config/'));
    const observed = await observeFiles(directory, config);
    const paths = observed.map(({path}) => path);
    const contents = await contentsOf(directory, paths);
    const {files} = render(catalog, selection, new Map(paths.map(path => [path, contents.get(path)])));
    return {
      files,
      mounted: mountedFiles(
        files,
        observed.map(one => ({...one, state: stateOf(one)})),
      ),
    };
  };
  return {
    read: async () => (await look()).mounted,
    async label(service) {
      const {files, mounted} = await look();
      const hash = mounted.get(service)?.hash;
      const overlay = files.find(({model}) => service in tree(tree(model).services));
      const before = overlay && (await contentsOf(directory, [overlay.path])).get(overlay.path);
      const content = before !== undefined && hash !== undefined ? relabelled(before, service, hash) : undefined;
      if (!overlay || content === undefined) return;
      const labelled: readonly RenderedFile[] = [{...overlay, content}];
      for await (const _ of writeFiles(directory, labelled, await observeFiles(directory, labelled)));
    },
  };
};
