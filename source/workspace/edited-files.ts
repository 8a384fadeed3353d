/** Generated files that the operator edited and that would be written otherwise: what can be done, and what follows from a choice. Reads only. */
import {ExitCode, UserError} from '../errors.ts';
import {type EditedAnswer, type EditedChoice, editedChoice} from '../plan/edited.ts';
import type {ObservedFile} from '../plan/observed.ts';
import {moveProblems, moveToOwn, type OwnChange} from '../plan/own-overlay.ts';
import {hasOwnPart} from '../plan/own-variables.ts';
import type {Rendered, RenderedFile} from '../plan/rendered.ts';
import {findFolder} from './folder.ts';
import {diffOf, readDiskFile} from './observe-files.ts';
import {withOwnVariables} from './own-variables.ts';
import {stateFolder} from './paths.ts';
import {placesOfOwn} from './refuse-write.ts';
import {writtenCopy} from './written-copies.ts';

export interface DecidedFiles {
  readonly files: readonly RenderedFile[];
  readonly observed: readonly ObservedFile[];
}

interface Conflict {
  readonly file: RenderedFile;
  readonly observed: ObservedFile;
  /** Undefined for files that are no overlay, and where it is not known what was written before. */
  readonly change: OwnChange | undefined;
}

const isConfig = (path: string) => path.startsWith('config/');

const text = async (root: string, path: string) => {
  const disk = await readDiskFile(root, path);
  return disk && Buffer.from(disk.content).toString('utf8');
};

/** A file that is no overlay stays as it is, and what it leads to is the operator's own. */
const conflictOf = async (root: string, file: RenderedFile, observed: ObservedFile): Promise<Conflict> => {
  if (file.model === undefined) return {file, observed: {...observed, keep: observed.keep ?? {how: 'file'}}, change: undefined};
  const [before, mine] = [await writtenCopy(root, file.path), await text(root, file.path)];
  if (before === undefined || mine === undefined) {
    const why = 'What was written there last is not known any more, so your changes can not be told apart.';
    return {file, observed: {...observed, keep: {how: 'not', why: [why]}}, change: undefined};
  }
  const change: OwnChange = {path: file.path, before, mine, next: file.content};
  const why = moveProblems(change);
  return {file, observed: {...observed, keep: why.length === 0 ? {how: 'own-overlay'} : {how: 'not', why}}, change};
};

const refuseKeeping = (paths: readonly string[], why: readonly string[]): never => {
  throw new UserError(`Nothing was written: your changes in ${paths.join(', ')} can not be kept`, {
    why: why.join(' '),
    next: [...placesOfOwn(paths), `Then take what would be written: --edited take. Your copy stays in ${stateFolder}/generations.`],
    exitCode: ExitCode.refused,
  });
};

const outcome = ({observed, change}: Conflict, choice: EditedChoice | undefined, own: string): ObservedFile => {
  if (choice === 'take') {
    return {
      ...observed,
      state: 'outdated',
      decided: choice,
      note: `replaces what you edited; your copy stays in ${stateFolder}/generations`,
    };
  }
  if (choice !== 'keep') return observed;
  if (change) return {...observed, state: 'outdated', decided: choice, note: `what you changed moves to ${own}`};
  return {...observed, state: 'edited', decided: choice, note: 'edited by you, kept as you asked'};
};

/** The operator's own overlay with what moves into it; undefined when nothing does. */
const ownWith = async (root: string, own: RenderedFile, changes: readonly OwnChange[]): Promise<DecidedFiles | undefined> => {
  if (changes.length === 0) return undefined;
  const disk = await readDiskFile(root, own.path);
  const before = disk ? Buffer.from(disk.content).toString('utf8') : own.content;
  const moved = moveToOwn(before, changes);
  if (!moved.ok) {
    return refuseKeeping(
      changes.map(({path}) => path),
      moved.problems,
    );
  }
  if (moved.content === before) return undefined;
  const isPrivate = disk !== undefined && (disk.mode & 0o077) === 0;
  const file: RenderedFile = {...own, content: moved.content, once: false, mode: isPrivate ? 0o600 : 0o644};
  const diff = disk && diffOf(file, disk);
  const note = `takes over what you changed in ${changes.map(({path}) => path).join(', ')}`;
  return {
    files: [file],
    observed: [{path: own.path, state: disk ? 'outdated' : 'new', decided: 'keep', note, ...(diff !== undefined && {diff})}],
  };
};

/** Of those that are there, by path. */
export const contentsOf = async (directory: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const root = await findFolder(directory);
  const contents = new Map<string, string>();
  for (const path of paths) {
    const content = root === undefined ? undefined : await text(root, path);
    if (content !== undefined) contents.set(path, content);
  }
  return contents;
};

/** Content of the configuration files that stay as the operator left them, by path. */
export const keptContents = (directory: string, observed: readonly ObservedFile[], answer: EditedAnswer) => {
  const stays = ({path, state}: ObservedFile) => state === 'edited' || (state === 'conflict' && editedChoice(answer, path) === 'keep');
  const paths = observed.filter(file => isConfig(file.path) && stays(file)).map(({path}) => path);
  return contentsOf(directory, paths);
};

const replaced = <T extends {readonly path: string}>(all: readonly T[], some: readonly T[]): readonly T[] => {
  const byPath = new Map(some.map(one => [one.path, one]));
  return all.map(one => byPath.get(one.path) ?? one);
};

/**
 * Each conflict with what can be done about it, and, where it was decided, as what follows. Throws UserError (exit 3) when changes shall be
 * kept and can not be.
 */
export const decideFiles = async (
  directory: string,
  {files}: Pick<Rendered, 'files'>,
  observed: readonly ObservedFile[],
  answer: EditedAnswer,
): Promise<DecidedFiles> => {
  const root = await findFolder(directory);
  if (root === undefined) return {files, observed};
  const variables = await Promise.all(
    files.filter(({content}) => hasOwnPart(content)).map(file => ownInFile(root, file, observed, answer)),
  );
  return decideConflicts(
    root,
    replaced(
      files,
      variables.flatMap(one => one?.file ?? []),
    ),
    replaced(
      observed,
      variables.flatMap(one => one?.observed ?? []),
    ),
    answer,
  );
};

const ownInFile = async (root: string, file: RenderedFile, observed: readonly ObservedFile[], answer: EditedAnswer) => {
  const seen = observed.find(({path}) => path === file.path);
  return seen && withOwnVariables(root, {file, observed: seen}, answer);
};

const decideConflicts = async (
  root: string,
  files: readonly RenderedFile[],
  observed: readonly ObservedFile[],
  answer: EditedAnswer,
): Promise<DecidedFiles> => {
  const own = files.find(({once}) => once);
  if (!own || observed.every(({state}) => state !== 'conflict')) return {files, observed};
  const conflicts: Conflict[] = [];
  for (const one of observed.filter(({state}) => state === 'conflict')) {
    const file = files.find(({path}) => path === one.path);
    if (file) conflicts.push(await conflictOf(root, file, one));
  }
  const choiceOf = ({file}: Conflict) => editedChoice(answer, file.path);
  for (const conflict of conflicts) {
    const {keep} = conflict.observed;
    if (choiceOf(conflict) === 'keep' && keep?.how === 'not') refuseKeeping([conflict.file.path], keep.why);
  }
  const changes = conflicts.flatMap(conflict => (choiceOf(conflict) === 'keep' && conflict.change ? [conflict.change] : []));
  const ownFile = await ownWith(root, own, changes);
  const decided = conflicts.map(conflict => outcome(conflict, choiceOf(conflict), own.path));
  return {
    files: replaced(files, ownFile?.files ?? []),
    observed: replaced(observed, [...decided, ...(ownFile?.observed ?? [])]),
  };
};
