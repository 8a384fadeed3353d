/** Which programs listen on this host, as far as this user may see. Linux; elsewhere nothing is known. */
import {readdir, readFile, readlink} from 'node:fs/promises';
import type {Listener, ListeningProcess} from './facts.ts';
import {parseSockets, parseUnit} from './proc.ts';

const readOr = (path: string, fallback: string) => readFile(path, 'utf8').catch(() => fallback);

const socketsOf = async (proc: string, protocol: Listener['protocol']) => {
  const texts = await Promise.all([readOr(`${proc}/net/${protocol}`, ''), readOr(`${proc}/net/${protocol}6`, '')]);
  return texts.flatMap(text => parseSockets(text, protocol));
};

/** Inodes of a process's sockets; none of a process of another user, or one that has just ended. */
const inodesOf = async (proc: string, pid: string): Promise<readonly string[]> => {
  const names = await readdir(`${proc}/${pid}/fd`).catch(() => []);
  const links = await Promise.all(names.map(name => readlink(`${proc}/${pid}/fd/${name}`).catch(() => '')));
  return links.flatMap(link => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);
};

const holdersOf = async (proc: string, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, ListeningProcess>> => {
  const holders = new Map<string, ListeningProcess>();
  const pids = (await readdir(proc).catch(() => [])).filter(name => /^\d+$/.test(name));
  for (const pid of pids) {
    const inodes = (await inodesOf(proc, pid)).filter(inode => wanted.has(inode));
    if (inodes.length === 0) continue;
    const name = (await readOr(`${proc}/${pid}/comm`, '')).trim();
    const unit = parseUnit(await readOr(`${proc}/${pid}/cgroup`, ''));
    for (const inode of inodes) holders.set(inode, {pid: Number(pid), name, unit});
  }
  return holders;
};

/** Sorted by port. `proc` is where `/proc` is mounted. */
export const readListeners = async (proc = '/proc'): Promise<readonly Listener[]> => {
  const sockets = [...(await socketsOf(proc, 'tcp')), ...(await socketsOf(proc, 'udp'))];
  const holders = await holdersOf(proc, new Set(sockets.map(({inode}) => inode)));
  return sockets
    .map(({address, port, protocol, inode}) => ({address, port, protocol, process: holders.get(inode)}))
    .toSorted((one, other) => one.port - other.port);
};
