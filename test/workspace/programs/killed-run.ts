/**
 * Writes a workspace and kills itself at the n-th change of the file system: in the middle of a write, before any other call. With
 * `failWith`, an error code, that call fails instead, as on a broken disk.
 * Arguments: folder, JSON of {files, unneeded, secrets, killAt, failWith}. Prints `ready` when it begins, and when it gets to its end the changes, in
 * their order, or a line of JSON with the UserError that ended it.
 */
import fs, {type FileHandle} from 'node:fs/promises';
import {syncBuiltinESMExports} from 'node:module';
import {UserError} from '../../../source/errors.ts';
import {ensureSecrets} from '../../../source/workspace/secrets.ts';
import {decideFiles, observeFiles, writeFiles} from '../../../source/workspace/workspace.ts';

const [directory = '', job = '{}'] = process.argv.slice(2);
const {files, unneeded = [], secrets, killAt, failWith} = JSON.parse(job);

const changes: string[] = [];
const isLast = (name: string) => {
  changes.push(name);
  return changes.length === killAt;
};
const die = () => {
  if (failWith) throw Object.assign(new Error(`${failWith}: the disk is broken`), {code: failWith});
  process.kill(process.pid, 'SIGKILL');
};

const watchFunctions = (target: object, names: readonly string[]) => {
  for (const name of names) {
    const original = Reflect.get(target, name);
    Reflect.set(target, name, async function watched(this: unknown, ...given: unknown[]) {
      if (isLast(name)) die();
      return original.apply(this, given);
    });
  }
};

const handle = await fs.open(process.execPath, 'r');
const prototype: FileHandle = Object.getPrototypeOf(handle);
await handle.close();
const writeWhole = prototype.writeFile;
prototype.writeFile = async function cut(this: FileHandle, content) {
  const bytes = Buffer.from(content as string);
  if (!isLast('write')) return writeWhole.call(this, bytes);
  await writeWhole.call(this, bytes.subarray(0, bytes.length / 2));
  die();
};
watchFunctions(prototype, ['chmod', 'sync']);
watchFunctions(fs, ['open', 'rename', 'link', 'unlink', 'mkdir', 'rmdir', 'rm', 'chmod']);
syncBuiltinESMExports();

process.stdout.write('ready\n');
try {
  const gone = unneeded.map((path: string) => ({path, state: 'unneeded'}));
  if (files) {
    const decided = await decideFiles(directory, {files}, await observeFiles(directory, files), {});
    for await (const _ of writeFiles(directory, decided.files, [...decided.observed, ...gone]));
  }
  if (secrets) await ensureSecrets(directory, secrets);
  process.stdout.write(changes.join(' '));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  const {message, why, exitCode} = error;
  process.stdout.write(JSON.stringify({message, why, exitCode}));
}
