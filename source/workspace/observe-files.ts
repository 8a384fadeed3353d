/** The workspace's files as they are, against what would be written. Reads only. */
import {createHash} from 'node:crypto';
import {lstat, readFile} from 'node:fs/promises';
import {createTwoFilesPatch} from 'diff';
import {ExitCode, UserError} from '../errors.ts';
import type {ObservedFile} from '../plan/observed.ts';
import {ownBorder} from '../plan/own-variables.ts';
import type {RenderedFile} from '../plan/rendered.ts';
import {printable} from '../printable.ts';
import {fileState, type WrittenFile} from './file-state.ts';
import {findFolder, insideFolder} from './folder.ts';
import {explained, hasCode} from './fs-problem.ts';
import {lastGeneration, writtenFiles} from './generations.ts';
import {secretsFolder} from './paths.ts';

/** A file on disk; the content is undefined for what is only known to be there. */
export interface DiskFile {
  readonly content: Uint8Array;
  readonly sha256: string;
  readonly mode: number;
}

/** Beyond this many changed lines a diff takes seconds and tells nobody anything. */
const longestDiff = 4000;

export const sha256Of = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** Of what is generated of a file: what stands below the border is the operator's own and no edit. */
export const generatedHash = (content: string | Uint8Array): string => {
  const bytes = Buffer.from(content);
  const end = `${ownBorder}\n`;
  const at = bytes.indexOf(end);
  return sha256Of(at < 0 ? bytes : bytes.subarray(0, at + Buffer.byteLength(end)));
};

/** Reads one file of the workspace; undefined when nothing is there, UserError when it is no ordinary file. */
export const readDiskFile = async (root: string, path: string): Promise<DiskFile | undefined> => {
  const absolute = await insideFolder(root, path);
  return explained(`${absolute} cannot be read`, async () => {
    const stats = await lstat(absolute).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return undefined;
      throw error;
    });
    if (!stats) return undefined;
    if (!stats.isFile()) {
      throw new UserError(`${path} in the workspace is not an ordinary file`, {
        why: stats.isSymbolicLink() ? 'It is a symbolic link, which is never followed.' : 'A folder, pipe or device has its name.',
        next: [`Move ${absolute} away, then run this again.`],
        exitCode: ExitCode.refused,
      });
    }
    const content = await readFile(absolute);
    return {content, sha256: sha256Of(content), mode: stats.mode & 0o777};
  });
};

/** Files that only their owner may read are not shown. */
const holdsSecrets = ({path, mode}: RenderedFile) => mode === 0o600 || path.startsWith(`${secretsFolder}/`);

export const diffOf = (file: RenderedFile, disk: DiskFile): string | undefined => {
  if (holdsSecrets(file)) return undefined;
  const before = Buffer.from(disk.content).toString('utf8');
  const patch = createTwoFilesPatch(file.path, file.path, before, file.content, 'on disk', 'to be written', {
    context: 3,
    maxEditLength: longestDiff,
    headerOptions: {includeIndex: false, includeUnderline: false, includeFileHeaders: true},
  });
  return patch === undefined ? undefined : printable(patch);
};

const observeFile = async (root: string, file: RenderedFile, written: WrittenFile | undefined): Promise<ObservedFile> => {
  const {path, once} = file;
  // What is the operator's own may be anything, a link too: that it is there is enough.
  const disk = once ? await onceFile(root, path) : await readDiskFile(root, path);
  const state = fileState({once, disk: disk && generatedHash(disk.content), wanted: generatedHash(file.content), written});
  const diff = disk && state !== 'same' ? diffOf(file, disk) : undefined;
  return {path, state, ...(diff !== undefined && {diff})};
};

const onceFile = async (root: string, path: string): Promise<DiskFile | undefined> => {
  const stats = await lstat(await insideFolder(root, path)).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  return stats && {content: new Uint8Array(), sha256: '', mode: stats.mode & 0o777};
};

/**
 * Each file with its state and, where it would change, a diff. Nothing is created.
 * Throws UserError (exit 3) when the workspace or one of its files is something else than a folder or an ordinary file.
 */
export const observeFiles = async (directory: string, files: readonly RenderedFile[]): Promise<readonly ObservedFile[]> => {
  const root = await findFolder(directory);
  if (root === undefined) return files.map(({path}) => ({path, state: 'new'}));
  return explained(`The folder ${directory} cannot be read`, async () => {
    const written = writtenFiles(await lastGeneration(root));
    const observed: ObservedFile[] = [];
    for (const file of files) observed.push(await observeFile(root, file, written.get(file.path)));
    return observed;
  });
};
