import {expect, test} from 'vitest';
import type {ForeignPort} from '../../source/plan/observed.ts';
import {checks} from '../../source/preflight/checks.ts';
import type {HostFacts, Listener, PreflightContext, ReplacedVariant} from '../../source/preflight/facts.ts';
import {runChecks} from '../../source/preflight/run.ts';
import {container, host, ready, readyWith, tier, well} from './context.ts';
import {type Case, moreCases} from './more-cases.ts';

type Change = Partial<PreflightContext>;
const on = (more: Partial<HostFacts>): Change => ({host: {...host, ...more}});
const folder = (more: Partial<HostFacts['folder']>): Change => on({folder: {...host.folder, ...more}});
const listening = (more: Partial<Listener>): Change =>
  on({listeners: [{address: '0.0.0.0', port: 80, protocol: 'tcp', process: {pid: 812, name: 'nginx'}, ...more}]});

const find = async (id: string, change: Change) => {
  const found = (await runChecks({...well, ...change})).find(finding => finding.id === id);
  return found && `${found.level}: ${found.what}`;
};

const published = (more: Partial<ForeignPort>): ForeignPort => ({
  ...{container: 'old-web', project: 'old', address: '0.0.0.0', port: 80, protocol: 'tcp'},
  ...more,
});
const wants = (address: string | undefined, port = 80): Change => ({ports: [{service: 'db', address, port, protocol: 'tcp'}]});

const at = Date.parse('2026-03-01T12:00:00Z');
const tooOld = (version: string) => `blocking: Docker Engine ${version} is too old: 25 or newer is needed`;

/** A service of before that has the port which `edge` is to have now. */
const hatch = {...container('hatch'), publishedPorts: [80]};
const otherVariant: ReplacedVariant = {
  ...{component: 'store', title: 'Store', variant: 'standalone', before: 'One server', after: 'Cluster'},
  ...{services: ['store'], volumes: ['shop-dev_store-data'], removed: false},
};

const cases: readonly Case[] = [
  ...moreCases,
  ['D21', 'an engine that answers', {}, 'ok: Docker Engine 29.1.0 on vps'],
  ['D21', 'no engine', {engine: {kind: 'absent', reason: 'no socket'}}, 'blocking: No Docker Engine answers: no socket'],
  ['D21', 'an engine we may not use', {engine: {kind: 'denied', reason: ''}}, undefined],
  ['D18', 'the right to use Docker', {}, 'ok: ops may use Docker, which is as good as root on this host'],
  ['D18', 'no right', {engine: {kind: 'denied', reason: 'EACCES'}}, 'blocking: Docker is there, but ops may not use it'],
  ['D22', 'a new engine', {}, 'ok: 29.1.0, and 25 or newer is needed'],
  [
    'D22',
    'an engine with gaps',
    {engine: readyWith({version: '26.1.5'})},
    'warning: 26.1.5: before 28, ports published on 127.0.0.1 can be reached by neighbours in the same network',
  ],
  [
    'D24',
    'compose with a gap',
    {compose: '2.39.0'},
    'warning: 2.39.0: before 2.40.2, a file included from elsewhere could write anywhere (CVE-2025-62725)',
  ],
  ['D22', "Debian's engine", {engine: readyWith({version: '20.10.24+dfsg1'})}, tooOld('20.10.24+dfsg1')],
  ['D24', 'a new compose', {}, 'ok: 2.40.3, and 2.29 or newer is needed'],
  ['D24', 'no compose', {compose: undefined}, 'blocking: docker compose is missing'],
  ['D24', 'compose 1', {compose: '1.29.2'}, 'blocking: Docker Compose 1.29.2 is too old: 2.29 or newer is needed'],
  ['D48', 'services that fit', {}, 'ok: the services may use 1 GiB together, and there are 7.8 GiB'],
  ['D48', 'services that do not fit', {memoryLimit: 9 * 2 ** 30}, 'blocking: the services may use 9 GiB together, and there are 7.8 GiB'],
  ['D48', 'services without limits', {memoryLimit: 0}, undefined],
  ['D59', 'a tier for one server', {}, undefined],
  [
    'D59',
    'a tier for three',
    {tier: {...tier, hosts: 3}},
    'warning: Minimal is made for 3 servers, and this is one: all members of a cluster are lost together with it',
  ],
  ['D26', 'an ordinary Docker', {}, 'ok: Docker is an ordinary installation'],
  [
    'D26',
    'a snap that is there',
    on({snapDocker: true}),
    'blocking: Docker comes from a snap, which cannot mount most folders of this host',
  ],
  [
    'D26',
    'a snap that answers',
    {engine: readyWith({rootDirectory: '/var/snap/docker/common/var-lib-docker'})},
    'blocking: Docker comes from a snap, which cannot mount most folders of this host',
  ],
  ['D27', 'an engine with root rights', {}, undefined],
  [
    'D27',
    'a rootless engine',
    {engine: readyWith({rootless: true})},
    'blocking: Docker runs without root rights and may not publish 80, 443',
  ],
  [
    'D27',
    'a rootless engine that may',
    {engine: readyWith({rootless: true}), ...on({unprivilegedPorts: 80})},
    'warning: Docker runs without root rights: data lies in your home, and memory limits need cgroup delegation',
  ],
  ['D04', 'amd64', {}, 'ok: amd64'],
  ['D04', 'an unknown architecture', {engine: readyWith({architecture: 'riscv64'})}, 'blocking: There are no images for riscv64'],
  ['D02', 'the host itself', {}, 'ok: This runs on the host itself'],
  [
    'D02',
    'a container',
    on({insideContainer: true}),
    'warning: This runs inside a container: paths of the workspace mean other folders to the engine outside',
  ],
  ['D19', 'a folder to be created', {}, 'ok: /srv/infra will be created'],
  ['D19', 'a folder of our own', folder({kind: 'folder', owner: 1000}), 'ok: /srv/infra can be written'],
  ['D19', 'a folder that cannot be created', folder({writable: false}), 'blocking: /srv/infra cannot be created'],
  [
    'D19',
    'a folder that cannot be written',
    folder({kind: 'folder', owner: 1000, writable: false}),
    'blocking: /srv/infra cannot be written',
  ],
  ['D19', "somebody else's folder", folder({kind: 'folder', owner: 0}), 'blocking: /srv/infra belongs to another user'],
  [
    'D19',
    "somebody else's folder, for root",
    on({uid: 0, folder: {...host.folder, kind: 'folder', owner: 1000}}),
    'ok: /srv/infra can be written',
  ],
  [
    'D19',
    'a folder open to everybody',
    folder({kind: 'folder', owner: 1000, worldWritable: true}),
    'blocking: /srv/infra can be changed by everybody on this host',
  ],
  ['D19', 'a file', folder({kind: 'file'}), 'blocking: /srv/infra is a file'],
  ['D19', 'a link', folder({kind: 'link'}), 'blocking: /srv/infra is a symbolic link'],
  ['D19', 'a device', folder({kind: 'other'}), 'blocking: /srv/infra is not a folder'],
  ['D50', 'no firewall', {}, undefined],
  [
    'D50',
    'a firewall',
    on({firewall: 'ufw'}),
    'warning: ufw is active and does not close what Docker publishes: 80/tcp (edge), 443/tcp (edge) can be reached from outside',
  ],
  [
    'D50',
    'a firewall and only local ports',
    {...on({firewall: 'ufw'}), ports: [{service: 'db', address: '127.0.0.1', port: 5432, protocol: 'tcp'}]},
    'ok: ufw is active, and no port is published beyond this host',
  ],
  ['D41', 'enough processors', {}, 'ok: 4 processors, and Minimal is made for 4'],
  ['D41', 'few processors', {engine: readyWith({cpus: 3})}, 'warning: 3 processors, and Minimal is made for 4'],
  ['D41', 'too few processors', {engine: readyWith({cpus: 1})}, 'blocking: 1 processors, and Minimal is made for 4'],
  ['D41', 'no tier', {tier: undefined}, undefined],
  ['D42', 'what is sold as 8 GB', {}, 'ok: 7.8 GiB of memory, and Minimal is made for 8 GiB'],
  ['D42', 'too little memory', {engine: readyWith({memory: 4 * 2 ** 30})}, 'blocking: 4 GiB of memory, and Minimal is made for 8 GiB'],
  ['D43', 'free memory', {}, 'ok: 7 GiB of memory are free now'],
  ['D43', 'used memory', on({memoryAvailable: 2 ** 30}), 'warning: 1 GiB of memory are free now: other programs use much of it'],
  [
    'D43',
    'memory that our own containers use',
    {...on({memoryAvailable: 2 ** 30}), engine: ready({containers: [container('edge')]})},
    undefined,
  ],
  ['D44', 'a disk of the right size', {}, 'ok: 50 GB of disk at /var/lib/docker, and Minimal is made for 50 GB'],
  ['D44', 'a small disk', {disk: {path: '/d', free: 30e9, total: 40e9}}, 'warning: 40 GB of disk at /d, and Minimal is made for 50 GB'],
  ['D44', 'an unknown disk', {disk: undefined}, undefined],
  ['D45', 'a free disk', {}, 'ok: 45 GB free at /var/lib/docker'],
  [
    'D45',
    'a disk with little room',
    {disk: {path: '/d', free: 30e9, total: 50e9}},
    'warning: 30 GB free at /d: enough to start, little to grow',
  ],
  ['D45', 'a full disk', {disk: {path: '/d', free: 10e9, total: 50e9}}, 'blocking: 10 GB free at /d, and at least 20 GB are needed'],
  [
    'D45',
    'the disk of a running platform',
    {disk: {path: '/d', free: 10e9, total: 50e9}, engine: ready({containers: [container('edge')]})},
    'ok: 10 GB free at /d',
  ],
  [
    'D45',
    'the full disk of a running platform',
    {disk: {path: '/d', free: 4e9, total: 50e9}, engine: ready({containers: [container('edge')]})},
    'blocking: 4 GB free at /d, and at least 5 GB are needed',
  ],
  ['D49', 'free ports', {}, 'ok: 80/tcp, 443/tcp'],
  ['D49', 'no ports', {ports: []}, undefined],
  ['D49', 'a port taken by a program', listening({}), 'blocking: 80/tcp for edge is taken by nginx (process 812)'],
  ['D49', 'a port taken on IPv6', listening({address: '::', port: 443}), 'blocking: 443/tcp for edge is taken by nginx (process 812)'],
  ['D49', 'a port taken by somebody', listening({process: undefined}), 'blocking: 80/tcp for edge is taken by a program of another user'],
  [
    'D49',
    'a port taken by a container of another project',
    {engine: ready({foreignPorts: [published({})]})},
    'blocking: 80/tcp for edge is taken by the container old-web of the compose project old',
  ],
  [
    'D49',
    'a port taken by an unknown container',
    listening({process: {pid: 9, name: 'docker-proxy'}}),
    'blocking: 80/tcp for edge is taken by a container, through docker-proxy (process 9)',
  ],
  [
    'D49',
    'a port that our own container has',
    {...listening({process: {pid: 9, name: 'docker-proxy'}}), engine: ready({containers: [container('edge')]})},
    'ok: 80/tcp, 443/tcp',
  ],
  [
    'D49',
    'a port of a service that is removed before',
    {...listening({process: {pid: 9, name: 'docker-proxy'}}), engine: ready({containers: [hatch]}), removed: ['hatch']},
    'ok: 80/tcp, 443/tcp',
  ],
  [
    'D49',
    'a port of a service that is left alone',
    {...listening({process: {pid: 9, name: 'docker-proxy'}}), engine: ready({containers: [hatch]})},
    'blocking: 80/tcp for edge is taken by hatch, which is not selected any more',
  ],
  [
    'D49',
    'a program on the port of a service that is removed before',
    {...listening({}), engine: ready({containers: [hatch]}), removed: ['hatch']},
    'blocking: 80/tcp for edge is taken by nginx (process 812)',
  ],
  [
    'D49',
    'a program on the port of our own container',
    {...listening({}), engine: ready({containers: [container('edge')]})},
    'blocking: 80/tcp for edge is taken by nginx (process 812)',
  ],
  [
    'D49',
    'a local port of another address',
    {...listening({address: '127.0.0.2'}), ports: [{service: 'db', address: '127.0.0.1', port: 80, protocol: 'tcp'}]},
    'ok: 80/tcp',
  ],
  ['D49', 'a port of another protocol', listening({protocol: 'udp'}), 'ok: 80/tcp, 443/tcp'],
  [
    'D49',
    'a container of no project',
    {engine: ready({foreignPorts: [published({project: undefined})]})},
    'blocking: 80/tcp for edge is taken by the container old-web',
  ],
  ['D49', 'a container that publishes UDP', {engine: ready({foreignPorts: [published({protocol: 'udp'})]})}, 'ok: 80/tcp, 443/tcp'],
  [
    'D49',
    'IPv4 wanted, a container on IPv6',
    {...wants('127.0.0.1'), engine: ready({foreignPorts: [published({address: '::'})]})},
    'ok: 80/tcp',
  ],
  [
    'D49',
    'IPv4 wanted, a program on ::',
    {...wants('127.0.0.1'), ...listening({address: '::'})},
    'blocking: 80/tcp for db is taken by nginx (process 812)',
  ],
  ['D49', 'IPv4 wanted, a program on ::1', {...wants('0.0.0.0'), ...listening({address: '::1'})}, 'ok: 80/tcp'],
  [
    'D49',
    'all wanted, a program on 127.0.0.1',
    listening({address: '127.0.0.1'}),
    'blocking: 80/tcp for edge is taken by nginx (process 812)',
  ],
  ['D49', 'all wanted, a program on ::1', listening({address: '::1'}), 'blocking: 80/tcp for edge is taken by nginx (process 812)'],
  [
    'D49',
    'loopback wanted, a program on the same',
    {...wants('127.0.0.1'), ...listening({address: '127.0.0.1'})},
    'blocking: 80/tcp for db is taken by nginx (process 812)',
  ],
  [
    'D49',
    'the same port twice in the selection',
    {ports: [...well.ports, {service: 'app', address: '127.0.0.1', port: 443, protocol: 'tcp'}]},
    'blocking: 443/tcp for app is taken by edge of this selection',
  ],
  ['D49', 'our ports, when the engine is elsewhere', {...listening({}), local: false}, 'ok: 80/tcp, 443/tcp'],
  ['D36', 'free subnets', {}, 'ok: 172.30.0.0/24, 172.31.10.0/24'],
  ['D36', 'no networks', {networks: []}, undefined],
  [
    'D36',
    'a subnet of another Docker network',
    {engine: ready({networks: [{name: 'old_default', project: 'old', subnets: ['172.30.0.0/16']}]})},
    'blocking: 172.30.0.0/24 of shop-dev_proxy overlaps 172.30.0.0/16, the Docker network old_default of the compose project old',
  ],
  [
    'D36',
    'our own network',
    {
      engine: ready({networks: [{name: 'shop-dev_proxy', project: 'shop-dev', subnets: ['172.30.0.0/24']}]}),
      ...on({subnets: [{subnet: '172.30.0.0/24', via: 'br-1'}]}),
    },
    'ok: 172.30.0.0/24, 172.31.10.0/24',
  ],
  [
    'D36',
    'a route of a VPN',
    on({subnets: [{subnet: '172.31.0.0/16', via: 'wg0'}]}),
    'blocking: 172.31.10.0/24 of shop-dev_dbnet overlaps 172.31.0.0/16, a route of this host by wg0',
  ],
  [
    'D36',
    'the same subnet twice',
    {networks: well.networks.map(network => ({...network, subnet: '172.30.0.0/24'}))},
    'blocking: 172.30.0.0/24 of shop-dev_dbnet overlaps 172.30.0.0/24, the network shop-dev_proxy of this selection',
  ],
  [
    'D36',
    'no subnet at all',
    {networks: [{name: 'shop-dev_a', subnet: 'fd00::/64', setting: undefined}]},
    'blocking: fd00::/64 of shop-dev_a is no IPv4 subnet',
  ],
  ['D38', 'names of our own', {}, 'ok: Nothing else is called as shop-dev calls its own'],
  [
    'D38',
    'a network of our name',
    {engine: ready({networks: [{name: 'shop-dev_proxy', project: undefined, subnets: []}]})},
    'blocking: The network shop-dev_proxy does not belong to shop-dev',
  ],
  [
    'D38',
    'a container of our name',
    {
      foreignContainers: [
        {name: 'shop-dev-edge-1', project: undefined},
        {name: 'other', project: 'x'},
      ],
    },
    'blocking: The container shop-dev-edge-1 does not belong to shop-dev',
  ],
  [
    'D38',
    'our project from another folder',
    {workingDirectories: ['/srv/infra', '/home/ops/infra']},
    'blocking: shop-dev was set up from another folder, /home/ops/infra',
  ],
  ['D39', 'no data yet', {}, undefined],
  [
    'D39',
    'data with its secret',
    {volumes: [{name: 'shop-dev_db', component: 'db'}], secrets: [{id: 'db_password', component: 'db', present: true}]},
    'ok: Every volume that is there has its secrets in the workspace',
  ],
  [
    'D39',
    'data without its secret',
    {volumes: [{name: 'shop-dev_db', component: 'db'}], secrets: [{id: 'db_password', component: 'db', present: false}]},
    'blocking: There is data in shop-dev_db, but the secrets it was made with are not here: a new password would not open it',
  ],
  ['D77', 'no data yet', {}, undefined],
  [
    'D77',
    'all of its data',
    {volumes: [{name: 'shop-dev_db', component: 'db'}]},
    'ok: Every volume that services last came up with is there',
  ],
  [
    'D77',
    'data that is gone',
    {lostData: [{name: 'shop-dev_db', services: ['db', 'db-backup'], seenAt: at, madeAnewAt: undefined}]},
    'blocking: db and db-backup had data in the volume shop-dev_db on 2026-03-01 12:00 UTC, and it is gone: started now, it would be empty',
  ],
  [
    'D77',
    'data that was made anew',
    {lostData: [{name: 'shop-dev_db', services: ['db'], seenAt: at, madeAnewAt: at + 3_600_000}]},
    'warning: db had data in the volume shop-dev_db on 2026-03-01 12:00 UTC, and it was made anew on 2026-03-01 13:00 UTC',
  ],
  ['D40', 'no run yet', {}, undefined],
  [
    'D40',
    'a roll back that has not ended',
    {lastRun: {unfinished: true, at, phase: 'core'}, goingBack: 'core'},
    'warning: A roll back of the phase core was begun and has not ended',
  ],
  ['D40', 'a finished run', {lastRun: {unfinished: false, at, phase: 'core'}}, 'ok: It reached its goal'],
  [
    'D40',
    'an unfinished run',
    {lastRun: {unfinished: true, at, phase: 'core'}},
    'warning: It stopped on 2026-03-01 12:00 UTC, in the phase core',
  ],
  ['D76', 'nothing that is deployed in another variant', {}, undefined],
  [
    'D76',
    'data in another variant',
    {replaced: [otherVariant]},
    'blocking: Store is deployed as "One server" (store) and selected as "Cluster": no data moves, it stays in shop-dev_store-data, and "Cluster" starts empty. store would go on running under the same network name: applications reach now one, now the other',
  ],
  [
    'D76',
    'data in another variant whose services are removed',
    {replaced: [{...otherVariant, removed: true}]},
    'blocking: Store is deployed as "One server" (store) and selected as "Cluster": no data moves, it stays in shop-dev_store-data, and "Cluster" starts empty',
  ],
  [
    'D76',
    'another variant without data that would go on running',
    {replaced: [{...otherVariant, volumes: []}]},
    'warning: Store is deployed as "One server" (store) and selected as "Cluster". store would go on running under the same network name: applications reach now one, now the other',
  ],
  [
    'D76',
    'another variant without data that is removed',
    {replaced: [{...otherVariant, volumes: [], removed: true}]},
    'ok: Store is deployed as "One server" (store) and selected as "Cluster"',
  ],
];

test.each(cases)('%s with %s', async (id, _, change, found) => {
  expect(await find(id, change)).toBe(found);
});

test('every check has a passing and a failing case, and no two share an id', () => {
  for (const {id} of checks) {
    const found = cases.filter(([of]) => of === id).map(([, , , text]) => text);
    expect(
      found.some(text => text?.startsWith('blocking') || text?.startsWith('warning')),
      `${id} fails`,
    ).toBe(true);
    expect(
      found.some(text => text === undefined || text.startsWith('ok')),
      `${id} passes`,
    ).toBe(true);
  }
  expect(new Set(checks.map(({id}) => id)).size).toBe(checks.length);
});

test('whatever is not ok says what to do, and nothing is said to do about what is', async () => {
  for (const [, name, change] of cases) {
    for (const {id, level, next} of await runChecks({...well, ...change})) {
      if (level === 'ok') expect(next, `${id} with ${name}`).toEqual([]);
      if (level === 'blocking') expect(next, `${id} with ${name}`).not.toEqual([]);
    }
  }
});

test('on a good host nothing is found', async () => {
  expect((await runChecks(well)).filter(({level}) => level !== 'ok')).toEqual([]);
});

test('an engine that is there and gives no answer is not to be installed, but to be looked at', async () => {
  const remedies = ['See what it says: journalctl -u docker.'];
  const finding = (await runChecks({...well, engine: {kind: 'absent', reason: 'busy', remedies}})).find(({id}) => id === 'D21');
  expect(finding?.next).toEqual(remedies);
});

test('what nothing works without is not ignored', async () => {
  const absent: Change = {engine: {kind: 'absent', reason: 'no socket'}};
  const found = await runChecks({...well, ...absent, compose: undefined}, ['D21', 'D24']);
  expect(found.filter(({binding}) => binding).map(({id, level}) => [id, level])).toEqual([
    ['D21', 'blocking'],
    ['D24', 'blocking'],
    ['D71', 'ok'],
  ]);
});

test('each clashing subnet gets a free one of its own, and the option that takes it', async () => {
  const blocked = on({subnets: [{subnet: '172.30.0.0/15', via: 'tun0'}]});
  const finding = (await runChecks({...well, ...blocked})).find(({id}) => id === 'D36');
  expect(finding?.next).toEqual([
    'Free for shop-dev_proxy: 172.16.0.0/24; take it with --set platform.proxy_subnet=172.16.0.0/24',
    'Free for shop-dev_dbnet: 172.16.1.0/24; take it with --set platform.dbnet_subnet=172.16.1.0/24',
  ]);
});

test('each port that can be set is offered a free one, which nobody else has', async () => {
  const used: readonly Listener[] = [80, 443, 8080].map(port => ({address: '::', port, protocol: 'tcp', process: undefined}));
  const finding = (await runChecks({...well, ...on({listeners: used})})).find(({id}) => id === 'D49');
  expect(finding?.offers).toEqual([{component: 'edge', input: 'http_port', value: '8081'}]);
  expect(finding?.next.at(-1)).toBe('Or take port 8081, which is free: --set edge.http_port=8081');
});

test('a clashing subnet carries its offers as settings', async () => {
  const blocked = on({subnets: [{subnet: '172.31.10.0/24', via: 'tun0'}]});
  const finding = (await runChecks({...well, ...blocked})).find(({id}) => id === 'D36');
  expect(finding?.offers).toEqual([{component: 'platform', input: 'dbnet_subnet', value: '172.31.11.0/24'}]);
});

test('the limits grow with the tier as they were measured for standard', async () => {
  const standard = {...tier, title: 'Standard', cpus: 8, memory: 16 * 2 ** 30, disk: 100e9};
  const found = (await runChecks({...well, tier: standard, disk: {path: '/d', free: 39e9, total: 100e9}})).filter(
    ({level}) => level !== 'ok',
  );
  expect(found.map(({id, level}) => `${id} ${level}`)).toEqual(['D41 warning', 'D42 blocking', 'D45 blocking']);
});

test('a failed check that is ignored is a warning that says so, and only that one', async () => {
  const change: Change = {compose: '2.20.0', engine: readyWith({version: '20.10.24'})};
  const found = (await runChecks({...well, ...change}, ['D24'])).filter(({level}) => level !== 'ok');
  expect(found.map(({id, level, what}) => `${id} ${level}: ${what}`)).toEqual([
    'D22 blocking: Docker Engine 20.10.24 is too old: 25 or newer is needed',
    'D24 warning: Docker Compose 2.20.0 is too old: 2.29 or newer is needed; ignored as you asked',
  ]);
});

test('a variant that holds data is changed only after the ways that lose nothing were named', async () => {
  const finding = (await runChecks({...well, replaced: [otherVariant]})).find(({id}) => id === 'D76');
  expect(finding?.next).toEqual([
    'Keep what is deployed: --with store:standalone, or choose that variant in the wizard.',
    'Or move the data yourself: make a dump of Store now, and restore it once the new variant runs.',
    'Or take Store down first: leave it out once (--without store --remove, or unpick it in the wizard), then pick it again in the other variant; its data stays in shop-dev_store-data.',
    'With --ignore D76 --remove the old services are removed and the new variant starts empty.',
  ]);
});
