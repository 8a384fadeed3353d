/** What the operator put among the generated lines of `.env`: it goes below the border, where it stays. Reads only. */
import {type EditedAnswer, editedChoice} from '../plan/edited.ts';
import type {ObservedFile} from '../plan/observed.ts';
import {generatedPart, hasOwnPart, type OwnVariables, ownVariables} from '../plan/own-variables.ts';
import type {RenderedFile} from '../plan/rendered.ts';
import {generationsSince, lastGeneration, writtenFiles} from './generations.ts';
import {generatedHash, readDiskFile} from './observe-files.ts';
import {stateFolder} from './paths.ts';
import {lastCopy} from './written-copies.ts';

const unknown = 'What was written there last is not known any more, so your changes can not be told apart.';

const foreign = 'It was there before, and all overlays depend on what is to be written. Taking that leaves your variables at its end.';

const clashText = (names: readonly string[]) =>
  `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} made of your answers, and all overlays depend on it: say it there, for example with --set.`;

const taken = ({names, clashes}: OwnVariables) => {
  const own = names.length > 0 ? [`${names.join(', ')} of yours ${names.length === 1 ? 'moves' : 'move'} to its end`] : [];
  return [
    ...own,
    ...(clashes.length > 0 ? [`replaces your ${clashes.join(', ')}; your copy stays in ${stateFolder}/generations`] : []),
  ].join('; ');
};

/** `none`: nothing of the operator's is in it. `unknown`: it can not be told. */
type Found = 'none' | 'unknown' | {readonly own: OwnVariables; readonly everWritten: boolean};

/** A copy may be older than what was written last: of a write that was cut off before its copies, and then another one. */
const wasWritten = async (root: string, path: string, hash: string): Promise<boolean> =>
  (await generationsSince(root, 0)).some(({manifest}) => manifest.files.some(file => file.path === path && file.sha256 === hash));

const ownIn = async (root: string, {path, content}: RenderedFile): Promise<Found> => {
  const disk = await readDiskFile(root, path);
  const record = writtenFiles(await lastGeneration(root)).get(path);
  // After a write that was cut off it is the one before: what it does not know is kept, and what changed since is asked about.
  const before = record === undefined ? '' : await lastCopy(root, path);
  const now = disk && generatedHash(disk.content);
  if (!disk || now === undefined || now === record?.sha256) return 'none';
  if (now === record?.before && (await wasWritten(root, path, now))) return 'none';
  if (before === undefined) return 'unknown';
  const own = ownVariables(before, generatedPart(Buffer.from(disk.content).toString('utf8')), generatedPart(content));
  return {own, everWritten: record !== undefined};
};

export interface OwnInFile {
  readonly file: RenderedFile;
  readonly observed: ObservedFile;
}

/** A file with what the operator has of his own in it, and what becomes of it; as it is where that is not to be told. */
export const withOwnVariables = async (root: string, {file, observed}: OwnInFile, answer: EditedAnswer): Promise<OwnInFile> => {
  const {state} = observed;
  if (!hasOwnPart(file.content) || (state !== 'conflict' && state !== 'outdated')) return {file, observed};
  const found = await ownIn(root, file);
  if (found === 'none' || (found === 'unknown' && state === 'outdated')) return {file, observed};
  if (found === 'unknown') return {file, observed: {...observed, keep: {how: 'not', why: [unknown]}}};
  const {own, everWritten} = found;
  const merged = {...file, content: file.content + own.added};
  if (own.clashes.length === 0 && everWritten) {
    if (own.added === '') return {file, observed: {...observed, state: 'outdated', ...(state === 'conflict' && {decided: 'keep'})}};
    return {file: merged, observed: {...observed, state: 'outdated', decided: 'keep', note: taken(own)}};
  }
  const choice = editedChoice(answer, file.path);
  if (choice === 'take') return {file: merged, observed: {...observed, state: 'outdated', decided: choice, note: taken(own)}};
  return {file, observed: {...observed, state: 'conflict', keep: {how: 'not', why: [everWritten ? clashText(own.clashes) : foreign]}}};
};
