/** The file systems below the engine and the workspace. */
import {type Check, failed, fine, weak} from '../check.ts';
import type {DiskFacts, PreflightContext} from '../facts.ts';

const disksOf = ({disk, host}: PreflightContext): readonly DiskFacts[] => {
  const both = [disk, host.folder.disk].filter(one => one !== undefined);
  return both.filter(({path}, index) => both.findIndex(other => other.path === path) === index);
};

const fewestInodes = 0.1;

const inodes: Check = {
  id: 'D46',
  title: 'Room for files',
  level: 'blocking',
  applies: context => disksOf(context).some(({inodes: count}) => count !== undefined),
  run: context => {
    const shares = disksOf(context).flatMap(({path, inodes: count}) => (count ? [{path, share: count.free / count.total}] : []));
    const full = shares.filter(({share}) => share < fewestInodes);
    const percent = ({share}: {readonly share: number}) => `${Math.floor(share * 100)} %`;
    if (full.length === 0) return fine(shares.map(one => `${percent(one)} of the inodes are free at ${one.path}`).join('; '));
    return failed(
      full.map(one => `only ${percent(one)} of the inodes are free at ${one.path}: no more files fit, whatever the space`).join('; '),
      'Find many small files: sudo du --inodes -xd 3 / | sort -n | tail',
      'Or remove what Docker does not need: docker system prune',
    );
  },
};

const remote = new Set(['nfs', 'nfs4', 'cifs', 'smb3', 'smbfs', 'fuse.sshfs', 'fuse.glusterfs', 'ceph', '9p']);
const passing = new Set(['tmpfs', 'ramfs', 'overlay']);
/** No owner and no rights: a secret on it can be read by everybody. */
const withoutRights = new Set(['vfat', 'exfat', 'msdos', 'ntfs', 'ntfs3', 'fuseblk', 'drvfs']);

const engineFolder: Check = {
  id: 'D30',
  title: "The engine's folder",
  level: 'blocking',
  applies: ({engine, disk}) => engine.kind === 'ready' && disk?.mount !== undefined,
  run: ({disk}) => {
    const {type = '', point = ''} = disk?.mount ?? {};
    const where = `${disk?.path} is on ${type} (${point})`;
    const remedy = 'Give the engine a folder on a local disk: data-root in /etc/docker/daemon.json.';
    if (remote.has(type) || withoutRights.has(type)) return failed(`${where}, which cannot hold containers`, remedy);
    if (passing.has(type)) return failed(`${where}: all data is gone after a restart of this host`, remedy);
    return fine(where);
  },
};

const workspaceDisk: Check = {
  id: 'D73',
  title: "The workspace's file system",
  level: 'blocking',
  applies: ({host}) => host.folder.disk?.mount !== undefined,
  run: ({host}) => {
    const {type = '', point = '', options = []} = host.folder.disk?.mount ?? {};
    const where = `${host.folder.path} is on ${type} (${point})`;
    const remedy = 'Choose a folder on a local disk with --dir.';
    if (withoutRights.has(type)) return failed(`${where}, which keeps no rights: everybody could read the secrets`, remedy);
    if (options.includes('ro'))
      return failed(`${where}, which is mounted read-only`, 'Mount it anew, or choose another folder with --dir.');
    if (remote.has(type)) return weak(`${where}: containers that start before it is mounted find their settings missing`, remedy);
    if (passing.has(type)) return weak(`${where}, which is empty after a restart of this host, secrets included`, remedy);
    if (options.includes('noexec')) return weak(`${where} with noexec: scripts mounted from there cannot be run by themselves`, remedy);
    return fine(where);
  },
};

export const storageChecks: readonly Check[] = [inodes, engineFolder, workspaceDisk];
