/** Writes the workspace's files: all are laid beside their places first, then put in one after the other, each old or new. */
import {chmod} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {ResourceEvent} from '../events.ts';
import type {FormerFile} from '../plan/left-files.ts';
import type {ObservedFile} from '../plan/observed.ts';
import {hasOwnPart, ownPart} from '../plan/own-variables.ts';
import type {RenderedFile} from '../plan/rendered.ts';
import {commitFile} from './atomic.ts';
import {insideFolder, prepareFolder} from './folder.ts';
import {explained} from './fs-problem.ts';
import {
  finishGeneration,
  type Generation,
  type KeptFile,
  lastGeneration,
  type Manifest,
  openGeneration,
  pruneGenerations,
  writeManifest,
} from './generations.ts';
import {formerFiles, removeFile} from './left-files.ts';
import {removeLeftovers, removeLeftoversBelow} from './leftovers.ts';
import {generatedHash, observeFiles, readDiskFile} from './observe-files.ts';
import {stateFolder} from './paths.ts';
import {oldestReached} from './reached.ts';
import {applyDecisions, isWritten, refuseConflicts, refuseSurprises} from './refuse-write.ts';
import {stageFiles} from './stage-files.ts';
import {keepCopies} from './written-copies.ts';

type FileState = ObservedFile['state'];
type Look = (path: string) => ObservedFile | undefined;

interface Wanted {
  readonly files: readonly RenderedFile[];
  /** Of the record, not among the files, and still there. */
  readonly former: readonly FormerFile[];
  /** Those of them that are removed. */
  readonly unneeded: readonly ObservedFile[];
}

const lookIn = (observed: readonly ObservedFile[]): Look => {
  const files = new Map(observed.map(file => [file.path, file]));
  return path => files.get(path);
};

const keptFiles = async (root: string, files: readonly Pick<RenderedFile, 'path'>[]): Promise<readonly KeptFile[]> => {
  const kept: KeptFile[] = [];
  for (const {path} of files) {
    const disk = await readDiskFile(root, path);
    if (disk) kept.push({path, ...disk});
  }
  return kept;
};

/** With what the operator has of his own in them, as it is now. */
const withOwnParts = (files: readonly RenderedFile[], kept: readonly KeptFile[]): readonly RenderedFile[] =>
  files.map(file => {
    const disk = hasOwnPart(file.content) ? kept.find(({path}) => path === file.path) : undefined;
    return disk ? {...file, content: file.content + ownPart(Buffer.from(disk.content).toString('utf8'))} : file;
  });

/** What to record: the files as they will be, those that stay as the operator left them as we last wrote them, and earlier ones that are there. */
const recordOf = ({files, former}: Wanted, look: Look, last: Generation | undefined, kept: readonly KeptFile[]): Manifest['files'] => {
  const known = new Set([...files, ...former].map(({path}) => path));
  const before = new Map(kept.map(({path, content}) => [path, generatedHash(content)]));
  const earlier = (last?.manifest.files ?? []).filter(({path}) => known.has(path));
  const record = new Map(earlier.map((file): [string, Manifest['files'][number]] => [file.path, file]));
  for (const {path, content, once} of files) {
    // One that was decided to stay is recorded as seen: it is asked about again only when something new is to be written.
    if (once || (look(path)?.state === 'edited' && look(path)?.decided === undefined)) continue;
    const previous = before.get(path);
    record.set(path, {path, sha256: generatedHash(content), ...(previous !== undefined && {before: previous})});
  }
  return [...record.values()].toSorted((one, other) => (one.path < other.path ? -1 : 1));
};

const describe: Readonly<Record<Exclude<FileState, 'conflict'>, Pick<ResourceEvent, 'status' | 'text' | 'details'>>> = {
  new: {status: 'done', text: 'Written', details: 'was not there'},
  outdated: {status: 'done', text: 'Written', details: 'what it should be changed; the previous content is kept'},
  same: {status: 'skipped', text: 'Unchanged', details: 'is right already'},
  edited: {status: 'skipped', text: 'Kept', details: 'changed by hand; left alone'},
  unneeded: {status: 'done', text: 'Removed', details: 'nothing that is selected writes it any more; its content is kept'},
};

const eventOf = (path: string, state: Exclude<FileState, 'conflict'>): ResourceEvent => ({
  id: `file/${path}`,
  kind: 'file',
  parentId: 'run',
  at: Date.now(),
  ...describe[state],
});

/** The record alone, when no file has to be replaced: a killed run was finished, or a file became right by hand. */
const settle = async (root: string, last: Generation | undefined, files: Manifest['files'], copied: readonly RenderedFile[]) => {
  if (last?.manifest.finished && JSON.stringify(last.manifest.files) === JSON.stringify(files)) return;
  await keepCopies(root, copied);
  if (last) await writeManifest(root, {number: last.number, manifest: {...last.manifest, finished: true, files}});
  else await finishGeneration(root, await openGeneration(root, [], files, Date.now()));
};

const setMode = async (root: string, {path, mode, once}: RenderedFile) => {
  const disk = once ? undefined : await readDiskFile(root, path);
  if (disk && disk.mode !== mode) await chmod(join(root, path), mode);
};

const prepare = async (root: string, wanted: Wanted, look: Look) => {
  const {files, unneeded} = wanted;
  const absolutes = await Promise.all(files.map(({path}) => insideFolder(root, path)));
  await removeLeftovers(new Set(absolutes.map(dirname)));
  await removeLeftoversBelow(join(root, stateFolder));
  const isTodo = ({path}: RenderedFile) => isWritten(look(path)?.state);
  const todo = files.filter(isTodo);
  const last = await lastGeneration(root);
  const kept = await keptFiles(root, [...todo, ...unneeded]);
  // After a write that was cut off, copies may be missing of what it put in its place.
  const copied = files.filter(file => isTodo(file) || (look(file.path)?.state === 'same' && !last?.manifest.finished));
  const record = recordOf(wanted, look, last, kept);
  if (todo.length + unneeded.length === 0) {
    await settle(root, last, record, copied);
    return undefined;
  }
  const staged = await stageFiles(root, withOwnParts(todo, kept));
  try {
    return {staged, copied, generation: await openGeneration(root, kept, record, Date.now())};
  } catch (error) {
    await staged.undo();
    throw error;
  }
};

/** Of those that were shown as such and are still there; one that was edited since is the operator's. */
const lookAtUnneeded = (shown: readonly ObservedFile[], former: readonly FormerFile[]): readonly ObservedFile[] => {
  const expected = new Set(shown.filter(({state}) => state === 'unneeded').map(({path}) => path));
  return former
    .filter(({path}) => expected.has(path))
    .map(({path, asWritten}) => ({path, state: asWritten ? ('unneeded' as const) : ('edited' as const)}));
};

/**
 * Writes what is `new` or `outdated`, removes what is `unneeded` and yields one event a file: `done` for written or removed, `skipped` for
 * left as it is, with the cause.
 *
 * The states are looked at anew; nothing that was not shown in `observed` is written or removed. Throws UserError (exit 3), with nothing
 * changed, when any file is in conflict or the folder cannot be written. Killed at any point, each file is old or new, and a second run finishes.
 * The caller holds the workspace's lock.
 */
export async function* writeFiles(
  directory: string,
  files: readonly RenderedFile[],
  observed: readonly ObservedFile[],
): AsyncGenerator<ResourceEvent, void, undefined> {
  refuseConflicts(directory, observed);
  const fresh = applyDecisions(observed, await observeFiles(directory, files));
  const paths = files.map(({path}) => path);
  const former = await formerFiles(directory, paths);
  const unneeded = lookAtUnneeded(observed, former);
  refuseConflicts(directory, fresh);
  refuseSurprises(observed, [...fresh, ...unneeded]);
  const look = lookIn(fresh);
  const root = await prepareFolder(directory);
  const write = await explained(`The files of ${directory} cannot be written; nothing was changed`, () =>
    prepare(root, {files, former, unneeded}, look),
  );
  try {
    for (const file of files) {
      const staged = write?.staged.files.get(file.path);
      await explained(`${file.path} could not be put in its place; the rest is as it was`, () =>
        staged ? commitFile(staged) : setMode(root, file),
      );
      const state = look(file.path)?.state;
      if (state !== undefined && state !== 'conflict') yield eventOf(file.path, state);
    }
    if (write) await explained(`The copies of ${directory} cannot be written`, () => keepCopies(root, write.copied));
    for (const {path} of unneeded) {
      await explained(`${path} could not be removed; all else is done`, () => removeFile(root, path));
      yield eventOf(path, 'unneeded');
    }
    if (write)
      await explained(`The record of ${directory} cannot be written`, () =>
        finishGeneration(
          root,
          write.generation,
          unneeded.map(({path}) => path),
        ),
      );
    await pruneGenerations(root, await oldestReached(root));
  } finally {
    await write?.staged.undo();
  }
}
