/** What was written to a workspace before and is not any more: which of it is removed, and what stays. Changes nothing. */
import {judgeLeftFiles, type LeftFiles, type LeftInput, namedIn} from '../plan/left-files.ts';
import type {ObservedFile} from '../plan/observed.ts';
import type {RenderedFile} from '../plan/rendered.ts';
import {isOverlay} from '../plan/way-back-parts.ts';
import {contentsOf, formerFiles} from '../workspace/workspace.ts';

export interface LeftHere extends Pick<LeftInput, 'staying'> {
  /** Absolute path of the workspace. */
  readonly directory: string;
  /** Everything that is written. */
  readonly files: readonly RenderedFile[];
  readonly observed: readonly ObservedFile[];
}

/** In the own overlay all of it is the operator's, in a generated one that he edited what he put in. */
const namedHere = async ({directory, files, observed}: LeftHere): Promise<readonly string[]> => {
  const edited = new Set(observed.filter(({state}) => state === 'edited').map(({path}) => path));
  const overlays = files.filter(({path, once}) => isOverlay(path) && (once || edited.has(path)));
  const onDisk = await contentsOf(
    directory,
    overlays.map(({path}) => path),
  );
  // What moves from an edited overlay to the own one is in it already.
  const moving = files.filter(({path, once, model}) => isOverlay(path) && !once && model === undefined);
  return [
    ...moving.flatMap(({content}) => namedIn(content)),
    ...overlays.flatMap(({path, content}) => {
      const generated = new Set(namedIn(content));
      return namedIn(onDisk.get(path) ?? '').filter(name => !generated.has(name));
    }),
  ];
};

export const leftHere = async (given: LeftHere): Promise<LeftFiles> => {
  const former = await formerFiles(
    given.directory,
    given.files.map(({path}) => path),
  );
  if (former.length === 0) return {removed: [], stay: []};
  return judgeLeftFiles({former, files: given.files, named: await namedHere(given), staying: given.staying});
};
