import {expect, test} from 'vitest';
import {parseMemAvailable, parseOsRelease, parseRoutes, parseSockets, parseUnit} from '../../source/preflight/proc.ts';
import {atLeast} from '../../source/preflight/versions.ts';

test('os-release is read with and without quotes', () => {
  const release = parseOsRelease(
    '# comment\nID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME=\'x\'\nEMPTY=\nQUOTED="a \\"b\\""\nbroken\n',
  );
  expect(Object.fromEntries(release)).toEqual({
    ID: 'debian',
    PRETTY_NAME: 'Debian GNU/Linux 12 (bookworm)',
    NAME: 'x',
    EMPTY: '',
    QUOTED: 'a "b"',
  });
});

test('available memory is in bytes', () => {
  expect(parseMemAvailable('MemTotal:       8000000 kB\nMemAvailable:    4000000 kB\n')).toBe(4_096_000_000);
  expect(parseMemAvailable('MemTotal: 1 kB\n')).toBeUndefined();
});

const tcp = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 20001 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000   999        0 20002 1 0000000000000000 100 0 0 10 0
   2: 0100007F:1538 0100007F:C350 01 00000000:00000000 00:00000000 00000000   999        0 20003 1 0000000000000000 20 4 30 10 -1
`;
const tcp6 = `  sl  local_address                         remote_address                        st
   0: 00000000000000000000000000000000:01BB 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 20004 1 0
   1: 00000000000000000000000001000000:0CEA 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 20005 1 0
   2: 0000000000000000FFFF00000100007F:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 20006 1 0
`;

test('listening sockets are read, connected ones are not', () => {
  expect([...parseSockets(tcp, 'tcp'), ...parseSockets(tcp6, 'tcp')]).toEqual([
    {address: '0.0.0.0', port: 80, protocol: 'tcp', inode: '20001'},
    {address: '127.0.0.1', port: 5432, protocol: 'tcp', inode: '20002'},
    {address: '::', port: 443, protocol: 'tcp', inode: '20004'},
    {address: '::1', port: 3306, protocol: 'tcp', inode: '20005'},
    {address: '127.0.0.1', port: 8080, protocol: 'tcp', inode: '20006'},
  ]);
  expect(parseSockets(tcp.replaceAll(' 0A ', ' 07 '), 'udp')).toHaveLength(2);
  expect(parseSockets('', 'tcp')).toEqual([]);
});

test.each<readonly [what: string, unit: string | undefined, ...lines: readonly string[]]>([
  ['cgroup v2', 'nginx.service', '0::/system.slice/nginx.service'],
  ['cgroup v1', 'nginx.service', '12:pids:/system.slice/nginx.service', '1:name=systemd:/system.slice/nginx.service'],
  ['both', 'docker.service', '1:name=systemd:/system.slice/docker.service', '0::/system.slice/docker.service'],
  ['cgroup v1 where only controllers are told', undefined, '4:memory:/system.slice/nginx.service', '2:cpu,cpuacct:/'],
  ['a template', 'postgresql@15-main.service', '0::/system.slice/system-postgresql.slice/postgresql@15-main.service'],
  ['an escaped name', 'web\\x2dshop.service', '0::/system.slice/web\\x2dshop.service'],
  ['a slice of its own', 'nginx.service', '0::/web.slice/nginx.service'],
  ['groups below the unit', 'web.service', '0::/system.slice/web.service/libpod-payload-4f1d'],
  ['what somebody started who is signed in', undefined, '0::/user.slice/user-1000.slice/session-2.scope'],
  ['a unit of a user', undefined, '0::/user.slice/user-1000.slice/user@1000.service/app.slice/caddy.service'],
  ['a container', undefined, '0::/system.slice/docker-4f1d5ad4a2b1.scope'],
  ['a unit inside a container', undefined, '0::/system.slice/docker-4f1d5ad4a2b1.scope/system.slice/nginx.service'],
  ['a container on cgroup v1', undefined, '1:name=systemd:/docker/4f1d5ad4a2b1', '0::/system.slice/containerd.service'],
  ['outside of our own namespace', undefined, '0::/../nginx.service'],
  ['a system without systemd', undefined, '0::/'],
  ['nothing', undefined],
])('of %s the unit of systemd is %j', (_, unit, ...lines) => {
  expect(parseUnit(lines.map(line => `${line}\n`).join(''))).toBe(unit);
});

test('routes are read, the default route is not', () => {
  const routes = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
eth0\t0001A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
wg0\t0000000A\t00000000\t0001\t0\t0\t0\t000000FF\t0\t0\t0
lo\t0000007F\t00000000\t0001\t0\t0\t0\t000000FF\t0\t0\t0
`;
  expect(parseRoutes(routes)).toEqual([
    {subnet: '192.168.1.0/24', via: 'eth0'},
    {subnet: '10.0.0.0/8', via: 'wg0'},
  ]);
});

test.each([
  ['v2.29.0', '2.29', true],
  ['2.40.3-desktop.1', '2.29', true],
  ['5.0.0', '2.29', true],
  ['2.28.9', '2.29', false],
  ['1.29.2', '2.29', false],
  ['29.1.0-ce', '25', true],
  ['25', '25', true],
  ['24.0.9', '25', false],
  ['dev', '25', false],
  ['', '25', false],
])('version %s is at least %s: %s', (version, floor, expected) => {
  expect(atLeast(version, floor)).toBe(expected);
});
