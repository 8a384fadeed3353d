/** A group of processes whose memory the kernel limits: a control group, of either version. */
import {existsSync} from 'node:fs';
import {mkdir, readFile, rmdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';

export interface MemoryGroup {
  /** What starts a program in it. */
  inside(argv: readonly string[]): readonly string[];
  /** Leaves it no more than it has, or less: whatever it asks for next, the kernel ends it. To be called until it does. */
  squeeze(): Promise<void>;
  /** How many the kernel killed for their memory. */
  kills(): Promise<number>;
  /** Once all of its processes have ended. */
  close(): Promise<void>;
}

const root = '/sys/fs/cgroup';
const isUnified = existsSync(join(root, 'cgroup.controllers'));
const files = isUnified
  ? {parent: root, limit: 'memory.max', usage: 'memory.current', events: 'memory.events'}
  : {parent: join(root, 'memory'), limit: 'memory.limit_in_bytes', usage: 'memory.usage_in_bytes', events: 'memory.oom_control'};

const step = 2 ** 18;

export const openMemoryGroup = async (name: string): Promise<MemoryGroup> => {
  const folder = join(files.parent, name);
  if (isUnified) await writeFile(join(root, 'cgroup.subtree_control'), '+memory');
  await mkdir(folder);
  const read = (file: string) => readFile(join(folder, file), 'utf8');
  const limitTo = (bytes: number) =>
    writeFile(join(folder, files.limit), String(bytes)).then(
      () => true,
      () => false,
    );
  return {
    inside: argv => ['sh', '-c', `echo $$ > ${join(folder, 'cgroup.procs')}; exec "$@"`, 'sh', ...argv],
    // The first version refuses what it can not make room for, the second kills for it.
    squeeze: async () => {
      for (let bytes = Number(await read(files.usage)); bytes > step && (await limitTo(bytes)); bytes -= step);
    },
    kills: async () => Number(/^oom_kill (\d+)$/m.exec(await read(files.events))?.[1]),
    close: async () => {
      await writeFile(join(folder, files.limit), '-1').catch(() => writeFile(join(folder, files.limit), 'max'));
      while ((await read('cgroup.procs')).trim() !== '') await setTimeout(50);
      await rmdir(folder);
    },
  };
};
