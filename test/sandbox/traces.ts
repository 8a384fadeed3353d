import {readdir, readFile, readlink} from 'node:fs/promises';
import {join} from 'node:path';

/** What a sandbox may leave on a machine, found by its folder, its network namespace and its control groups. Empty when nothing is left. */
export async function tracesOf(directory: string, networkNamespace: string): Promise<readonly string[]> {
  const cgroup = directory.slice(directory.lastIndexOf('/') + 1);
  const found = await Promise.all([
    processes([directory, networkNamespace, `/${cgroup}/`]),
    mounts(directory),
    cgroups(cgroup),
    folder(directory),
  ]);
  return found.flat();
}

async function processes(marks: readonly string[]): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name) && Number(name) !== process.pid);
  const found = pids.map(async pid => {
    const command = await readFile(join('/proc', pid, 'cmdline'), 'utf8').catch(() => '');
    const namespace = await readlink(join('/proc', pid, 'ns/net')).catch(() => '');
    const cgroups = await readFile(join('/proc', pid, 'cgroup'), 'utf8').catch(() => '');
    return marks.some(mark => [command, namespace, cgroups].some(text => text.includes(mark)))
      ? [`process ${pid} ${command.replaceAll('\0', ' ')}`]
      : [];
  });
  return (await Promise.all(found)).flat();
}

async function mounts(directory: string): Promise<readonly string[]> {
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n');
  return lines.filter(line => line.includes(directory)).map(line => `mount ${line}`);
}

async function cgroups(name: string): Promise<readonly string[]> {
  const hierarchies = (await readdir('/sys/fs/cgroup')).map(hierarchy => join('/sys/fs/cgroup', hierarchy));
  const found = await Promise.all(['/sys/fs/cgroup', ...hierarchies].map(path => readdir(path).catch(() => [])));
  return found
    .flat()
    .filter(entry => entry === name)
    .map(entry => `cgroup ${entry}`);
}

async function folder(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory).catch(() => undefined);
  return entries === undefined ? [] : [`folder ${directory}`];
}
