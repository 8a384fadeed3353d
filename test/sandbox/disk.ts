import {mkdir} from 'node:fs/promises';
import {run} from './run.ts';

const advice = 'The sandbox needs to run as root.';
const option = (megabytes: number) => `size=${megabytes}m,mode=711`;

/** A disk of that size in memory, so that it can be filled. */
export async function mountDisk(folder: string, megabytes: number): Promise<void> {
  await mkdir(folder, {recursive: true});
  await run(['mount', '-t', 'tmpfs', '-o', option(megabytes), 'tmpfs', folder], 'mount a small disk', advice);
}

export async function resizeDisk(folder: string, megabytes: number): Promise<void> {
  await run(['mount', '-o', `remount,${option(megabytes)}`, folder], 'give the small disk another size', advice);
}
