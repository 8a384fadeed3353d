import {expect, test} from 'vitest';
import {
  mountOf,
  parseControllers,
  parseCpuFlags,
  parseDaemonFile,
  parseKernelOptions,
  parseMounts,
  parseOldControllers,
  parseOpenFiles,
  parseSwap,
  parseUplink,
} from '../../source/preflight/parse-system.ts';

const mountinfo = `22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw,errors=remount-ro
40 22 0:35 / /srv rw,noexec,relatime - nfs4 10.0.0.9:/srv rw,vers=4.2
41 22 8:17 / /srv/my\\040disk ro,relatime master:2 - vfat /dev/sdb1 rw
42 22 0:50 / /srv rw - tmpfs tmpfs rw
broken line
`;

test('the mount of a path is the longest above it, and the last of two at the same place', () => {
  const mounts = parseMounts(mountinfo);
  const found = (path: string) => {
    const mount = mountOf(mounts, path);
    return mount && `${mount.type} at ${mount.point}`;
  };
  expect(['/', '/home', '/srv', '/srv/infra', '/srvx', '/srv/my disk/a'].map(found)).toEqual([
    'ext4 at /',
    'ext4 at /',
    'tmpfs at /srv',
    'tmpfs at /srv',
    'ext4 at /',
    'vfat at /srv/my disk',
  ]);
  expect(mountOf(mounts, '/srv/my disk')?.options).toEqual(['ro', 'relatime', 'rw']);
  expect(mountOf([], '/')).toBeUndefined();
});

test('options of a kernel are those that are built in or modules', () => {
  const options = parseKernelOptions('# CONFIG_A is not set\nCONFIG_BRIDGE=m\nCONFIG_MEMCG=y\nCONFIG_HZ=250\nCONFIG_NAME="x=y"\n');
  expect([...options]).toEqual([
    ['BRIDGE', 'm'],
    ['MEMCG', 'y'],
  ]);
});

test('memory, processor, control groups and open files', () => {
  expect(parseSwap('SwapTotal:  1024 kB\nSwapFree:  512 kB\n')).toEqual({total: 2 ** 20, free: 2 ** 19});
  expect(parseSwap('')).toEqual({total: 0, free: 0});
  expect(parseCpuFlags('processor : 0\nflags\t\t: fpu sse4_2\n\nprocessor : 1\nflags\t\t: other\n')).toEqual(['fpu', 'sse4_2']);
  expect(parseCpuFlags('Features : fp asimd\n')).toEqual([]);
  expect(parseControllers('cpuset cpu io memory pids\n')).toEqual(['cpuset', 'cpu', 'io', 'memory', 'pids']);
  expect(parseOldControllers('#subsys_name\thierarchy\tnum\tenabled\ncpu\t3\t1\t1\nmemory\t4\t1\t0\n')).toEqual(['cpu']);
  expect(parseOpenFiles('Limit  Soft  Hard  Units\nMax open files            1024                 524288               files\n')).toBe(
    524_288,
  );
  expect(parseOpenFiles('Max open files            1024                 unlimited               files\n')).toBe(Number.POSITIVE_INFINITY);
  expect(parseOpenFiles('')).toBeUndefined();
});

test('the interface of the default route with the smallest metric', () => {
  const head = 'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n';
  const routes =
    'wg0\t00000000\t0\t3\t0\t0\t50\t00000080\nwlan0\t00000000\t1\t3\t0\t0\t600\t00000000\neth0\t00000000\t1\t3\t0\t0\t100\t00000000\n';
  expect([parseUplink(head + routes), parseUplink(head), parseUplink('')]).toEqual(['eth0', undefined, undefined]);
});

const quiet = {iptables: true, ip6tables: true, ipForward: true, userlandProxy: true, insecureRegistries: [], openHosts: []};

test.each([
  ['', quiet],
  ['{}', quiet],
  ['{"iptables": false, "userland-proxy": false}', {...quiet, iptables: false, userlandProxy: false}],
  ['{"insecure-registries": ["10.0.0.5:5000", 7]}', {...quiet, insecureRegistries: ['10.0.0.5:5000']}],
  [
    '{"hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2375", "tcp://127.0.0.1:2375"]}',
    {...quiet, openHosts: ['tcp://0.0.0.0:2375']},
  ],
  ['{"hosts": ["tcp://0.0.0.0:2376"], "tlsverify": true}', quiet],
  ['{"iptables": false,}', undefined],
  ['[]', undefined],
  ['null', undefined],
])('daemon.json %s', (text, settings) => {
  expect(parseDaemonFile(text)).toEqual(settings);
});
