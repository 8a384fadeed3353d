import {describe, expect, test} from 'vitest';
import {containerOf, listOfContainers} from '../../source/engine/container-record.ts';
import {engineInfoOf, networksOf} from '../../source/engine/engine-records.ts';
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
    expect(containers.get('sick')?.healthOutput).toMatchInlineSnapshot(`"this image is never healthy"`);
  });

  test('one that ended says with which code', () => {
    expect(containers.get('job')).toMatchObject({
      state: 'exited',
      health: undefined,
      healthOutput: undefined,
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
      healthOutput: undefined,
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
  expect(container).toMatchObject({name: 'web', error: 'bad', service: 'web', healthOutput: 'new\nline', exitCode: 1});
});

describe('use of the processor', () => {
  const sample = {cpu: 1000, system: 10_000, cpus: 4, memory: 5, memoryLimit: 9};

  test('is the share of the time that passed, in percent of one core', () => {
    expect(usage(sample, {...sample, cpu: 1500, system: 12_000})).toEqual({cpuPercent: 100, memory: 5, memoryLimit: 9});
  });

  test.each([
    ['a first sample', undefined, sample],
    ['a restart', sample, {...sample, cpu: 10, system: 12_000}],
    ['no time between', sample, sample],
  ])('is not known after %s', (_name, previous, current) => {
    expect(usage(previous, current).cpuPercent).toBeUndefined();
  });
});
