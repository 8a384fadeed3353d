/**
 * One run a workspace. The kernel holds the lock, so that it ends with the process however that ends:
 * an abstract unix socket on Linux, a listening socket per contender elsewhere.
 */
import {createHash} from 'node:crypto';
import {readFile, rm} from 'node:fs/promises';
import {hostname} from 'node:os';
import {join} from 'node:path';
import * as v from 'valibot';
import {ExitCode, UserError} from '../errors.ts';
import {printableLine} from '../printable.ts';
import {writeFileAtomic} from './atomic.ts';
import {findFolder, prepareFolder} from './folder.ts';
import {explained} from './fs-problem.ts';
import {acquireAbstract, askAbstract} from './lock-abstract.ts';
import {acquireByFiles} from './lock-files.ts';
import {stateFolder} from './paths.ts';

export interface Lock {
  /** Frees the workspace; a second call does nothing. */
  release(): Promise<void>;
}

/** What the kernel's part of the lock gives: held, or what the holder says about itself. */
export type Claim = {readonly held: true; release(): Promise<void>} | {readonly held: false; readonly holder: string | undefined};

export interface LockOptions {
  readonly project: string;
  /** What runs, for example `up`. Shown to whoever comes second. */
  readonly command: string;
  /** Default: by platform. */
  readonly kind?: 'abstract' | 'files';
}

const holderSchema = v.object({
  pid: v.number(),
  host: v.string(),
  bootId: v.string(),
  project: v.string(),
  command: v.string(),
  /** ISO 8601. */
  since: v.string(),
});
type Holder = v.InferOutput<typeof holderSchema>;

const lockFile = (root: string) => join(root, stateFolder, 'lock.json');

/** Linux only; tells a process id of this boot from one of an earlier boot. */
const bootId = () =>
  readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    text => text.trim(),
    () => '',
  );

const parseHolder = (text: string | undefined): Holder | undefined => {
  try {
    const result = v.safeParse(holderSchema, JSON.parse(text ?? ''));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
};

const keyOf = (root: string) => createHash('sha256').update(root).digest('hex').slice(0, 32);

const described = ({command, project, pid, host, since}: Holder) =>
  printableLine(`infra-wizard ${command} of ${project} (process ${pid} on ${host}) since ${since}`);

const locked = (directory: string, holder: Holder | undefined) =>
  new UserError(`Another run works on ${directory}`, {
    why: holder ? `${described(holder)}.` : 'It does not say which; it may belong to another user.',
    next: [holder ? `Wait until it is done, or end it with: kill -INT ${holder.pid}` : 'Wait until it is done.'],
    exitCode: ExitCode.locked,
  });

const claims = {abstract: acquireAbstract, files: acquireByFiles};

/** The kernel's part alone: whoever holds the key, by the means of this platform. */
export const claimOf = (
  key: string,
  holder: string,
  kind: keyof typeof claims = process.platform === 'linux' ? 'abstract' : 'files',
): Promise<Claim> => claims[kind](key, holder);

/**
 * Locks a workspace, which is created when it is missing. Throws UserError, exit 4, naming the holder when another process has it;
 * exit 3 when the folder cannot be written. The file lock.json says the same to people and outlives a kill without meaning anything.
 */
export const acquireLock = async (directory: string, {project, command, kind}: LockOptions): Promise<Lock> => {
  const root = await prepareFolder(directory);
  const key = keyOf(root);
  const since = new Date().toISOString();
  const holder: Holder = {pid: process.pid, host: hostname(), bootId: await bootId(), project, command, since};
  const claim = await claimOf(key, JSON.stringify(holder), kind);
  if (!claim.held) throw locked(directory, parseHolder(claim.holder));
  try {
    await explained(`The lock of ${directory} cannot be written`, () =>
      writeFileAtomic(lockFile(root), `${JSON.stringify(holder, null, 2)}\n`, 0o644),
    );
  } catch (error) {
    await claim.release();
    throw error;
  }
  let released: Promise<void> | undefined;
  const release = async () => {
    await rm(lockFile(root), {force: true});
    await claim.release();
  };
  return {
    release: () => {
      released ??= release();
      return released;
    },
  };
};

/** Who holds the lock of a workspace; undefined when nobody does, and on other systems than Linux. Changes nothing. */
export const lockedBy = async (directory: string): Promise<string | undefined> => {
  const root = process.platform === 'linux' ? await findFolder(directory) : undefined;
  const answer = root === undefined ? undefined : await askAbstract(keyOf(root));
  if (!answer || answer.kind === 'dead' || answer.kind === 'closing') return undefined;
  const holder = parseHolder(answer.kind === 'said' ? answer.text : undefined);
  return holder ? described(holder) : 'another run, perhaps of another user';
};
