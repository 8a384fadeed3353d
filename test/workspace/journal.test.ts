import {appendFileSync, existsSync, readFileSync, statSync, truncateSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {ResourceEvent, ResourceKind, ResourceStatus} from '../../source/events.ts';
import {lastRun, openJournal} from '../../source/workspace/journal.ts';
import {modeOf, temporaryFolder} from './folders.ts';

const event = (id: string, status: ResourceStatus, at: number, more: Partial<ResourceEvent> = {}): ResourceEvent => ({
  id,
  kind: id.split('/')[0] as ResourceKind,
  status,
  text: 'Working',
  at,
  ...more,
});

const journalOf = (directory: string) => join(directory, '.infra-wizard', 'journal.jsonl');

const record = async (directory: string, events: readonly ResourceEvent[]) => {
  const journal = await openJournal(directory);
  for (const one of events) await journal.record(one);
  await journal.close();
  return journal.run;
};

const started = [event('run', 'working', 1), event('phase/core', 'working', 2), event('service/web', 'working', 3)];

test('a run is written as one line a change of status', async () => {
  const directory = temporaryFolder();
  const pulling = event('image/web:1', 'working', 4, {current: 10, total: 100});
  const run = await record(directory, [...started, pulling, {...pulling, current: 20, at: 5}, event('layer/abc', 'done', 6)]);
  const lines = readFileSync(journalOf(directory), 'utf8').trimEnd().split('\n');
  expect(lines.map(line => JSON.parse(line))).toEqual([
    {run, at: 1, id: 'run', kind: 'run', status: 'working', text: 'Working'},
    {run, at: 2, id: 'phase/core', kind: 'phase', status: 'working', text: 'Working'},
    {run, at: 3, id: 'service/web', kind: 'service', status: 'working', text: 'Working'},
    {run, at: 4, id: 'image/web:1', kind: 'image', status: 'working', text: 'Working'},
  ]);
  expect(modeOf(journalOf(directory))).toBe('600');
});

test('messages, logs and health output never get in', async () => {
  const directory = temporaryFolder();
  const failure = {
    cause: 'exited',
    reason: 'canary',
    next: ['canary'],
    log: [{stream: 'stdout', text: 'canary'}],
    healthChecks: [{at: 1, exitCode: 1, output: 'canary'}],
    dispensable: false,
  } as const;
  await record(directory, [event('service/web', 'error', 1, {details: 'canary', failure})]);
  expect(readFileSync(journalOf(directory), 'utf8')).not.toContain('canary');
  expect(readFileSync(journalOf(directory), 'utf8')).toContain('"cause":"exited"');
});

test.each([
  ['was killed', started, {unfinished: true, killed: true, phase: 'core', at: 3}],
  ['reached its goal', [...started, event('run', 'done', 9)], {unfinished: false, killed: false, phase: 'core', at: 9}],
  ['had nothing to do', [event('run', 'skipped', 9)], {unfinished: false, killed: false, phase: undefined, at: 9}],
  ['failed', [...started, event('run', 'error', 9)], {unfinished: true, killed: false, phase: 'core', at: 9}],
  ['was interrupted', [...started, event('run', 'warning', 9)], {unfinished: true, killed: false, phase: 'core', at: 9}],
] as const)('the last run is known when it %s', async (_, events, expected) => {
  const directory = temporaryFolder();
  await record(directory, [event('run', 'working', 0), event('phase/other', 'working', 0)]);
  const run = await record(directory, events);
  expect(await lastRun(directory)).toMatchObject({run, ...expected});
});

test('what was done to a service by hand is noted with the command, and is no run', async () => {
  const directory = temporaryFolder();
  const run = await record(directory, [...started, event('run', 'error', 9)]);
  const journal = await openJournal(directory, 'status');
  await journal.record(event('service/web', 'working', 10));
  await journal.close();
  const [last] = readFileSync(journalOf(directory), 'utf8').trimEnd().split('\n').slice(-1);
  expect(JSON.parse(last ?? '')).toEqual({
    ...{run: journal.run, at: 10, id: 'service/web', kind: 'service', status: 'working', text: 'Working', command: 'status'},
  });
  expect(await lastRun(directory)).toMatchObject({run, unfinished: true, killed: false, at: 9});
});

test('a workspace without a journal had no run, and none is made by asking', async () => {
  const directory = temporaryFolder();
  expect(await lastRun(directory)).toBeUndefined();
  expect(await lastRun(join(directory, 'missing'))).toBeUndefined();
  expect(existsSync(join(directory, '.infra-wizard'))).toBe(false);
});

test('a journal that was cut at any byte is read up to the cut, and goes on after it', async () => {
  const directory = temporaryFolder();
  await record(directory, [...started, event('run', 'done', 9)]);
  const whole = readFileSync(journalOf(directory), 'utf8');
  for (let length = whole.length - 1; length > whole.length - 130; length -= 1) {
    truncateSync(journalOf(directory), length);
    expect((await lastRun(directory))?.startedAt).toBe(1);
  }
  const run = await record(directory, [event('run', 'done', 20)]);
  expect(await lastRun(directory)).toMatchObject({run, unfinished: false, at: 20});
  const lines = readFileSync(journalOf(directory), 'utf8').trimEnd().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({run});
});

test('lines that are not ours are passed over', async () => {
  const directory = temporaryFolder();
  const run = await record(directory, started);
  appendFileSync(journalOf(directory), 'null\n[1]\n{"run":7}\n\u0000\u0000\n');
  expect(await lastRun(directory)).toMatchObject({run, unfinished: true});
});

test('the journal stays bounded over many runs, and a run that spans two files is whole', async () => {
  const directory = temporaryFolder();
  const journal = await openJournal(directory);
  await journal.record(event('run', 'working', 1));
  const names = Array.from({length: 12_000}, (_, index) => `service/a-service-with-a-rather-long-name-${index}`);
  await Promise.all(names.map((name, index) => journal.record(event(name, 'working', index))));
  await journal.record(event('run', 'done', 99));
  await journal.close();
  const sizes = ['journal.jsonl', 'journal.1.jsonl'].map(name => statSync(join(directory, '.infra-wizard', name)).size);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000_000);
  expect(await lastRun(directory)).toMatchObject({unfinished: false, at: 99});
});
