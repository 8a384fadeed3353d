import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {chmod, mkdir, mkdtemp, readdir, rename, rm} from 'node:fs/promises';
import {homedir} from 'node:os';
import {basename, dirname, join} from 'node:path';

export function cacheRoot(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'infra-wizard', 'sandbox');
}

export async function purgeCache(root = cacheRoot()): Promise<void> {
  await rm(root, {recursive: true, force: true});
}

/**
 * The folder `name` of the cache, built on first use. It appears by one rename, under a lock: two starts at the same time
 * build it once, and a kill half-way leaves only a draft that the next build throws away.
 */
export async function cached(root: string, name: string, build: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(root, name);
  if (existsSync(folder)) return folder;
  return withLock(root, name.replaceAll('/', '-'), async () => {
    if (existsSync(folder)) return folder;
    await mkdir(dirname(folder), {recursive: true});
    await removeDrafts(folder);
    const draft = await mkdtemp(`${folder}.draft-`);
    await build(draft);
    await chmod(draft, 0o755);
    await rename(draft, folder);
    return folder;
  });
}

/** A new name each time: a child of a killed build may still be writing into the old draft. */
async function removeDrafts(folder: string): Promise<void> {
  const names = (await readdir(dirname(folder))).filter(name => name.startsWith(`${basename(folder)}.draft-`));
  await Promise.all(names.map(name => rm(join(dirname(folder), name), {recursive: true, force: true})));
}

/** Holds a lock that the kernel releases when this process ends, however it ends. */
export async function withLock<T>(root: string, name: string, work: () => Promise<T>): Promise<T> {
  const file = join(root, 'locks', name);
  await mkdir(dirname(file), {recursive: true});
  const [command, ...args] = ['flock', file, 'sh', '-c', 'echo held; exec cat'] as const;
  const holder = spawn(command, args, {stdio: ['pipe', 'pipe', 'inherit']});
  const ended = once(holder, 'exit');
  await Promise.race([
    once(holder.stdout, 'data'),
    ended.then(() => Promise.reject(new Error(`Could not lock ${file}: is the folder writable?`))),
  ]);
  try {
    return await work();
  } finally {
    holder.stdin.end();
    await ended;
  }
}
