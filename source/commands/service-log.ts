/** The log of one service: followed through its restarts, or saved whole. */
import {type FileHandle, open} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import type {Engine} from '../engine/engine.ts';
import {EngineError} from '../engine/engine-error.ts';
import {UserError} from '../errors.ts';
import {type LogLine, logFileName} from '../plan/service-details.ts';
import {explained, hasCode} from '../workspace/fs-problem.ts';
import {containerOfRow, findService} from './find-service.ts';

export interface LogInput {
  readonly engine: Engine;
  readonly project: string;
}

/** Lines that come first. */
const tail = 1000;
/** Between two looks whether a container that has ended runs again. */
const pause = 1000;

const unlessAway = (error: unknown): undefined => {
  if (!(error instanceof EngineError)) throw error;
};

/**
 * The last lines and then what comes, stamped, until aborted. The engine ends a log with its container: it is taken up again where it was
 * left when the container is started again or another one took its place. An engine that is away is asked again.
 */
export async function* followBatches({engine, project}: LogInput, row: string, signal: AbortSignal): AsyncGenerator<readonly LogLine[]> {
  let container = '';
  let last = '';
  while (!signal.aborted) {
    const found = await containerOfRow(engine, project, row).catch(unlessAway);
    if (found) {
      // `since` includes its own moment.
      const since = found.id === container && last !== '' ? last : undefined;
      container = found.id;
      const batches = engine.logBatches(container, {
        tail: since === undefined ? tail : 'all',
        since,
        follow: true,
        timestamps: true,
        signal,
      });
      try {
        for await (const batch of batches) {
          const fresh = since === undefined ? batch : batch.filter(({at}) => at > since);
          last = fresh.reduce((latest, {at}) => (at > latest ? at : latest), last);
          if (fresh.length > 0) yield fresh;
        }
      } catch (error) {
        unlessAway(error);
      }
    }
    await setTimeout(pause, undefined, {signal}).catch(() => undefined);
  }
}

/** Lines in a file are kept whole, up to here. */
const longestInFile = 16 * 2 ** 20;
const mostNames = 100;

/** A new file of a name that nothing has. */
const openNew = async (folder: string, row: string, at: Date): Promise<{readonly path: string; readonly file: FileHandle}> => {
  for (let copy = 1; copy <= mostNames; copy += 1) {
    const path = join(folder, logFileName(row, at, copy));
    try {
      return {path, file: await open(path, 'wx', 0o600)};
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  }
  throw new UserError('The log was not saved: every name for it is taken.', {next: [`Tidy up ${folder}.`]});
};

const asText = (lines: readonly LogLine[], timestamps: boolean) =>
  lines.map(({at, text}) => `${timestamps && at !== '' ? `${at} ` : ''}${text}\n`).join('');

export interface SaveOptions {
  /** Absolute path. */
  readonly folder: string;
  /** In front of each line, as the engine stamps it. */
  readonly timestamps: boolean;
  readonly signal: AbortSignal;
}

/** Everything the engine has of it, in a new file that only its owner may read; returns the path. */
export const saveLog = async ({engine, project}: LogInput, row: string, {folder, timestamps, signal}: SaveOptions): Promise<string> => {
  const {id} = await findService(engine, project, row);
  return explained(`The log of ${row} could not be saved.`, async () => {
    const {path, file} = await openNew(folder, row, new Date());
    try {
      const options = {tail: 'all', follow: false, timestamps, longest: longestInFile, signal} as const;
      for await (const lines of engine.logBatches(id, options)) await file.writeFile(asText(lines, timestamps));
    } finally {
      await file.close();
    }
    return path;
  });
};
