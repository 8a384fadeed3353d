/**
 * `.infra-wizard/written/`: the generated overlays as they were last written. What the operator changed since can only be told from them;
 * a copy counts when its hash is the one of the record, whatever else happened meanwhile.
 */
import {mkdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {RenderedFile} from '../plan/rendered.ts';
import {writeFileAtomic} from './atomic.ts';
import {hasCode} from './fs-problem.ts';
import {lastGeneration, writtenFiles} from './generations.ts';
import {sha256Of} from './observe-files.ts';
import {stateFolder} from './paths.ts';

const folderOf = (root: string) => join(root, stateFolder, 'written');

/** Overlays alone: nobody can tell apart what else is written. */
const isOverlay = ({model}: RenderedFile) => model !== undefined;

export const keepCopies = async (root: string, files: readonly RenderedFile[]): Promise<void> => {
  const overlays = files.filter(isOverlay);
  if (overlays.length === 0) return;
  await mkdir(folderOf(root), {recursive: true, mode: 0o700});
  for (const {path, content} of overlays) await writeFileAtomic(join(folderOf(root), path), content, 0o600);
};

/** Undefined: not known, because an older version wrote it or a write was cut off. */
export const writtenCopy = async (root: string, path: string): Promise<string | undefined> => {
  const content = await readFile(join(folderOf(root), path), 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  });
  const recorded = writtenFiles(await lastGeneration(root)).get(path)?.sha256;
  return content !== undefined && sha256Of(content) === recorded ? content : undefined;
};
