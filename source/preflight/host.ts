/** Facts of this host, found out without changing anything. */
import {access, constants, lstat, readFile, realpath, stat, statfs} from 'node:fs/promises';
import {arch, cpus, freemem, hostname, networkInterfaces, release, totalmem, userInfo} from 'node:os';
import {dirname, resolve} from 'node:path';
import type {DiskFacts, FolderFacts, HostFacts, UsedSubnet} from './facts.ts';
import {readListeners} from './listeners.ts';
import {mountOf, parseMounts} from './parse-system.ts';
import {parseMemAvailable, parseOsRelease, parseRoutes} from './proc.ts';
import {readProcesses, readSystem} from './read-system.ts';
import {formatSubnet, parseSubnet} from './subnets.ts';

const read = (path: string) => readFile(path, 'utf8').catch(() => undefined);

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

const writable = (path: string) =>
  access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );

const nearestExisting = async (path: string): Promise<string> =>
  (await exists(path)) || path === dirname(path) ? path : nearestExisting(dirname(path));

/** Of the disk that holds a folder, or would: the nearest existing one above it counts. Undefined when it cannot be found out. */
export const diskOf = async (folder: string): Promise<DiskFacts | undefined> => {
  const path = await nearestExisting(resolve(folder));
  const [facts, real, mounts] = await Promise.all([
    statfs(path).catch(() => undefined),
    realpath(path).catch(() => path),
    read('/proc/self/mountinfo'),
  ]);
  if (!facts) return undefined;
  return {
    path,
    free: facts.bavail * facts.bsize,
    total: facts.blocks * facts.bsize,
    inodes: facts.files > 0 ? {free: facts.ffree, total: facts.files} : undefined,
    mount: mountOf(parseMounts(mounts ?? ''), real),
  };
};

const kindOf = (stats: {isDirectory(): boolean; isFile(): boolean; isSymbolicLink(): boolean}): FolderFacts['kind'] => {
  if (stats.isDirectory()) return 'folder';
  if (stats.isSymbolicLink()) return 'link';
  return stats.isFile() ? 'file' : 'other';
};

const folderOf = async (directory: string): Promise<FolderFacts> => {
  const path = resolve(directory);
  const stats = await lstat(path).catch(() => undefined);
  const nearest = await nearestExisting(path);
  return {
    path,
    kind: stats ? kindOf(stats) : 'missing',
    writable: (await stat(nearest).catch(() => undefined))?.isDirectory() === true && (await writable(nearest)),
    owner: stats?.uid ?? 0,
    worldWritable: stats !== undefined && (stats.mode & 0o002) !== 0,
    disk: await diskOf(path),
  };
};

/** Routes tell more than interfaces, but only Linux has them as a file. */
const subnetsOf = async (): Promise<readonly UsedSubnet[]> => {
  const routes = parseRoutes((await read('/proc/net/route')) ?? '');
  const own = Object.entries(networkInterfaces()).flatMap(([via, addresses = []]) =>
    addresses.flatMap(({internal, cidr}) => {
      const range = internal || cidr === null ? undefined : parseSubnet(cidr);
      return range ? [{subnet: formatSubnet(range), via}] : [];
    }),
  );
  const seen = new Set<string>();
  return [...routes, ...own].filter(({subnet, via}) => {
    const key = `${subnet} ${via}`;
    return !seen.has(key) && seen.add(key);
  });
};

const socketOf = async (path: string): Promise<HostFacts['socket']> => {
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isSocket()) return undefined;
  const usable = await access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  return {path, group: stats.gid, usable};
};

/** Without asking systemd: ufw says so in its configuration, which all may read; firewalld runs as a process of that name. */
const firewallOf = async (): Promise<HostFacts['firewall']> => {
  if (/^ENABLED=yes/m.test((await read('/etc/ufw/ufw.conf')) ?? '')) return 'ufw';
  return [...(await readProcesses()).values()].includes('firewalld') ? 'firewalld' : undefined;
};

const distributionOf = async (): Promise<Pick<HostFacts, 'distribution' | 'family' | 'codename'>> => {
  const release = parseOsRelease((await read('/etc/os-release')) ?? (await read('/usr/lib/os-release')) ?? '');
  const family = [release.get('ID') ?? '', ...(release.get('ID_LIKE') ?? '').split(/\s+/)].filter(id => id !== '');
  return {distribution: release.get('PRETTY_NAME'), family, codename: release.get('VERSION_CODENAME')};
};

const userOf = () => {
  try {
    return userInfo().username;
  } catch {
    // A user id that has no entry in the password file, as in many containers.
    return undefined;
  }
};

/** The kernel's default where it does not say. */
const firstUnprivilegedPort = 1024;

/** Never throws; what cannot be found out is undefined or empty. `socket`: of the engine, default /var/run/docker.sock. */
export const inspectHostFacts = async ({
  directory,
  socket = '/var/run/docker.sock',
}: {
  readonly directory: string;
  readonly socket?: string;
}): Promise<HostFacts> => {
  const [distribution, folder, listeners, subnets, dockerSocket, firewall, system] = await Promise.all([
    distributionOf(),
    folderOf(directory),
    readListeners(),
    subnetsOf(),
    socketOf(socket),
    firewallOf(),
    readSystem(),
  ]);
  const kernel = release();
  return {
    platform: process.platform,
    ...distribution,
    architecture: arch(),
    kernel,
    host: hostname(),
    cpus: cpus().length,
    memory: totalmem(),
    memoryAvailable: parseMemAvailable((await read('/proc/meminfo')) ?? '') ?? freemem(),
    folder,
    listeners,
    subnets,
    uid: process.getuid?.(),
    user: userOf(),
    groups: process.getgroups?.() ?? [],
    socket: dockerSocket,
    insideContainer: (await exists('/.dockerenv')) || (await exists('/run/.containerenv')),
    wsl: /microsoft/i.test(kernel),
    snapDocker: await exists('/var/snap/docker/common'),
    firewall,
    system,
    unprivilegedPorts: Number((await read('/proc/sys/net/ipv4/ip_unprivileged_port_start')) ?? firstUnprivilegedPort),
  };
};
