import {mkdir, mkdtemp, readdir} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {places} from './protocol.ts';

/** The kernel's limit for the path of a unix socket is 107 bytes. */
const longest = 100;

/** A folder for a sandbox: the given one, which has to be new or empty, or a new temporary one. */
export async function sandboxDirectory(given: string | undefined): Promise<string> {
  if (given === undefined) {
    const parent = fits(join(tmpdir(), 'iw-sandbox-XXXXXX')) ? tmpdir() : '/tmp';
    return mkdtemp(join(parent, 'iw-sandbox-'));
  }
  const directory = resolve(given);
  if (!fits(directory)) throw new Error(`${directory} is too long for a unix socket in it: choose a folder with a shorter path.`);
  if (/^\/(var\/)?run(\/|$)/.test(directory))
    throw new Error(`${directory} lies under /run, which the sandbox replaces by its own: choose another folder.`);
  await mkdir(directory, {recursive: true});
  const [first] = await readdir(directory);
  if (first !== undefined) throw new Error(`${directory} is not empty (it holds '${first}'), and stop() removes it: choose a new folder.`);
  return directory;
}

function fits(directory: string): boolean {
  return Buffer.byteLength(places(directory).controlSocket) < longest;
}
