/** Lays files beside their places, all of them or none. */
import {rmdir} from 'node:fs/promises';
import {dirname} from 'node:path';
import type {RenderedFile} from '../plan/rendered.ts';
import {discardFile, type StagedFile, stageFile} from './atomic.ts';
import {insideFolder, makeFolder} from './folder.ts';

export interface Staged {
  /** By path in the workspace. */
  readonly files: ReadonlyMap<string, StagedFile>;
  /** Removes what was not put in its place, and folders that were made for it and are empty. */
  undo(): Promise<void>;
}

/** Folders created on the way, deepest last. */
const makeFolders = async (folder: string): Promise<readonly string[]> => {
  const first = await makeFolder(folder);
  const made: string[] = [];
  for (let at = folder; first !== undefined && at.length >= first.length; at = dirname(at)) made.unshift(at);
  return made;
};

/** Leaves nothing behind when it fails, for example because the disk is full. */
export const stageFiles = async (root: string, files: readonly RenderedFile[]): Promise<Staged> => {
  const staged = new Map<string, StagedFile>();
  const made: string[] = [];
  const undo = async () => {
    for (const file of staged.values()) await discardFile(file);
    for (const folder of made.toReversed()) await rmdir(folder).catch(() => undefined);
  };
  try {
    for (const {path, content, mode} of files) {
      const absolute = await insideFolder(root, path);
      made.push(...(await makeFolders(dirname(absolute))));
      staged.set(path, await stageFile(absolute, content, mode));
    }
  } catch (error) {
    await undo();
    throw error;
  }
  return {files: staged, undo};
};
