/** The log of a service, from what the engine answers: followed through a restart, and saved. */
import {readdir, readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, onTestFinished, test, vi} from 'vitest';
import {followBatches, saveLog} from '../../source/commands/service-log.ts';
import {connect} from '../../source/engine/client.ts';
import type {LogLine} from '../../source/plan/service-details.ts';
import {logFileName} from '../../source/plan/service-details.ts';
import {temporaryFolder} from '../helpers/cli.ts';
import {type Call, replayEngine} from '../helpers/replay-engine.ts';

const json = (value: unknown): Pick<Call, 'body' | 'headers'> => ({
  body: JSON.stringify(value),
  headers: {'content-type': 'application/json'},
});

const labels = {'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web'};
const listing: Call = {call: 'GET /containers/json', ...json([{Id: 'c', Names: ['/web'], Labels: labels}])};
const inspecting: Call = {
  call: 'GET /containers/c/json',
  ...json({Id: 'c', Name: '/web', State: {Status: 'running'}, Config: {Labels: labels}, HostConfig: {}}),
};
const found = [listing, inspecting];

const frame = (stream: 1 | 2, text: string) => {
  const bytes = Buffer.from(text);
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
};
const stamp = (second: number) => `2026-11-20T10:00:0${second}.000000001Z`;
const logCall = (query: Readonly<Record<string, string>>, body: readonly Uint8Array[], ending: Call['ending'] = 'end'): Call => ({
  ...{call: 'GET /containers/c/logs', query, body, ending},
  headers: {'content-type': 'application/vnd.docker.multiplexed-stream'},
});

const inputOf = async (calls: readonly Call[]) => {
  const {endpoint} = await replayEngine(calls);
  const engine = connect(endpoint);
  onTestFinished(() => engine.close());
  return {engine, project: 'shop'};
};

const never = new AbortController().signal;

test('goes on behind its last line when the container runs again, and shows no line twice', async () => {
  const first = [frame(1, `${stamp(1)} one\n`), frame(2, `${stamp(2)} two\n`)];
  const second = [frame(2, `${stamp(2)} two\n`), frame(1, `${stamp(3)} three\n`)];
  const input = await inputOf([
    ...[...found, logCall({tail: '1000', follow: 'true', timestamps: 'true'}, first)],
    ...[...found, logCall({since: stamp(2), tail: 'all', follow: 'true'}, second, 'hang')],
  ]);
  const ending = new AbortController();
  const lines: LogLine[] = [];
  for await (const batch of followBatches(input, 'web', ending.signal)) {
    lines.push(...batch);
    if (lines.at(-1)?.text === 'three') ending.abort();
  }
  expect(lines).toEqual([
    {stream: 'stdout', at: stamp(1), text: 'one'},
    {stream: 'stderr', at: stamp(2), text: 'two'},
    {stream: 'stdout', at: stamp(3), text: 'three'},
  ]);
});

test('waits for a container that is not there yet', async () => {
  const input = await inputOf([{...listing, body: '[]'}, ...found, logCall({}, [frame(1, `${stamp(1)} one\n`)], 'hang')]);
  const ending = new AbortController();
  for await (const batch of followBatches(input, 'web', ending.signal)) {
    expect(batch).toEqual([{stream: 'stdout', at: stamp(1), text: 'one'}]);
    ending.abort();
  }
});

test('of a service that is not there can not be saved, and those there are are named', async () => {
  const input = await inputOf([...found, ...found]);
  await expect(saveLog(input, 'wep', {folder: await temporaryFolder(), timestamps: false, signal: never})).rejects.toMatchObject({
    message: 'There is no service wep in shop.',
    next: ['Services: web.'],
  });
});

const lines = [frame(1, 'one\n'), frame(2, '\u001b[31mtwo\u001b[0m\n'), frame(1, `${'x'.repeat(100_000)}\n`)];

test('is saved whole in a file that only its owner may read, and nothing is replaced by it', async () => {
  vi.useFakeTimers({now: new Date(2026, 10, 20, 10, 0, 0), toFake: ['Date']});
  onTestFinished(() => void vi.useRealTimers());
  const folder = await temporaryFolder();
  const taken = logFileName('web', new Date(), 1);
  await writeFile(join(folder, taken), 'mine');
  const input = await inputOf([...found, logCall({tail: 'all', follow: 'false', timestamps: 'false'}, lines)]);
  const path = await saveLog(input, 'web', {folder, timestamps: false, signal: never});
  expect(path).toBe(join(folder, logFileName('web', new Date(), 2)));
  expect(await readFile(path, 'utf8')).toBe(`one\ntwo\n${'x'.repeat(100_000)}\n`);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readFile(join(folder, taken), 'utf8')).toBe('mine');
});

test('is saved with the time of each line where that is wanted', async () => {
  const folder = await temporaryFolder();
  const input = await inputOf([...found, logCall({timestamps: 'true'}, [frame(1, `${stamp(1)} one\n`)])]);
  expect(await readFile(await saveLog(input, 'web', {folder, timestamps: true, signal: never}), 'utf8')).toBe(`${stamp(1)} one\n`);
});

test('that can not be saved says why', async () => {
  const input = await inputOf(found);
  const folder = join(await temporaryFolder(), 'missing');
  await expect(saveLog(input, 'web', {folder, timestamps: false, signal: never})).rejects.toMatchObject({
    message: 'The log of web could not be saved.',
    exitCode: 3,
  });
  expect(await readdir(join(folder, '..'))).toEqual([]);
});
