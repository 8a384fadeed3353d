/** What the checks of the system, the engine's settings, the disks, this run and the network find: passing and failing. */

import type {EngineSettings} from '../../source/plan/observed.ts';
import type {PreflightContext} from '../../source/preflight/facts.ts';
import type {SessionFacts} from '../../source/preflight/surroundings.ts';
import type {DaemonSettings, SystemFacts} from '../../source/preflight/system.ts';
import {host, readyWith, settings, system} from './context.ts';

type Change = Partial<PreflightContext>;
export type Case = readonly [id: string, name: string, change: Change, found: string | undefined];

const on = (more: Partial<typeof host>): Change => ({host: {...host, ...more}});
const linux = (more: Partial<SystemFacts>): Change => on({system: {...system, ...more}});
const set = (more: Partial<EngineSettings>): Change => ({engine: readyWith({settings: {...settings, ...more}})});
const called = (more: Partial<SessionFacts>): Change => ({
  session: {remote: undefined, locale: 'C.UTF-8', hasProxy: false, foreignHome: undefined, lockedBy: undefined, ...more},
});
const quiet: DaemonSettings = {
  ...{iptables: true, ip6tables: true, ipForward: true, userlandProxy: true},
  ...{insecureRegistries: [], openHosts: []},
};
const daemon = (more: Partial<DaemonSettings>): Change =>
  linux({daemon: {kind: 'read', path: '/etc/docker/daemon.json', settings: {...quiet, ...more}}});
const mounted = (type: string, options: readonly string[] = ['rw']) => ({
  ...{path: '/srv', free: 45e9, total: 50e9},
  mount: {point: '/srv', type, options},
});
const workspaceOn = (type: string, options?: readonly string[]): Change => on({folder: {...host.folder, disk: mounted(type, options)}});
const absent: Change = {engine: {kind: 'absent', reason: 'no socket'}};
const allOptions = [
  ...['NAMESPACES', 'NET_NS', 'PID_NS', 'IPC_NS', 'UTS_NS', 'CGROUPS', 'CGROUP_CPUACCT', 'CGROUP_DEVICE', 'CGROUP_FREEZER'],
  ...['CGROUP_SCHED', 'CPUSETS', 'MEMCG', 'CGROUP_PIDS', 'KEYS', 'VETH', 'BRIDGE', 'OVERLAY_FS', 'POSIX_MQUEUE', 'SECCOMP_FILTER'],
  ...['NETFILTER_XT_MATCH_ADDRTYPE', 'NETFILTER_XT_MATCH_CONNTRACK', 'NF_NAT'],
];
const kernelWith = (names: readonly string[]): Change => linux({kernelOptions: new Map(names.map(name => [name, 'm']))});
const listening = (address: string, name: string | undefined, port = 2375): Change =>
  on({listeners: [{address, port, protocol: 'tcp', process: name === undefined ? undefined : {pid: 7, name}}]});
const names = (addresses: readonly string[] | undefined, own: readonly string[]): Change => ({
  reach: {
    names: [{name: 'auth.example.com', addresses: addresses ? {kind: 'answered', value: addresses} : {kind: 'none'}}],
    own,
    registries: [],
  },
});

const unnamed: Change = {reach: {names: [], own: [], registries: [{name: 'quay.io', answer: {kind: 'unnamed'}}]}};

export const moreCases: readonly Case[] = [
  ['D01', 'Linux', {}, 'ok: Linux'],
  ['D01', 'WSL', on({wsl: true}), 'warning: Linux within Windows: right for trying out, not for a server'],
  [
    'D01',
    'macOS',
    on({platform: 'darwin'}),
    'warning: macOS, where Docker runs in a virtual machine: right for trying out, not for a server',
  ],
  ['D01', 'Windows', on({platform: 'win32'}), 'blocking: There is no Docker Engine for win32'],
  ['D03', 'a distribution', {}, 'ok: Debian GNU/Linux 12 (bookworm)'],
  ['D03', 'no os-release', on({distribution: undefined}), 'warning: It does not say what it is (/etc/os-release)'],
  ['D05', 'a new kernel', {}, 'ok: 6.1.0'],
  ['D05', 'an old kernel', on({kernel: '4.19.0-21-amd64'}), 'warning: 4.19.0-21-amd64: nobody tests with kernels before 5.4 any more'],
  ['D05', 'the kernel of CentOS 7', on({kernel: '3.10.0-1160.el7'}), 'blocking: 3.10.0-1160.el7 is too old: 4.18 or newer is needed'],
  ['D06', 'a processor of this century', {}, 'ok: It has what x86-64-v2 asks for'],
  ['D06', 'arm64', on({architecture: 'arm64'}), undefined],
  [
    'D06',
    'the processor type kvm64',
    linux({cpuFlags: ['cx16', 'ssse3']}),
    'warning: It lacks lahf_lm, popcnt, sse4_1, sse4_2, which many images need (x86-64-v2): they end at once with a message about the CPU',
  ],
  ['D07', 'a virtual machine', {}, 'ok: The kernel is its own'],
  [
    'D07',
    'OpenVZ',
    linux({virtualization: 'openvz'}),
    'warning: This server is a container itself (openvz) and shares its kernel with others: Docker works in few of them',
  ],
  ['D08', 'a kernel that does not say', {}, undefined],
  ['D08', 'a whole kernel', kernelWith(allOptions), 'ok: It has what Docker needs'],
  [
    'D08',
    'a kernel without bridges, and no engine',
    {...kernelWith(allOptions.filter(name => name !== 'BRIDGE')), ...absent},
    'blocking: It was built without BRIDGE, which Docker needs',
  ],
  [
    'D08',
    'the same with an engine that runs',
    kernelWith(allOptions.filter(name => name !== 'BRIDGE')),
    'warning: It was built without BRIDGE',
  ],
  ['D09', 'version 2', {}, 'ok: Kept by the second version of control groups'],
  ['D09', 'version 1', set({cgroupVersion: '1'}), 'warning: Kept by the first version of control groups, which Docker is about to give up'],
  [
    'D09',
    'no limits of memory',
    set({missingLimits: ['memory']}),
    'blocking: This kernel cannot limit memory: one service could take everything from the others',
  ],
  [
    'D09',
    'a host without an engine and without pids',
    {...linux({cgroup: {version: 2, controllers: ['cpu', 'cpuset', 'memory']}}), ...absent},
    'blocking: This kernel cannot limit pids: one service could take everything from the others',
  ],
  ['D10', 'no swap', {}, 'ok: None: a service that exceeds its limit is ended at once'],
  ['D10', 'little swap in use', linux({swap: {total: 2 ** 30, free: 2 ** 30 - 2 ** 20}}), 'ok: 1 MiB in use'],
  [
    'D10',
    'much swap in use',
    linux({swap: {total: 2 ** 30, free: 0}}),
    'warning: 1024 MiB in use: memory is short already, and databases that are swapped out miss their time limits',
  ],
  ['D11', 'AppArmor with its tools', {}, 'ok: On, with its tools'],
  ['D11', 'no AppArmor', linux({appArmor: 'off'}), undefined],
  [
    'D11',
    'AppArmor without tools',
    linux({appArmor: 'without-parser'}),
    'warning: On in the kernel, but apparmor_parser is missing: containers may be refused',
  ],
  ['D12', 'no SELinux', {}, undefined],
  ['D12', 'permissive', linux({seLinux: 'permissive'}), 'ok: Permissive'],
  [
    'D12',
    'enforcing',
    linux({seLinux: 'enforcing'}),
    'warning: Enforcing: containers may not read the files of the workspace before they carry the right label',
  ],
  ['D13', 'a right clock', {}, 'ok: Synchronised'],
  ['D13', 'a time service', linux({clock: 'served'}), 'ok: Kept right by a time service'],
  [
    'D13',
    'no time service',
    linux({clock: 'alone'}),
    'warning: No time service runs: certificates, tokens and clusters fail once the clock is wrong',
  ],
  ['D14', 'forwarding', {}, 'ok: On'],
  ['D14', 'no forwarding', linux({ipForward: false}), 'warning: Off: containers reach nobody, and nobody them'],
  ['D14', 'no forwarding before the engine has started', {...linux({ipForward: false}), ...absent}, undefined],
  ['D15', 'wide limits', {}, 'ok: Wide enough'],
  [
    'D15',
    'many services and few watchers',
    {services: Array.from({length: 20}, (_, index) => `s${index}`)},
    'warning: 128 watchers of files (fs.inotify.max_user_instances) are few for 20 services',
  ],
  [
    'D15',
    'few keys and a full table',
    linux({rootKeys: 200, connections: {count: 900, most: 1000}}),
    'warning: 200 keys (kernel.keys.root_maxkeys) are few, since each container needs one; 900 of 1000 connections are in use (nf_conntrack_max): new ones are dropped soon',
  ],
  ['D16', 'many files', {}, 'ok: Enough'],
  ['D16', 'few files', linux({engineFiles: 4096}), 'warning: The engine may open 4096 files, and 65536 or more are needed for databases'],
  ['D57', 'packets of the usual size', {}, 'ok: 1500 on eth0'],
  [
    'D57',
    'small packets',
    linux({uplink: {via: 'eth0', mtu: 1450}}),
    "warning: eth0 carries packets of 1450 bytes, and Docker's networks are made for 1500: large answers may never arrive",
  ],
  ['D74', 'Docker', {}, 'ok: Docker Engine - Community'],
  [
    'D74',
    'Podman',
    set({product: 'Podman Engine'}),
    'blocking: Podman answers in the place of Docker: it starts services in another order and has no live events of health',
  ],
  ['D74', 'Docker Desktop', {engine: readyWith({os: 'Docker Desktop'})}, 'warning: Docker Desktop: right for trying out, not for a server'],
  ['D28', 'overlay2', {}, 'ok: overlay2'],
  ['D28', 'vfs', set({storageDriver: 'vfs'}), 'blocking: The storage driver vfs is a makeshift that copies every image whole'],
  ['D28', 'devicemapper', set({storageDriver: 'devicemapper'}), 'blocking: The storage driver devicemapper is given up by Docker'],
  [
    'D28',
    'xfs with ftype=0',
    set({fileTypes: false}),
    'blocking: The file system below overlay2 does not keep the kind of its entries (xfs with ftype=0): files of images will be missing',
  ],
  ['D31', 'a sound runc', {}, 'ok: runc 1.3.4'],
  ['D31', 'a mended runc of before', set({runc: '1.2.8'}), 'ok: runc 1.2.8'],
  ['D31', 'a runc between', set({runc: '1.3.0'}), 'warning: runc 1.3.0 has known ways out of a container, closed in 1.2.8 and 1.3.3'],
  ['D31', 'another runtime', set({runc: undefined}), undefined],
  ['D75', 'the same users', {}, 'ok: The same as outside'],
  [
    'D75',
    'remapped users',
    set({remapsUsers: true}),
    'warning: The engine gives containers other user ids (userns-remap): they may not read the secrets of the workspace',
  ],
  ['D32', 'no file', {}, undefined],
  ['D32', 'a quiet file', daemon({}), 'ok: Nothing in /etc/docker/daemon.json stands in the way'],
  [
    'D32',
    'iptables off',
    daemon({iptables: false}),
    'warning: /etc/docker/daemon.json says: published ports lead nowhere (iptables: false)',
  ],
  [
    'D32',
    'no proxy and a registry without encryption',
    daemon({userlandProxy: false, insecureRegistries: ['10.0.0.5:5000']}),
    'warning: /etc/docker/daemon.json says: published ports do not answer on IPv6 (userland-proxy: false); images come without encryption from 10.0.0.5:5000',
  ],
  [
    'D32',
    'a broken file',
    linux({daemon: {kind: 'broken', path: '/etc/docker/daemon.json'}}),
    'warning: /etc/docker/daemon.json is no JSON: the engine will not start with it again',
  ],
  ['D33', 'a closed engine', {}, 'ok: It listens on its socket only'],
  ['D33', 'an engine on loopback', listening('127.0.0.1', 'dockerd'), 'ok: It listens on its socket only'],
  ['D33', 'another program on that port', listening('0.0.0.0', 'node'), 'ok: It listens on its socket only'],
  [
    'D33',
    'somebody unknown on that port',
    listening('::', undefined),
    'warning: Somebody listens on port 2375, which is that of an engine without encryption or password',
  ],
  [
    'D33',
    'an open engine',
    listening('::', 'dockerd'),
    'blocking: It listens on ::, port 2375 without encryption or password: whoever gets there is root on this host',
  ],
  [
    'D33',
    'an engine that is told to be open',
    daemon({openHosts: ['tcp://0.0.0.0:4243']}),
    'blocking: It listens on tcp://0.0.0.0:4243 without encryption or password: whoever gets there is root on this host',
  ],
  ['D34', 'an enabled unit', {}, 'ok: It does'],
  ['D34', 'no systemd', linux({startsAtBoot: undefined}), undefined],
  ['D34', 'a disabled unit', linux({startsAtBoot: false}), 'warning: After a restart of this host nothing would run'],
  ['D46', 'a file system that does not count', {}, undefined],
  [
    'D46',
    'free inodes',
    {disk: {path: '/d', free: 45e9, total: 50e9, inodes: {free: 50, total: 100}}},
    'ok: 50 % of the inodes are free at /d',
  ],
  [
    'D46',
    'used inodes',
    {disk: {path: '/d', free: 45e9, total: 50e9, inodes: {free: 9, total: 100}}},
    'blocking: only 9 % of the inodes are free at /d: no more files fit, whatever the space',
  ],
  ['D30', 'an unknown file system', {}, undefined],
  ['D30', 'ext4', {disk: mounted('ext4')}, 'ok: /srv is on ext4 (/srv)'],
  ['D30', 'NFS', {disk: mounted('nfs4')}, 'blocking: /srv is on nfs4 (/srv), which cannot hold containers'],
  ['D30', 'memory', {disk: mounted('tmpfs')}, 'blocking: /srv is on tmpfs (/srv): all data is gone after a restart of this host'],
  ['D73', 'ext4', workspaceOn('ext4'), 'ok: /srv/infra is on ext4 (/srv)'],
  ['D73', 'vfat', workspaceOn('vfat'), 'blocking: /srv/infra is on vfat (/srv), which keeps no rights: everybody could read the secrets'],
  ['D73', 'a read-only disk', workspaceOn('ext4', ['ro']), 'blocking: /srv/infra is on ext4 (/srv), which is mounted read-only'],
  [
    'D73',
    'NFS',
    workspaceOn('nfs4'),
    'warning: /srv/infra is on nfs4 (/srv): containers that start before it is mounted find their settings missing',
  ],
  [
    'D73',
    'noexec',
    workspaceOn('ext4', ['rw', 'noexec']),
    'warning: /srv/infra is on ext4 (/srv) with noexec: scripts mounted from there cannot be run by themselves',
  ],
  ['D20', 'a home of our own', {}, 'ok: It belongs to the user who runs this'],
  [
    'D20',
    'sudo with the home of somebody',
    called({foreignHome: {user: 'ops', path: '/home/ops'}}),
    'warning: This runs as root with /home/ops, the home of ops: files in there would belong to root afterwards',
  ],
  ['D37', 'an engine of this host', {}, undefined],
  [
    'D37',
    'an engine elsewhere',
    {...called({remote: 'ssh://root@vps'}), local: false},
    'warning: Everything goes to ssh://root@vps: the files of the workspace are here, and its containers look for them there',
  ],
  ['D54', 'no proxy', {}, undefined],
  ['D54', 'a proxy for both', {...called({hasProxy: true}), ...set({hasProxy: true})}, 'ok: This shell and the engine use one'],
  [
    'D54',
    'a proxy for this shell alone',
    called({hasProxy: true}),
    'warning: This shell uses a proxy and the engine does not: it may not be able to fetch images',
  ],
  ['D56', 'a name', {}, 'ok: vps'],
  ['D56', 'a name with an underscore', on({host: 'my_vps'}), 'warning: "my_vps" is no name that programs accept (RFC 1123)'],
  ['D69', 'UTF-8', {}, 'ok: C.UTF-8'],
  ['D69', 'no locale', called({locale: ''}), 'ok: As the terminal has them'],
  ['D69', 'POSIX', called({locale: 'POSIX'}), 'warning: The locale POSIX is not UTF-8: plain figures are shown instead of lines and marks'],
  ['D71', 'no other run', {}, 'ok: Nobody works on this workspace'],
  [
    'D71',
    'another run',
    called({lockedBy: 'infra-wizard up of shop-dev (process 5 on vps) since today'}),
    'blocking: The workspace is in use: infra-wizard up of shop-dev (process 5 on vps) since today',
  ],
  ['D51', 'nothing asked', {}, undefined],
  ['D51', 'no network', {reach: {names: [], own: [], registries: [{name: 'quay.io', answer: {kind: 'unknown'}}]}}, undefined],
  [
    'D51',
    'an answer',
    {reach: {names: [], own: [], registries: [{name: 'quay.io', answer: {kind: 'answered', value: 401}}]}},
    'ok: quay.io',
  ],
  [
    'D51',
    'a silent registry',
    {reach: {names: [], own: [], registries: [{name: 'quay.io', answer: {kind: 'none'}}]}},
    'warning: No answer from quay.io, where images are fetched from',
  ],
  ['D51', 'names that nobody knows', unnamed, 'warning: No name server tells this host where quay.io is: images are fetched from there'],
  ['D51', 'names that a proxy knows', {...unnamed, ...set({hasProxy: true})}, undefined],
  ['D51', 'names that the proxy of this shell knows', {...unnamed, ...called({hasProxy: true})}, undefined],
  ['D55', 'nothing asked', {}, undefined],
  ['D55', 'names that lead here', names(['203.0.113.7'], ['10.0.0.2', '203.0.113.7']), 'ok: auth.example.com'],
  [
    'D55',
    'a name nobody knows',
    names(undefined, ['203.0.113.7']),
    'warning: auth.example.com cannot be found in DNS: no certificates are issued for them',
  ],
  [
    'D55',
    'a name that leads elsewhere',
    names(['198.51.100.1'], ['203.0.113.7']),
    'warning: auth.example.com leads to 198.51.100.1, which is not an address of this host (203.0.113.7)',
  ],
  [
    'D55',
    'a host behind a router',
    names(['198.51.100.1'], ['192.168.1.2']),
    'warning: auth.example.com leads to 198.51.100.1; this host has private addresses only, so something in front of it has to forward ports 80 and 443',
  ],
];
