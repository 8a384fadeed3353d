/** Facts of a Linux host that its files tell to everybody. Changes nothing, starts nothing. */
import {access, readdir, readFile} from 'node:fs/promises';
import {release} from 'node:os';
import {promisify} from 'node:util';
import {gunzip} from 'node:zlib';
import {
  parseControllers,
  parseCpuFlags,
  parseDaemonFile,
  parseKernelOptions,
  parseOldControllers,
  parseOpenFiles,
  parseSwap,
  parseUplink,
} from './parse-system.ts';
import type {DaemonFile, SystemFacts} from './system.ts';

const read = (path: string) => readFile(path, 'utf8').catch(() => undefined);

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

const anyOf = async (paths: readonly string[]) => (await Promise.all(paths.map(exists))).includes(true);

const numberIn = async (path: string): Promise<number | undefined> => {
  const text = (await read(path))?.trim();
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text);
};

/** Process id to name. Names are cut to 15 characters by the kernel. */
export const readProcesses = async (): Promise<ReadonlyMap<number, string>> => {
  const pids = (await readdir('/proc').catch(() => [])).filter(name => /^\d+$/.test(name));
  const names = await Promise.all(pids.map(pid => read(`/proc/${pid}/comm`)));
  return new Map(pids.flatMap((pid, index) => (names[index] === undefined ? [] : [[Number(pid), names[index].trim()] as const])));
};

const kernelOptions = async (): Promise<SystemFacts['kernelOptions']> => {
  const text = await read(`/boot/config-${release()}`);
  if (text !== undefined) return parseKernelOptions(text);
  const packed = await readFile('/proc/config.gz').catch(() => undefined);
  return packed && parseKernelOptions((await promisify(gunzip)(packed)).toString());
};

const cgroup = async (): Promise<SystemFacts['cgroup']> => {
  const second = await read('/sys/fs/cgroup/cgroup.controllers');
  if (second !== undefined) return {version: 2, controllers: parseControllers(second)};
  const first = await read('/proc/cgroups');
  return first === undefined ? undefined : {version: 1, controllers: parseOldControllers(first)};
};

const appArmor = async (): Promise<SystemFacts['appArmor']> => {
  if ((await read('/sys/module/apparmor/parameters/enabled'))?.trim() !== 'Y') return 'off';
  return (await anyOf(['/sbin/apparmor_parser', '/usr/sbin/apparmor_parser'])) ? 'on' : 'without-parser';
};

const seLinux = async (): Promise<SystemFacts['seLinux']> => {
  const mode = await numberIn('/sys/fs/selinux/enforce');
  if (mode === undefined) return 'off';
  return mode === 1 ? 'enforcing' : 'permissive';
};

const timeServices = new Set(['chronyd', 'ntpd', 'ntpd-rs', 'openntpd', 'systemd-timesyn']);

const clock = async (processes: ReadonlyMap<number, string>): Promise<SystemFacts['clock']> => {
  if (await exists('/run/systemd/timesync/synchronized')) return 'synchronised';
  if (processes.size === 0) return undefined;
  return [...processes.values()].some(name => timeServices.has(name)) ? 'served' : 'alone';
};

const connections = async (): Promise<SystemFacts['connections']> => {
  const [count, most] = await Promise.all([
    numberIn('/proc/sys/net/netfilter/nf_conntrack_count'),
    numberIn('/proc/sys/net/netfilter/nf_conntrack_max'),
  ]);
  return count === undefined || most === undefined ? undefined : {count, most};
};

const engineFiles = async (processes: ReadonlyMap<number, string>) => {
  const [pid] = [...processes].find(([, name]) => name === 'dockerd') ?? [];
  return pid === undefined ? undefined : parseOpenFiles((await read(`/proc/${pid}/limits`)) ?? '');
};

const units = '/etc/systemd/system';

/** Undefined without systemd, or without the unit that Docker's packages install. */
const startsAtBoot = async () => {
  if (!(await exists('/run/systemd/system'))) return undefined;
  if (!(await anyOf(['/lib/systemd/system/docker.service', '/usr/lib/systemd/system/docker.service', `${units}/docker.service`])))
    return undefined;
  return anyOf([`${units}/multi-user.target.wants/docker.service`, `${units}/sockets.target.wants/docker.socket`]);
};

const daemonFile = '/etc/docker/daemon.json';

const daemon = async (): Promise<DaemonFile> => {
  if (!(await exists(daemonFile))) return {kind: 'missing'};
  const text = await read(daemonFile);
  if (text === undefined) return {kind: 'unreadable'};
  const settings = parseDaemonFile(text);
  return settings ? {kind: 'read', path: daemonFile, settings} : {kind: 'broken', path: daemonFile};
};

const uplink = async (): Promise<SystemFacts['uplink']> => {
  const via = parseUplink((await read('/proc/net/route')) ?? '');
  const mtu = via === undefined ? undefined : await numberIn(`/sys/class/net/${via}/mtu`);
  return via === undefined || mtu === undefined ? undefined : {via, mtu};
};

const virtualization = async () => {
  const word = (await read('/run/systemd/container'))?.trim();
  if (word) return word;
  return (await exists('/proc/vz')) && !(await exists('/proc/bc')) ? 'openvz' : undefined;
};

/** Undefined on other systems than Linux. */
export const readSystem = async (): Promise<SystemFacts | undefined> => {
  if (process.platform !== 'linux') return undefined;
  const processes = await readProcesses();
  const forward = await numberIn('/proc/sys/net/ipv4/ip_forward');
  return {
    virtualization: await virtualization(),
    kernelOptions: await kernelOptions(),
    cgroup: await cgroup(),
    swap: parseSwap((await read('/proc/meminfo')) ?? ''),
    cpuFlags: parseCpuFlags((await read('/proc/cpuinfo')) ?? ''),
    appArmor: await appArmor(),
    seLinux: await seLinux(),
    clock: await clock(processes),
    ipForward: forward === undefined ? undefined : forward === 1,
    inotifyInstances: await numberIn('/proc/sys/fs/inotify/max_user_instances'),
    rootKeys: await numberIn('/proc/sys/kernel/keys/root_maxkeys'),
    connections: await connections(),
    engineFiles: await engineFiles(processes),
    startsAtBoot: await startsAtBoot(),
    daemon: await daemon(),
    uplink: await uplink(),
  };
};
