import fc from 'fast-check';
import {expect, test} from 'vitest';
import {advancePlain, emptyPlain, plainLine} from '../../source/display/plain.ts';
import type {Failure, ResourceEvent, ResourceKind, ResourceStatus} from '../../source/events.ts';

const event = (id: string, status: ResourceStatus, text: string, at: number, more: Partial<ResourceEvent> = {}): ResourceEvent => ({
  id,
  kind: id.split('/')[0] as ResourceKind,
  status,
  text,
  at,
  ...more,
});

const linesOf = (events: readonly ResourceEvent[]): readonly string[] => {
  const lines: string[] = [];
  let state = emptyPlain;
  for (const one of events) {
    const line = plainLine(state, one);
    if (line !== undefined) lines.push(...line.split('\n'));
    state = advancePlain(state, one);
  }
  return lines;
};

const failure: Failure = {
  cause: 'unhealthy',
  reason: 'its health check failed 3 times: connection refused',
  next: ['Look at its log: docker compose logs web', 'Then run the same command again.'],
  service: 'web',
  image: 'registry.test/web:1',
  healthChecks: [{at: 0, exitCode: 7, output: 'curl: (7) \u001b[31mrefused\u001b[0m\nexit 7\n'}],
  log: [
    {stream: 'stdout', text: 'starting'},
    {stream: 'stderr', text: '\u001b]0;owned\u0007listening on :80'},
  ],
  exitCode: 137,
  memoryLimit: 512 * 2 ** 20,
  dispensable: false,
};

test('a rollout reads like a report', () => {
  expect(
    linesOf([
      event('run', 'working', 'Rolling out', 1000, {details: 'shop-dev'}),
      event('file/.env', 'done', 'Written', 1050, {details: 'was not there'}),
      event('file/11.yml', 'skipped', 'Unchanged', 1060, {details: 'is right already'}),
      event('file/12.yml', 'skipped', 'Kept', 1070, {details: 'changed by hand; left alone'}),
      event('phase/core', 'waiting', 'Waiting', 1100, {details: 'Core'}),
      event('image/web:1', 'waiting', 'Waiting', 1100),
      event('service/web', 'waiting', 'Waiting', 1100),
      event('phase/core', 'working', 'Starting', 1200),
      event('image/web:1', 'working', 'Pulling', 1300),
      event('layer/abc', 'working', 'Downloading', 1400, {current: 5, total: 10}),
      event('image/web:1', 'done', 'Pulled', 3500, {current: 30_000_000, total: 30_000_000}),
      event('service/web', 'working', 'Creating', 3600),
      event('service/web', 'working', 'Starting', 4000),
      event('service/web', 'done', 'Healthy', 9000),
      event('phase/core', 'done', 'Healthy', 9000),
      event('run', 'done', 'Done', 66_000),
    ]),
  ).toEqual([
    '       0s  Rolling out, shop-dev',
    '     0.1s  file .env: Written, was not there',
    '     0.1s  file 12.yml: Kept, changed by hand; left alone',
    '     0.2s  phase core: Starting',
    '     0.3s  image web:1: Pulling',
    '     2.5s  image web:1: Pulled 30 MB in 2.2s',
    '     2.6s  service web: Creating',
    '       3s  service web: Starting',
    '       8s  service web: Healthy in 5.4s',
    '       8s  phase core: Healthy in 7.8s',
    '   1m 05s  Done in 1m 05s',
  ]);
});

test('images that are here already are counted in the line of their phase, and have no line of their own', () => {
  const here = (id: string) => event(id, 'skipped', 'Present', 1000, {parentId: 'phase/core'});
  const announced = [
    event('run', 'working', 'Rolling out', 1000),
    event('phase/core', 'waiting', 'Waiting', 1000),
    ...[here('image/web:1'), here('image/door:1')],
    event('image/lamp:1', 'waiting', 'Waiting', 1000, {parentId: 'phase/core'}),
    event('phase/rooms', 'waiting', 'Waiting', 1000),
    event('image/rug:1', 'waiting', 'Waiting', 1000, {parentId: 'phase/rooms'}),
  ];
  expect(
    linesOf([...announced, event('phase/core', 'working', 'Starting', 1200), event('phase/rooms', 'working', 'Starting', 2000)]),
  ).toEqual(['       0s  Rolling out', '     0.2s  phase core: Starting, 2 of 3 images here before', '       1s  phase rooms: Starting']);
  const back = [event('image/lamp:1', 'done', 'Pulled', 3000), event('phase/core', 'waiting', 'Waiting', 4000), here('image/lamp:1')];
  expect(linesOf([...announced, ...back]).slice(1)).toEqual(['       2s  image lamp:1: Pulled']);
  const looked = [event('image/rug:1', 'working', 'Pulling', 3000), event('image/rug:1', 'skipped', 'Present', 3100)];
  expect(linesOf([...announced, ...looked]).slice(1)).toEqual(['       2s  image rug:1: Pulling', '     2.1s  image rug:1: Present']);
});

test('a download says something each ten percent', () => {
  const total = 100_000_000;
  const pull = Array.from({length: 1001}, (_, index) =>
    event('image/web:1', 'working', 'Downloading', index, {current: (total / 1000) * index, total}),
  );
  expect(linesOf(pull)).toEqual([
    '       0s  image web:1: Downloading',
    ...[10, 20, 30, 40, 50, 60, 70, 80, 90].map(percent => `     0.${percent / 10}s  image web:1: Downloading ${percent}% of 100 MB`),
    '       1s  image web:1: Downloading 100% of 100 MB',
  ]);
});

test('a slow download says something every five seconds', () => {
  const pull = Array.from({length: 120}, (_, index) =>
    event('image/web:1', 'working', 'Downloading', index * 100, {current: 1000 * (index + 1), total: 1_000_000_000}),
  );
  expect(linesOf(pull)).toEqual([
    '       0s  image web:1: Downloading 0% of 1 GB',
    '       5s  image web:1: Downloading 0% of 1 GB',
    '      10s  image web:1: Downloading 0% of 1 GB',
  ]);
});

test('a failure shows what the health check and the log said and what to do, without their control sequences', () => {
  expect(linesOf([event('service/web', 'error', 'Failed', 0, {details: failure.reason, failure})])).toEqual([
    '       0s  error: service web: Failed, its health check failed 3 times: connection refused',
    '           image: registry.test/web:1',
    '           exit code: 137',
    '           memory limit: 512 MiB',
    '           last health checks:',
    '             | 00:00:00 UTC, exit code 7',
    '             |   curl: (7) refused',
    '             |   exit 7',
    '           end of its log, ! is standard error:',
    '             | starting',
    '             ! listening on :80',
    '           next: Look at its log: docker compose logs web',
    '           next: Then run the same command again.',
  ]);
});

test('warnings are marked, and the same state is told once', () => {
  const left = event('service/web', 'warning', 'Left out', 5);
  expect(linesOf([left, {...left, at: 6}, {...left, at: 7}])).toEqual(['       0s  warning: service web: Left out']);
});

test('no text from outside can leave its line or move a cursor', () => {
  const hostile = fc.string({unit: fc.constantFrom('\u001b', '[', ']', '0', ';', '\u0007', '\r', '\n', '\u009b', '\u202e', 'a', '2', 'J')});
  fc.assert(
    fc.property(hostile, hostile, hostile, (id, text, details) => {
      const lines = linesOf([
        event(`service/${id}`, 'error', text, 0, {details, failure: {...failure, reason: details, log: [{stream: 'stdout', text}]}}),
      ]);
      for (const line of lines) expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    }),
  );
});

test('while the size of an image grows, no share of it is claimed', () => {
  const image = (at: number, current: number, total: number, growing: boolean) =>
    event('image/web:1', 'working', 'Downloading', at, {current, total, details: `0 of ${total / 1e6} layers`, ...(growing && {growing})});
  expect(
    linesOf([
      event('run', 'working', 'Rolling out', 0),
      image(100, 4_000_000, 8_000_000, true),
      image(200, 8_000_000, 8_000_000, true),
      image(5_200, 9_000_000, 20_000_000, true),
      image(5_300, 10_000_000, 40_000_000, false),
      image(5_400, 11_000_000, 40_000_000, false),
    ]),
  ).toEqual([
    '       0s  Rolling out',
    '     0.1s  image web:1: Downloading 4 MB of at least 8 MB, 0 of 8 layers',
    '     5.2s  image web:1: Downloading 9 MB of at least 20 MB, 0 of 20 layers',
    '     5.3s  image web:1: Downloading 25% of 40 MB, 0 of 40 layers',
  ]);
});

test('a wait is told once, with the moment at which it ends', () => {
  const image = (at: number, text: string, more: object = {}) => event('image/web:1', 'working', text, at, more);
  const wait = {until: 1_795_183_510_000, attempt: 2, attempts: 5, asked: true};
  const at = wait.until - 32_000;
  expect(
    linesOf([
      event('run', 'working', 'Rolling out', at),
      image(at, 'Downloading', {current: 5, total: 10}),
      image(at, 'Retrying', {details: 'docker.io wants fewer requests for a while.', wait}),
      image(wait.until, 'Pulling'),
    ]),
  ).toEqual([
    '       0s  Rolling out',
    '       0s  image web:1: Downloading 50% of 10 B',
    '       0s  image web:1: Retrying, registry asks to wait, until 14:05:10 UTC (32s), then attempt 2 of 5, docker.io wants fewer requests for a while.',
    '      32s  image web:1: Pulling',
  ]);
});
