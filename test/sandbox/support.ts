import {access, constants} from 'node:fs/promises';
import {delimiter, join} from 'node:path';
import {hostSuite, keyring} from './debian.ts';

const programs: Readonly<Record<string, string>> = {
  'apt-get': 'apt',
  'dpkg-deb': 'dpkg',
  flock: 'util-linux',
  mount: 'mount',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  tar: 'tar',
  unshare: 'util-linux',
};

/** Whether this machine can run a sandbox, else why not, in one line. */
export async function sandboxSupport(): Promise<{ok: true} | {ok: false; reason: string}> {
  const reason = await obstacle();
  return reason === undefined ? {ok: true} : {ok: false, reason};
}

async function obstacle(): Promise<string | undefined> {
  if (process.platform !== 'linux') return `the sandbox needs Linux, and this is ${process.platform}`;
  if (!['x64', 'arm64'].includes(process.arch)) return `the sandbox needs x64 or arm64, and this is ${process.arch}`;
  if (process.getuid?.() !== 0) return 'the sandbox needs root (namespaces, mounts): run it with sudo, or in a virtual machine';
  if ((await hostSuite()) === undefined) return 'the sandbox unpacks Debian packages that fit the system, and this system is not Debian';
  if (!(await isReadable(keyring))) return `the sandbox needs ${keyring}: apt-get install debian-archive-keyring`;
  const missing = await Promise.all(Object.keys(programs).map(async name => ((await isOnPath(name)) ? [] : [name])));
  const [first] = missing.flat();
  return first === undefined ? undefined : `the sandbox needs the program '${first}': apt-get install ${programs[first]}`;
}

function isReadable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}

async function isOnPath(name: string): Promise<boolean> {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return (await Promise.all(folders.map(folder => isReadable(join(folder, name))))).includes(true);
}
