/** What the overlays of a workspace say should run, read again when they change. */
import {watch} from 'node:fs';
import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {resolveModel} from '../engine/compose.ts';
import type {Engine} from '../engine/engine.ts';
import type {Env} from '../engine/process.ts';
import {ExternalError, UserError} from '../errors.ts';
import type {DriftFacts} from '../plan/drift.ts';
import type {EngineInfo} from '../plan/observed.ts';
import {readServices} from '../plan/services.ts';
import {printableLine} from '../printable.ts';
import {loadImageLock} from '../workspace/image-lock.ts';
import type {MountedOnDisk} from './mounted-on-disk.ts';
import type {Expected} from './status-rows.ts';

export type Reading = {readonly expected: Expected} | {readonly problem: string};

export interface Overlays {
  /** As the files are now; compose is asked only when they changed, the engine about its images each time. */
  read(signal: AbortSignal): Promise<Reading>;
  /** Calls when a file of the workspace changes. Where the system can not tell, nobody is called: read now and then all the same. */
  watch(changed: () => void, signal: AbortSignal): void;
}

export interface OverlaysInput {
  readonly engine: Pick<Engine, 'images'>;
  readonly info: EngineInfo;
  /** Of children: it says which docker. */
  readonly env: Env;
  /** Absolute path of the workspace. */
  readonly directory: string;
  readonly project: string;
  /** Where services without our label go. */
  readonly lastPhase: string;
  readonly mounted: Pick<MountedOnDisk, 'read'>;
}

/** An editor writes a file in several steps. */
const settleMs = 200;

/** Overlays, settings, the lock, and whatever files of their own they name, lie beside each other; configuration below. */
const fingerprint = async (directory: string, recursive = false): Promise<string> => {
  const all = await readdir(directory, {withFileTypes: true, recursive});
  const entries = all.filter(entry => entry.isFile() || entry.isSymbolicLink());
  const facts = entries.map(async ({name, parentPath}) => {
    const found = await stat(join(parentPath, name)).catch(() => undefined);
    return `${parentPath} ${name} ${found?.mtimeMs} ${found?.size} ${found?.ino}`;
  });
  return (await Promise.all(facts)).sort().join('\n');
};

const problemOf = (error: unknown): string => {
  if (error instanceof ExternalError) return printableLine(error.lastLines.at(-1) ?? error.message);
  if (error instanceof UserError) return printableLine(error.why ?? error.message);
  if (error instanceof Error && 'code' in error) return printableLine(error.message);
  throw error;
};

/** Those whose files say what should run. */
const foldersOf = async (directory: string): Promise<readonly string[]> => {
  const config = join(directory, 'config');
  const below = await readdir(config, {withFileTypes: true, recursive: true}).catch(() => []);
  return [directory, config, ...below.filter(entry => entry.isDirectory()).map(({name, parentPath}) => join(parentPath, name))];
};

const watchFolder = (folder: string, changed: () => void, signal: AbortSignal): void => {
  if (signal.aborted) return;
  try {
    watch(folder, {signal, persistent: false}, changed).on('error', () => undefined);
  } catch {
    // Too many are watched already, or the folder is gone: reading now and then finds out.
  }
};

/** Configuration files are read, and hashed, only when they changed. */
const openMounted = ({directory, mounted}: OverlaysInput) => {
  let known: {readonly mark: string; readonly files: DriftFacts['mounted']} | undefined;
  return async () => {
    const mark = await fingerprint(join(directory, 'config'), true).catch(() => '');
    if (known?.mark !== mark) known = {mark, files: await mounted.read()};
    return known.files ?? new Map();
  };
};

export const openOverlays = (input: OverlaysInput): Overlays => {
  const {engine, info, env, directory, project, lastPhase} = input;
  const mountedFiles = openMounted(input);
  let known: {readonly mark: string; readonly services: Expected['services']; readonly hashes: ReadonlyMap<string, string>} | undefined;
  const model = async (signal: AbortSignal) => {
    const mark = await fingerprint(directory);
    if (known?.mark === mark) return known;
    const {model: resolved, hashes} = await resolveModel({project, directory}, {env, signal});
    known = {mark, services: readServices(resolved, lastPhase), hashes};
    return known;
  };
  return {
    async read(signal) {
      try {
        const [{services, hashes}, lock, mounted] = await Promise.all([model(signal), loadImageLock(directory), mountedFiles()]);
        const images = await engine.images([...new Set(services.map(({image}) => image))]);
        return {expected: {services, facts: {hashes, lock, mounted, engine: {info, images}}}};
      } catch (error) {
        return {problem: problemOf(error)};
      }
    },
    watch(changed, signal) {
      let timer: NodeJS.Timeout | undefined;
      const later = () => {
        clearTimeout(timer);
        timer = setTimeout(changed, settleMs);
      };
      signal.addEventListener('abort', () => clearTimeout(timer), {once: true});
      void foldersOf(directory).then(folders => {
        for (const folder of folders) watchFolder(folder, later, signal);
      });
    },
  };
};
