import {describe, expect, test} from 'vitest';
import {containerOf, listOfContainers} from '../../source/engine/container-record.ts';
import {engineInfoOf, networksOf, volumesOf} from '../../source/engine/engine-records.ts';
import {statsOf, usage} from '../../source/engine/usage.ts';
import {recording, stores} from './recordings.ts';

interface Answers {
  readonly containers: unknown;
  readonly inspected: readonly unknown[];
  readonly networks: unknown;
  readonly info: unknown;
  readonly version: unknown;
  readonly stats: unknown;
}

describe.each(stores)('answers of an engine with %s', store => {
  const answers: Answers = JSON.parse(recording(`${store}-answers.json`));
  const containers = new Map(answers.inspected.map(value => containerOf(value)).map(container => [container.service, container]));

  test('a container that is not healthy says so with the output of its check', () => {
    expect(containers.get('sick')).toMatchObject({
      ...{name: 'recorded-sick-1', image: 'sandbox/never-healthy:1', state: 'running', health: 'unhealthy', exitCode: undefined},
      ...{restarts: 0, oomKilled: false, memoryLimit: undefined, error: '', ports: ['127.0.0.1:8081->80/tcp']},
      ...{configHash: expect.stringMatching(/^[0-9a-f]{64}$/), imageId: expect.stringMatching(/^sha256:/), startedAt: expect.any(Number)},
    });
    expect(containers.get('sick')?.healthChecks.at(-1)?.output).toMatchInlineSnapshot(`"this image is never healthy"`);
  });

  test('one that ended says with which code', () => {
    expect(containers.get('job')).toMatchObject({
      state: 'exited',
      health: undefined,
      healthChecks: [],
      exitCode: 3,
      oomKilled: false,
      ports: [],
      networks: ['recorded_default'],
    });
  });

  test('one that the kernel ended says why, and its limit', () => {
    expect(containers.get('hog')).toMatchObject({state: 'exited', exitCode: 137, oomKilled: true, memoryLimit: 64 * 1024 * 1024});
  });

  test('the list has names, labels and published ports', () => {
    const list = listOfContainers(answers.containers);
    expect(list.map(({name, labels, publishedPorts}) => [name, labels.get('com.docker.compose.service'), publishedPorts]).sort()).toEqual([
      ['recorded-hog-1', 'hog', []],
      ['recorded-job-1', 'job', []],
      ['recorded-sick-1', 'sick', [{address: '127.0.0.1', port: 8081, protocol: 'tcp'}]],
    ]);
  });

  test('networks have their project and subnets', () => {
    const networks = networksOf(answers.networks).map(({name, project, subnets}) => [name, project, subnets.length]);
    expect([...networks].sort()).toEqual([
      ['bridge', undefined, 1],
      ['host', undefined, 0],
      ['none', undefined, 0],
      ['recorded_default', 'recorded', 1],
    ]);
  });

  test('the engine says which image store it has', () => {
    expect(engineInfoOf(answers.info, answers.version)).toMatchObject({
      ...{version: expect.stringMatching(/^28\./), apiVersion: '1.51', store: store === 'containerd' ? 'containerd' : 'graph'},
      ...{architecture: 'x86_64', rootless: false, cpus: expect.any(Number), memory: expect.any(Number)},
    });
  });

  test('stats say memory without the page cache', () => {
    const sample = statsOf(answers.stats);
    expect(sample.memory).toBeGreaterThan(0);
    expect(sample.memory).toBeLessThan(20_000_000);
  });
});

test.each([
  [
    'cgroup v2',
    [
      {op: 'read', value: 5},
      {op: 'write', value: 7},
    ],
  ],
  [
    'cgroup v1, which counts the same bytes again',
    [
      {op: 'Read', value: 5},
      {op: 'Write', value: 7},
      {op: 'Sync', value: 12},
      {op: 'Total', value: 12},
    ],
  ],
])('stats add up all networks and disks, with %s', (_, entries) => {
  const stats = {
    read: '2026-11-23T23:15:22.5Z',
    cpu_stats: {cpu_usage: {total_usage: 1}, system_cpu_usage: 2, online_cpus: 2},
    networks: {eth0: {rx_bytes: 10, tx_bytes: 1}, eth1: {rx_bytes: 20, tx_bytes: 2}},
    blkio_stats: {io_service_bytes_recursive: entries},
  };
  expect(statsOf(stats)).toMatchObject({at: Date.UTC(2026, 10, 23, 23, 15, 22, 500), total: {received: 30, sent: 3, read: 5, written: 7}});
  expect(statsOf({cpu_stats: stats.cpu_stats}).total).toEqual({received: 0, sent: 0, read: 0, written: 0});
});

test.each<readonly [string, object, number | undefined]>([
  ['billionths of a core', {NanoCpus: 1_500_000_000}, 150],
  ['a part of a period', {CpuQuota: 25_000, CpuPeriod: 50_000}, 50],
  ['a part of the usual period', {CpuQuota: 200_000}, 200],
  ['nothing', {CpuQuota: -1}, undefined],
])('a limit of processor time said as %s is in percent of one core', (_, HostConfig, expected) => {
  expect(containerOf({Id: 'c', State: {Status: 'running'}, Config: {}, HostConfig}).cpuLimit).toBe(expected);
});

test('a container says what it needs, where its data is, which ports it has and how long it may take to end', () => {
  const container = containerOf({
    Id: 'c',
    State: {Status: 'running'},
    Config: {
      StopTimeout: 90,
      Labels: {
        'infra-wizard.component': 'lamp',
        'com.docker.compose.depends_on': 'battery:service_healthy:false,door:service_started:true',
      },
    },
    HostConfig: {},
    Mounts: [
      {Type: 'volume', Name: 'house_lamp-data'},
      {Type: 'bind', Source: '/etc'},
      {Type: 'tmpfs', Name: ''},
    ],
    NetworkSettings: {Ports: {'80/tcp': [{HostIp: '', HostPort: '8080'}], '81/tcp': null}},
  });
  expect(container).toMatchObject({
    ...{component: 'lamp', dependsOn: ['battery', 'door'], volumes: ['house_lamp-data'], publishedPorts: [8080], stopSeconds: 90},
  });
});

test('records with nothing but their identity are taken as they are', () => {
  const container = containerOf({
    Id: 'c',
    State: {Status: 'running', Health: {Status: 'none', Log: null}},
    Config: {Labels: null},
    HostConfig: {},
  });
  expect(container).toEqual({
    ...{
      id: 'c',
      name: '',
      service: '',
      component: undefined,
      image: '',
      imageId: '',
      configHash: undefined,
      state: 'running',
      health: undefined,
      exitCode: undefined,
    },
    ...{
      startedAt: undefined,
      restarts: 0,
      dependsOn: [],
      volumes: [],
      publishedPorts: [],
      stopSeconds: 10,
      labels: new Map(),
      healthChecks: [],
      oomKilled: false,
      memoryLimit: undefined,
      isJob: true,
      error: '',
      ports: [],
      networks: [],
    },
  });
  expect(networksOf([{Name: 'n', IPAM: {Config: null}}])).toEqual([{name: 'n', project: undefined, subnets: [], internal: false}]);
});

test('volumes are those of exactly these names, or all; one whose time is not said is there all the same', () => {
  const answer = {
    Volumes: [
      {Name: 'data', CreatedAt: '2026-03-01T12:00:00Z'},
      {Name: 'data-old', CreatedAt: '2026-03-01T12:00:01+01:00'},
      {Name: 'elsewhere'},
    ],
  };
  const at = Date.parse('2026-03-01T12:00:00Z');
  expect([...volumesOf(answer)]).toEqual([
    ['data', at],
    ['data-old', at - 3_599_000],
    ['elsewhere', 0],
  ]);
  expect([...volumesOf(answer, ['data', 'elsewhere', 'more'])]).toEqual([
    ['data', at],
    ['elsewhere', 0],
  ]);
  expect([[...volumesOf({Volumes: null}, ['data'])], [...volumesOf(answer, [])]]).toEqual([[], []]);
});

test.each([undefined, null, 'text', [], {}, {Id: 4}])('%j is no container', value => {
  expect(() => containerOf(value)).toThrow();
});

test('what a container says cannot reach a terminal as it is', () => {
  const container = containerOf({
    Id: 'c',
    Name: '/\u001b]0;title\u0007web',
    State: {
      Status: 'exited',
      ExitCode: 1,
      Error: 'bad\u001b[2J',
      Health: {Status: 'unhealthy', Log: [{Output: 'old'}, {Output: ' \u001b[31mnew\r\nline\u0000 \n'}]},
    },
    Config: {Labels: {'com.docker.compose.service': 'w\u202eeb'}},
    HostConfig: {},
  });
  expect(container).toMatchObject({name: 'web', error: 'bad', service: 'web', exitCode: 1});
  expect(container.healthChecks.map(({output}) => output)).toEqual(['old', 'new\nline']);
});

describe('use of the processor', () => {
  const total = {received: 100, sent: 200, read: 0, written: 4096};
  const sample = {cpu: 1000, system: 10_000, cpus: 4, memory: 5, memoryLimit: 9, at: 60_000, total};

  test('is the share of the time that passed, in percent of one core', () => {
    expect(usage(sample, {...sample, cpu: 1500, system: 12_000})).toMatchObject({cpuPercent: 100, memory: 5, memoryLimit: 9});
  });

  test('rates are bytes a second by the clock of the engine, and not known across a restart', () => {
    const later = {...sample, cpu: 1500, at: 62_000, total: {received: 300, sent: 200, read: 8192, written: 4096}};
    expect(usage(sample, later).rates).toEqual({received: 100, sent: 0, read: 4096, written: 0});
    expect(usage(sample, {...later, cpu: 10}).rates).toBeUndefined();
    expect(usage(later, later).rates).toBeUndefined();
  });

  test.each([
    ['a first sample', undefined, sample],
    ['a restart', sample, {...sample, cpu: 10, system: 12_000}],
    ['no time between', sample, sample],
  ])('is not known after %s', (_name, previous, current) => {
    expect(usage(previous, current).cpuPercent).toBeUndefined();
  });
});
