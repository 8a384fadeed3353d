import {describe, expect, test} from 'vitest';
import {containerPageOf} from '../../source/engine/container-page.ts';
import {recording, stores} from './recordings.ts';

describe.each(stores)('what an engine with %s says of a container', store => {
  const {inspected}: {inspected: readonly unknown[]} = JSON.parse(recording(`${store}-answers.json`));
  const pages = new Map(inspected.map(value => containerPageOf(value)).map(page => [page.containerName, page]));

  test('its health checks: how it is asked, and each of the last times with how long it took', () => {
    const {healthCheck} = pages.get('recorded-sick-1') ?? {};
    expect(healthCheck).toMatchObject({command: ['CMD', 'healthcheck'], interval: 1000, timeout: 1000, startInterval: 500, retries: 2});
    expect(healthCheck?.failingStreak).toBeGreaterThan(0);
    expect(healthCheck?.runs.length).toBeGreaterThan(1);
    for (const run of healthCheck?.runs ?? []) {
      expect(run).toMatchObject({exitCode: 1, output: 'this image is never healthy', at: expect.any(Number)});
      expect(run.took).toBeGreaterThan(0);
      expect(run.took).toBeLessThan(1000);
    }
  });

  test('its network, with the names it answers to', () => {
    const [network] = pages.get('recorded-sick-1')?.networks ?? [];
    expect(network).toMatchObject({name: 'recorded_default', addresses: [expect.stringMatching(/^\d+(?:\.\d+){3}$/)]});
    expect(network?.aliases).toEqual(expect.arrayContaining(['sick']));
    expect(pages.get('recorded-job-1')?.networks).toMatchObject([{addresses: [], gateway: ''}]);
  });

  test('how it ended, what it was given, and that it has no health check', () => {
    const job = pages.get('recorded-job-1');
    expect(job).toMatchObject({state: 'exited', exitCode: 3, restartPolicy: 'no', command: ['exits'], healthCheck: undefined, mounts: []});
    expect(job?.environment).toContain('EXIT_CODE=3');
    expect(job?.finishedAt).toBeGreaterThan(job?.createdAt ?? 0);
    expect(pages.get('recorded-hog-1')).toMatchObject({oomKilled: true, exitCode: 137, memoryLimit: 64 * 2 ** 20});
  });
});

/** As the engine answers, with what a test is about. */
const page = (hostConfig: object, more: object = {}) =>
  containerPageOf({Id: 'c', Name: '/web', State: {Status: 'running'}, Config: {}, HostConfig: hostConfig, ...more});

test.each([
  [{NanoCpus: 1_500_000_000}, 1.5],
  [{CpuQuota: 50_000, CpuPeriod: 100_000}, 0.5],
  [{CpuQuota: 50_000}, 0.5],
  [{CpuQuota: -1}, undefined],
  [{}, undefined],
])('%j are %s cores', (hostConfig, expected) => {
  expect(page(hostConfig).cpuLimit).toBe(expected);
});

test('mounts of all kinds, also those that compose calls tmpfs', () => {
  const {mounts} = page(
    {Tmpfs: {'/run': 'rw,size=64m', '/tmp': ''}, Mounts: [{Target: '/cache', TmpfsOptions: {SizeBytes: 1024}}]},
    {
      Mounts: [
        {Type: 'volume', Name: 'data', Source: '/var/lib/docker/volumes/data/_data', Destination: '/data', RW: true},
        {Type: 'bind', Source: '/etc/web', Destination: '/etc/web', RW: false},
        {Type: 'tmpfs', Source: '', Destination: '/cache', RW: true},
      ],
    },
  );
  expect(mounts.map(({type, source, target, readOnly, size}) => [type, source, target, readOnly, size])).toEqual([
    ['tmpfs', '', '/cache', false, 1024],
    ['volume', 'data', '/data', false, undefined],
    ['bind', '/etc/web', '/etc/web', true, undefined],
    ['tmpfs', '', '/run', false, 64 * 2 ** 20],
    ['tmpfs', '', '/tmp', false, undefined],
  ]);
});

test('a health check that was switched off is none', () => {
  expect(page({}, {Config: {Healthcheck: {Test: ['NONE']}}}).healthCheck).toBeUndefined();
});

test('what it says can not reach a terminal as it is', () => {
  const attack = '\u001b]52;c;aGFja2Vk\u0007\u001b[2J';
  const text = `${attack}x`;
  const {environment, ...rest} = page(
    {Tmpfs: {[text]: text}, RestartPolicy: {Name: text}},
    {
      Config: {Env: [`A=${text}`], Cmd: [text], User: text, Healthcheck: {Test: ['CMD-SHELL', text]}, Labels: {}},
      State: {Status: 'running', Health: {Log: [{Start: text, End: text, ExitCode: 1, Output: text}]}},
      NetworkSettings: {Networks: {[text]: {IPAddress: text, Gateway: text, Aliases: [text]}}},
      Mounts: [{Type: text, Name: text, Source: text, Destination: text, RW: true}],
    },
  );
  expect(environment).toEqual(['A=x']);
  expect(JSON.stringify(rest)).not.toMatch(/\\u001b|\\u0007|aGFja2Vk/);
  expect(rest.healthCheck?.runs).toEqual([{at: undefined, took: undefined, exitCode: 1, output: 'x'}]);
});
