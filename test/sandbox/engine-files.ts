import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import {mkdir, readdir, symlink} from 'node:fs/promises';
import {join} from 'node:path';
import {cached} from './cache.ts';
import type {Debian, PackageSet} from './debian.ts';

/** An unpacked engine, and where its parts lie. */
export interface EngineFiles {
  readonly folder: string;
  /** A folder that holds the `docker` command and nothing else. */
  readonly cli: string;
  readonly composePlugin: string;
  readonly init: string;
  readonly busybox: string;
  /** What the engine's own processes need to find each other, iptables and their libraries. */
  readonly env: Readonly<Record<'PATH' | 'LD_LIBRARY_PATH' | 'XTABLES_LIBDIR', string>>;
}

/** The engine is of one release; what it needs of the kernel and of libc is of the host's own. */
function packageSets(hostSuite: string): readonly PackageSet[] {
  return [
    {suite: 'forky', packages: ['containerd', 'docker-cli', 'docker-compose', 'docker.io', 'tini-static']},
    {
      suite: hostSuite,
      packages: ['busybox-static', 'runc', 'libseccomp2', 'libsystemd0', 'iptables', 'libip4tc2', 'libip6tc2', 'libxtables12'].concat([
        'libmnl0',
        'libnetfilter-conntrack3',
        'libnfnetlink0',
        'libnftnl11',
      ]),
    },
  ];
}

export async function engineFiles(debian: Debian, hostSuite: string): Promise<EngineFiles> {
  const sets = packageSets(hostSuite);
  const key = createHash('sha256')
    .update(JSON.stringify([1, process.arch, sets]))
    .digest('hex')
    .slice(0, 12);
  const folder = await cached(debian.root, `engine/${key}`, async draft => {
    for (const set of sets) await debian.unpack(set, draft);
    await addCommands(draft);
  });
  return locate(folder);
}

/** What Debian's maintainer scripts would do: the iptables alternatives; and a folder with the CLI alone. */
async function addCommands(folder: string): Promise<void> {
  for (const name of ['iptables', 'ip6tables'].flatMap(tool => [tool, `${tool}-save`, `${tool}-restore`])) {
    await symlink('xtables-nft-multi', join(folder, 'usr/sbin', name));
  }
  await mkdir(join(folder, 'cli'));
  await symlink('../usr/bin/docker', join(folder, 'cli/docker'));
}

async function locate(folder: string): Promise<EngineFiles> {
  const triplet = (await readdir(join(folder, 'usr/lib'))).find(name => name.endsWith('-linux-gnu')) ?? '';
  const libraries = join(folder, 'usr/lib', triplet);
  const busybox = ['bin/busybox', 'usr/bin/busybox'].map(path => join(folder, path)).find(path => existsSync(path));
  return {
    folder,
    cli: join(folder, 'cli'),
    composePlugin: join(folder, 'usr/libexec/docker/cli-plugins/docker-compose'),
    init: join(folder, 'usr/bin/tini-static'),
    busybox: busybox ?? join(folder, 'usr/bin/busybox'),
    env: {
      PATH: [join(folder, 'usr/bin'), join(folder, 'usr/sbin'), '/usr/sbin:/usr/bin:/sbin:/bin'].join(':'),
      LD_LIBRARY_PATH: [libraries, join(folder, 'lib', triplet)].join(':'),
      XTABLES_LIBDIR: join(libraries, 'xtables'),
    },
  };
}
