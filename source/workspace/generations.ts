/**
 * What was written before: `.infra-wizard/generations/N/` holds, for one write of the workspace, the content it replaced and a manifest
 * with the hash of every file as written. The newest manifest is what tells the operator's edits from ours.
 */
import {mkdir, readdir, readFile, rm} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import * as v from 'valibot';
import {syncFolder, writeFileAtomic} from './atomic.ts';
import type {WrittenFile} from './file-state.ts';
import {hasCode} from './fs-problem.ts';
import {stateFolder} from './paths.ts';

/** Content that is about to be replaced or removed. */
export interface KeptFile {
  readonly path: string;
  readonly content: Uint8Array;
  readonly sha256: string;
  readonly mode: number;
}

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const manifestSchema = v.strictObject({
  version: v.literal(1),
  /** Milliseconds since 1970. */
  at: v.number(),
  /** False from before the first file was replaced until after the last. */
  finished: v.boolean(),
  /** Every file the wizard wrote here that is there, or is about to be; one that is being removed until it is gone. */
  files: v.array(v.strictObject({path: v.string(), sha256, before: v.optional(sha256)})),
  /** What lies below `files/` of this generation. */
  kept: v.array(v.strictObject({path: v.string(), sha256, mode: v.number()})),
});

export type Manifest = v.InferOutput<typeof manifestSchema>;

export interface Generation {
  readonly number: number;
  readonly manifest: Manifest;
}

/** Older generations are removed, unless a phase last came up from them; of those there are no more than so many. */
const keptGenerations = 10;
const mostGenerations = 100;

const folderOf = (root: string) => join(root, stateFolder, 'generations');
const manifestOf = (root: string, number: number) => join(folderOf(root), String(number), 'manifest.json');

const numbersOf = async (root: string): Promise<readonly number[]> => {
  const names = await readdir(folderOf(root)).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  return names
    .filter(name => /^[1-9]\d{0,8}$/.test(name))
    .map(Number)
    .sort((one, other) => other - one);
};

const parseManifest = (text: string): Manifest | undefined => {
  try {
    const result = v.safeParse(manifestSchema, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
};

const readManifest = async (root: string, number: number): Promise<Manifest | undefined> => {
  const text = await readFile(manifestOf(root, number), 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  });
  return text === undefined ? undefined : parseManifest(text);
};

/** The newest generation with a readable manifest. One without was cut off before it replaced anything. */
export const lastGeneration = async (root: string): Promise<Generation | undefined> => {
  for (const number of await numbersOf(root)) {
    const manifest = await readManifest(root, number);
    if (manifest) return {number, manifest};
  }
  return undefined;
};

/** Those with a readable manifest, from a number on, the oldest first. */
export const generationsSince = async (root: string, from: number): Promise<readonly Generation[]> => {
  const generations: Generation[] = [];
  for (const number of (await numbersOf(root)).toReversed()) {
    const manifest = number < from ? undefined : await readManifest(root, number);
    if (manifest) generations.push({number, manifest});
  }
  return generations;
};

export const writtenFiles = (generation: Generation | undefined): ReadonlyMap<string, WrittenFile> =>
  new Map(
    generation?.manifest.files.map(({path, sha256, before}): [string, WrittenFile] => [
      path,
      {sha256, ...(before !== undefined && {before})},
    ]),
  );

/** Where a generation holds what it replaced. */
export const keptPath = (root: string, number: number, path: string): string => join(folderOf(root), String(number), 'files', path);

const keep = async (root: string, number: number, {path, content, mode}: KeptFile) => {
  const target = keptPath(root, number, path);
  await mkdir(dirname(target), {recursive: true, mode: 0o700});
  await writeFileAtomic(target, content, mode);
};

export const writeManifest = (root: string, {number, manifest}: Generation): Promise<void> =>
  writeFileAtomic(manifestOf(root, number), `${JSON.stringify(manifest, null, 2)}\n`, 0o600);

/** Keeps what is about to be replaced and says so, all before the first file is. Leaves nothing behind when it fails. */
export const openGeneration = async (
  root: string,
  kept: readonly KeptFile[],
  files: Manifest['files'],
  at: number,
): Promise<Generation> => {
  const [newest = 0] = await numbersOf(root);
  const number = newest + 1;
  const folder = join(folderOf(root), String(number));
  const manifest: Manifest = {version: 1, at, finished: false, files, kept: kept.map(({path, sha256, mode}) => ({path, sha256, mode}))};
  try {
    await mkdir(folder, {recursive: true, mode: 0o700});
    for (const file of kept) await keep(root, number, file);
    await writeManifest(root, {number, manifest});
    await syncFolder(folderOf(root));
  } catch (error) {
    await rm(folder, {recursive: true, force: true}).catch(() => undefined);
    throw error;
  }
  return {number, manifest};
};

/** Everything is in its place: forgets the hashes of what was replaced, and what was removed. */
export const finishGeneration = async (root: string, {number, manifest}: Generation, removed: readonly string[] = []): Promise<void> => {
  const settled = new Set(manifest.kept.map(({path}) => path));
  const files = manifest.files
    .filter(({path}) => !removed.includes(path))
    .map(file => (settled.has(file.path) ? {path: file.path, sha256: file.sha256} : file));
  await writeManifest(root, {number, manifest: {...manifest, finished: true, files}});
};

/** Removes all but the newest ten, and those since `needed`. */
export const pruneGenerations = async (root: string, needed: number = Number.POSITIVE_INFINITY): Promise<void> => {
  const old = (await numbersOf(root)).slice(keptGenerations);
  for (const number of [...old.filter(one => one < needed), ...old.slice(mostGenerations - keptGenerations)]) {
    await rm(join(folderOf(root), String(number)), {recursive: true, force: true});
  }
};

/** Undefined: nothing was written here yet. */
export const lastGenerationNumber = async (directory: string): Promise<number | undefined> => (await lastGeneration(directory))?.number;

/** Milliseconds since 1970 of the newest write; undefined when there was none. */
export const lastWrite = async (directory: string): Promise<number | undefined> => (await lastGeneration(directory))?.manifest.at;
