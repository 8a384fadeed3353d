/** Locks and frees workspaces as it is told on stdin: `lock FOLDER`, `free`. Answers with a line each. Argument: kind of lock. */
import {createInterface} from 'node:readline';
import {UserError} from '../../../source/errors.ts';
import {acquireLock, type Lock} from '../../../source/workspace/lock.ts';

const kind = process.argv[2] === 'files' ? 'files' : 'abstract';
let held: Lock | undefined;

const lock = async (directory: string) => {
  try {
    held = await acquireLock(directory, {project: 'shop-dev', command: 'up', kind});
    return 'won';
  } catch (error) {
    return error instanceof UserError ? `lost ${error.exitCode} ${error.message} ${error.why}` : `failed ${String(error)}`;
  }
};

const free = async () => {
  await held?.release();
  held = undefined;
  return 'free';
};

for await (const line of createInterface({input: process.stdin})) {
  const [verb, directory = ''] = line.split(' ');
  process.stdout.write(`${verb === 'lock' ? await lock(directory) : await free()}\n`);
}
