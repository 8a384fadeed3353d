/**
 * `.infra-wizard/journal.jsonl`: what runs did, one line a change of status. Says where a run was cut off; what is true is always asked of
 * the engine. Holds ids and Docker's own words only: no messages, no logs, so never a secret.
 */
import {randomBytes} from 'node:crypto';
import {type FileHandle, open, readFile, rename} from 'node:fs/promises';
import {join} from 'node:path';
import * as v from 'valibot';
import type {ResourceEvent} from '../events.ts';
import {findFolder, prepareFolder} from './folder.ts';
import {explained, hasCode} from './fs-problem.ts';
import {stateFolder} from './paths.ts';

export interface Journal {
  /** Id of this run. */
  readonly run: string;
  /** Writes a line when the event changes the status of what it is about; waits for the disk where a phase or the run does. */
  record(event: ResourceEvent): Promise<void>;
  close(): Promise<void>;
}

/** How the last run ended. */
export interface LastRun {
  readonly run: string;
  /** Milliseconds since 1970, of its first and last line. */
  readonly startedAt: number;
  readonly at: number;
  /** It did not reach its goal: failed, stopped half-way or was killed. */
  readonly unfinished: boolean;
  /** It was cut off without a word: killed, or power was lost. */
  readonly killed: boolean;
  /** Phase it worked on last. */
  readonly phase: string | undefined;
}

/** The file is put aside when it is longer, so that both together stay below twice this. */
const longest = 1_000_000;

/** It failed and put back what it had changed: there is nothing to go on with. */
const undone = 'Rolled back';

const lineSchema = v.object({
  run: v.string(),
  at: v.number(),
  id: v.string(),
  kind: v.picklist(['run', 'phase', 'file', 'image', 'layer', 'service', 'network']),
  status: v.picklist(['waiting', 'working', 'done', 'skipped', 'warning', 'error']),
  text: v.string(),
  cause: v.optional(v.string()),
  /** What did it, of what is no rollout: something that was done to a service by hand. */
  command: v.optional(v.string()),
});
type Line = v.InferOutput<typeof lineSchema>;

const pathsOf = (root: string) => ({
  current: join(root, stateFolder, 'journal.jsonl'),
  previous: join(root, stateFolder, 'journal.1.jsonl'),
});

const lineOf = (run: string, command: string | undefined, {at, id, kind, status, text, failure}: ResourceEvent): Line => ({
  run,
  at,
  id,
  kind,
  status,
  text,
  ...(failure && {cause: failure.cause}),
  ...(command !== undefined && {command}),
});

const isBoundary = ({kind}: ResourceEvent) => kind === 'run' || kind === 'phase';

/** Opens the file for appending; a line that a kill left half-written is ended, so that it spoils only itself. */
const openForAppending = async (path: string): Promise<{file: FileHandle; size: number}> => {
  const file = await open(path, 'a+', 0o600);
  const {size} = await file.stat();
  if (size === 0) return {file, size};
  const {buffer} = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  if (buffer[0] === 0x0a) return {file, size};
  await file.appendFile('\n');
  return {file, size: size + 1};
};

/**
 * Opens the journal for one run, or for what a command does that is no rollout. UserError when it cannot be written. The caller holds the
 * lock.
 */
export const openJournal = async (directory: string, command?: string): Promise<Journal> => {
  const root = await prepareFolder(directory);
  const {current, previous} = pathsOf(root);
  const run = `${new Date().toISOString().slice(0, 19)}-${randomBytes(4).toString('hex')}`;
  const statuses = new Map<string, string>();
  const guarded = <T>(action: () => Promise<T>) => explained(`The journal ${current} cannot be written`, action);

  let {file, size} = await guarded(() => openForAppending(current));
  const rotate = async () => {
    await file.close();
    await rename(current, previous);
    ({file, size} = await openForAppending(current));
  };
  const append = async (event: ResourceEvent) => {
    const line = Buffer.from(`${JSON.stringify(lineOf(run, command, event))}\n`);
    if (size > 0 && size + line.length > longest) await rotate();
    await file.write(line);
    size += line.length;
    if (isBoundary(event)) await file.sync();
  };

  let queue: Promise<void> = Promise.resolve();
  const record = (event: ResourceEvent) => {
    if (event.kind === 'layer' || statuses.get(event.id) === event.status) return queue;
    statuses.set(event.id, event.status);
    const written = queue.then(() => guarded(() => append(event)));
    // One refused line is its own caller's error; the next is tried again.
    queue = written.catch(() => undefined);
    return written;
  };
  const close = async () => {
    await queue;
    await file.sync().catch(() => undefined);
    await file.close();
  };
  return {run, record, close};
};

const parseLine = (text: string): readonly Line[] => {
  try {
    const result = v.safeParse(lineSchema, JSON.parse(text));
    return result.success ? [result.output] : [];
  } catch {
    return [];
  }
};

const readLines = async (path: string): Promise<readonly Line[]> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return '';
    throw error;
  });
  return text.split('\n').flatMap(parseLine);
};

const summarize = (all: readonly Line[]): LastRun | undefined => {
  // Whether a rollout reached its goal is not changed by what was done to a service since.
  const lines = all.filter(({command}) => command === undefined);
  const run = lines.at(-1)?.run;
  const own = lines.filter(line => line.run === run);
  const first = own[0];
  const last = own.at(-1);
  if (!first || !last) return undefined;
  const end = own.findLast(line => line.kind === 'run');
  const phase = own.findLast(line => line.kind === 'phase' && line.status !== 'waiting');
  return {
    run: last.run,
    startedAt: first.at,
    at: last.at,
    unfinished: end?.status !== 'done' && end?.status !== 'skipped' && end?.text !== undone,
    killed: end === undefined || end.status === 'working' || end.status === 'waiting',
    phase: phase?.id.replace(/^phase\//, ''),
  };
};

/** The newest run of this workspace; undefined when there was none. Reads only. */
export const lastRun = async (directory: string): Promise<LastRun | undefined> => {
  const root = await findFolder(directory);
  if (root === undefined) return undefined;
  const {current, previous} = pathsOf(root);
  return explained(`The journal ${current} cannot be read`, async () =>
    summarize([...(await readLines(previous)), ...(await readLines(current))]),
  );
};
