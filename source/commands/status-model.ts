/** What the overlays of a workspace say should run, read again when they change. */
import {watch} from 'node:fs';
import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {resolveModel} from '../engine/compose.ts';
import type {Engine} from '../engine/engine.ts';
import type {Env} from '../engine/process.ts';
import {ExternalError, UserError} from '../errors.ts';
import type {EngineInfo} from '../plan/observed.ts';
import {readServices} from '../plan/services.ts';
import {printableLine} from '../printable.ts';
import {loadImageLock} from '../workspace/image-lock.ts';
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
}

/** An editor writes a file in several steps. */
const settleMs = 200;

/** Overlays, settings, the lock, and whatever files of their own they name, lie beside each other. */
const fingerprint = async (directory: string): Promise<string> => {
  const entries = (await readdir(directory, {withFileTypes: true})).filter(entry => entry.isFile() || entry.isSymbolicLink());
  const facts = entries.map(async ({name}) => {
    const found = await stat(join(directory, name)).catch(() => undefined);
    return `${name} ${found?.mtimeMs} ${found?.size} ${found?.ino}`;
  });
  return (await Promise.all(facts)).sort().join('\n');
};

const problemOf = (error: unknown): string => {
  if (error instanceof ExternalError) return printableLine(error.lastLines.at(-1) ?? error.message);
  if (error instanceof UserError) return printableLine(error.why ?? error.message);
  if (error instanceof Error && 'code' in error) return printableLine(error.message);
  throw error;
};

export const openOverlays = ({engine, info, env, directory, project, lastPhase}: OverlaysInput): Overlays => {
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
        const [{services, hashes}, lock] = await Promise.all([model(signal), loadImageLock(directory)]);
        const images = await engine.images([...new Set(services.map(({image}) => image))]);
        return {expected: {services, facts: {hashes, lock, engine: {info, images}}}};
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
      try {
        watch(directory, {signal, persistent: false}, later).on('error', () => undefined);
      } catch {
        // Too many are watched already, or the folder is gone: reading now and then finds out.
      }
    },
  };
};
