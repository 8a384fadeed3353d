/**
 * Writes a workspace and kills itself at the n-th change of the file system: in the middle of a write, before any other call.
 * Arguments: folder, JSON of {files, secrets, killAt}. Prints `ready` when it begins, and the changes, in their order, when it gets to its end.
 */
import fs, {type FileHandle} from 'node:fs/promises';
import {syncBuiltinESMExports} from 'node:module';
import {ensureSecrets} from '../../../source/workspace/secrets.ts';
import {observeFiles, writeFiles} from '../../../source/workspace/workspace.ts';

const [directory = '', job = '{}'] = process.argv.slice(2);
const {files, secrets, killAt} = JSON.parse(job);

const changes: string[] = [];
const isLast = (name: string) => {
  changes.push(name);
  return changes.length === killAt;
};
const die = () => process.kill(process.pid, 'SIGKILL');

const watchFunctions = (target: object, names: readonly string[]) => {
  for (const name of names) {
    const original = Reflect.get(target, name);
    Reflect.set(target, name, function watched(this: unknown, ...given: unknown[]) {
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
if (files) for await (const _ of writeFiles(directory, files, await observeFiles(directory, files)));
if (secrets) await ensureSecrets(directory, secrets);
process.stdout.write(changes.join(' '));
