/** `.infra-wizard/roll-back.json`: a roll back that was begun and has not ended. While it is there, the next run goes on with it. */
import {readFile, rm} from 'node:fs/promises';
import {join} from 'node:path';
import * as v from 'valibot';
import type {RollBackRequest} from '../plan/roll-back.ts';
import {syncFolder, writeFileAtomic} from './atomic.ts';
import {explained, hasCode} from './fs-problem.ts';
import {stateFolder} from './paths.ts';

const schema = v.object({
  version: v.literal(1),
  project: v.string(),
  phase: v.string(),
  created: v.array(v.string()),
});

const parsed = (text: string): RollBackRequest | undefined => {
  try {
    const result = v.safeParse(schema, JSON.parse(text));
    if (!result.success) return undefined;
    const {project, phase, created} = result.output;
    return {project, phase, created};
  } catch {
    return undefined;
  }
};

const pathOf = (directory: string) => join(directory, stateFolder, 'roll-back.json');

/** The caller holds the workspace's lock. */
export const noteGoingBack = (directory: string, request: RollBackRequest): Promise<void> =>
  explained(`${pathOf(directory)} cannot be written`, () =>
    writeFileAtomic(pathOf(directory), `${JSON.stringify({version: 1, ...request}, null, 2)}\n`, 0o600),
  );

/** What was asked for; undefined when no roll back is under way. */
export const goingBack = async (directory: string): Promise<RollBackRequest | undefined> => {
  const text = await readFile(pathOf(directory), 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  return parsed(text);
};

export const forgetGoingBack = (directory: string): Promise<void> =>
  explained(`${pathOf(directory)} cannot be removed`, async () => {
    await rm(pathOf(directory), {force: true});
    await syncFolder(join(directory, stateFolder));
  });
