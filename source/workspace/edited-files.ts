/** Generated files that the operator edited and that would be written otherwise: what can be done, and what follows from a choice. Reads only. */
import {ExitCode, UserError} from '../errors.ts';
import {type EditedAnswer, type EditedChoice, editedChoice} from '../plan/edited.ts';
import type {ObservedFile} from '../plan/observed.ts';
import {moveProblems, moveToOwn, type OwnChange} from '../plan/own-overlay.ts';
import type {Rendered, RenderedFile} from '../plan/rendered.ts';
import {findFolder} from './folder.ts';
import {diffOf, readDiskFile} from './observe-files.ts';
import {stateFolder} from './paths.ts';
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

const text = async (root: string, path: string) => {
  const disk = await readDiskFile(root, path);
  return disk && Buffer.from(disk.content).toString('utf8');
};

const conflictOf = async (root: string, file: RenderedFile, observed: ObservedFile): Promise<Conflict> => {
  if (file.model === undefined) return {file, observed: {...observed, keep: keepOf(file)}, change: undefined};
  const [before, mine] = [await writtenCopy(root, file.path), await text(root, file.path)];
  if (before === undefined || mine === undefined) {
    const why = 'What was written there last is not known any more, so your changes can not be told apart.';
    return {file, observed: {...observed, keep: {how: 'not', why: [why]}}, change: undefined};
  }
  const change: OwnChange = {path: file.path, before, mine, next: file.content};
  const why = moveProblems(change);
  return {file, observed: {...observed, keep: why.length === 0 ? {how: 'own-overlay'} : {how: 'not', why}}, change};
};

/** Where the file stays as it is, and what it leads to is the operator's own: configuration. The variables are what all overlays are made with. */
const keepOf = ({path}: RenderedFile): NonNullable<ObservedFile['keep']> =>
  path.startsWith('config/') ? {how: 'file'} : {how: 'not', why: ['All overlays depend on it.']};

const refuseKeeping = (path: string, why: readonly string[]): never => {
  throw new UserError(`Nothing was written: your changes in ${path} can not be kept`, {
    why: why.join(' '),
    next: [
      'Put what you want to keep into the overlay 90-….local.yml, which is merged last and never touched.',
      `Then take what would be written: --edited take. Your copy stays in ${stateFolder}/generations.`,
    ],
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
  if (!moved.ok) return refuseKeeping(changes.map(({path}) => path).join(', '), moved.problems);
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
  const own = files.find(({once}) => once);
  if (root === undefined || !own || observed.every(({state}) => state !== 'conflict')) return {files, observed};
  const conflicts: Conflict[] = [];
  for (const one of observed.filter(({state}) => state === 'conflict')) {
    const file = files.find(({path}) => path === one.path);
    if (file) conflicts.push(await conflictOf(root, file, one));
  }
  const choiceOf = ({file}: Conflict) => editedChoice(answer, file.path);
  for (const conflict of conflicts) {
    const {keep} = conflict.observed;
    if (choiceOf(conflict) === 'keep' && keep?.how === 'not') refuseKeeping(conflict.file.path, keep.why);
  }
  const changes = conflicts.flatMap(conflict => (choiceOf(conflict) === 'keep' && conflict.change ? [conflict.change] : []));
  const ownFile = await ownWith(root, own, changes);
  const decided = conflicts.map(conflict => outcome(conflict, choiceOf(conflict), own.path));
  return {
    files: replaced(files, ownFile?.files ?? []),
    observed: replaced(observed, [...decided, ...(ownFile?.observed ?? [])]),
  };
};
