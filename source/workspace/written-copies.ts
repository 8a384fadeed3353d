/**
 * `.infra-wizard/written/`: the generated overlays, and the variables, as they were last written. What the operator changed since can only be told from them;
 * a copy counts when its hash is the one of the record, whatever else happened meanwhile.
 */
import {mkdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {generatedPart, hasOwnPart} from '../plan/own-variables.ts';
import type {RenderedFile} from '../plan/rendered.ts';
import {writeFileAtomic} from './atomic.ts';
import {hasCode} from './fs-problem.ts';
import {lastGeneration, writtenFiles} from './generations.ts';
import {sha256Of} from './observe-files.ts';
import {stateFolder} from './paths.ts';

const folderOf = (root: string) => join(root, stateFolder, 'written');

/** Of what else is written nobody can tell apart what the operator changed. */
const isTold = ({model, content}: RenderedFile) => model !== undefined || hasOwnPart(content);

export const keepCopies = async (root: string, files: readonly RenderedFile[]): Promise<void> => {
  const told = files.filter(isTold);
  if (told.length === 0) return;
  await mkdir(folderOf(root), {recursive: true, mode: 0o700});
  for (const {path, content} of told) await writeFileAtomic(join(folderOf(root), path), generatedPart(content), 0o600);
};

/** Undefined: there is none. After a write that was cut off it may be of the one before. */
export const lastCopy = (root: string, path: string): Promise<string | undefined> =>
  readFile(join(folderOf(root), path), 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  });

/** Undefined: not known, because an older version wrote it or a write was cut off. */
export const writtenCopy = async (root: string, path: string): Promise<string | undefined> => {
  const content = await lastCopy(root, path);
  const recorded = writtenFiles(await lastGeneration(root)).get(path)?.sha256;
  return content !== undefined && sha256Of(content) === recorded ? content : undefined;
};
