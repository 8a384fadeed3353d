import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {mkdir, rename, rm} from 'node:fs/promises';
import {homedir} from 'node:os';
import {dirname, join} from 'node:path';

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
    const draft = `${folder}.draft`;
    await rm(draft, {recursive: true, force: true});
    await mkdir(draft, {recursive: true});
    await build(draft);
    await rename(draft, folder);
    return folder;
  });
}

/** Holds a lock that the kernel releases when this process ends, however it ends. */
export async function withLock<T>(root: string, name: string, work: () => Promise<T>): Promise<T> {
  const file = join(root, 'locks', name);
  await mkdir(dirname(file), {recursive: true});
  const holder = spawn('flock', [file, 'sh', '-c', 'echo held; exec cat'], {stdio: ['pipe', 'pipe', 'inherit']});
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
