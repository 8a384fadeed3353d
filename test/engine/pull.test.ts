import {describe, expect, onTestFinished, test} from 'vitest';
import {connect} from '../../source/engine/client.ts';
import {type PullImageOptions, pullImage} from '../../source/engine/pull.ts';
import type {ResourceEvent} from '../../source/events.ts';
import {collect} from '../helpers/collect.ts';
import {type Call, replayEngine} from '../helpers/replay-engine.ts';
import {recording} from './recordings.ts';

const call = 'POST /images/create';
const busy = {status: 500, body: JSON.stringify({message: 'received unexpected HTTP status: 503 Service Unavailable'})};

interface Run {
  readonly events: readonly ResourceEvent[];
  readonly waits: readonly number[];
}

/** Time stands still: a wait is written down and over at once. */
const pull = async (answers: readonly (Omit<Call, 'call'> & Partial<Call>)[], options: Partial<PullImageOptions> = {}): Promise<Run> => {
  const {endpoint} = await replayEngine(answers.map(answer => ({call, ...answer})));
  const engine = connect(endpoint);
  onTestFinished(() => engine.close());
  const waits: number[] = [];
  const delay = async (ms: number) => void waits.push(ms);
  const signal = new AbortController().signal;
  const settings = {reference: 'postgres:17', parentId: 'phase/data', signal, delay, random: () => 0.5, now: () => 7, ...options};
  return {events: await collect(pullImage(engine, settings)), waits};
};

const imageLines = ({events}: Run): readonly string[] =>
  events.filter(({kind}) => kind === 'image').map(({status, text, details = ''}) => `${status} ${text} ${details}`.trim());

test('an image that is there already is skipped', async () => {
  expect((await pull([{body: recording('overlay2-present.ndjson')}])).events).toEqual([
    {id: 'image/postgres:17', kind: 'image', parentId: 'phase/data', status: 'working', text: 'Pulling', at: 7},
    {id: 'image/postgres:17', kind: 'image', parentId: 'phase/data', status: 'skipped', text: 'Present', at: 7},
  ]);
});

test.each(['overlay2', 'containerd'])('a pull recorded on %s ends with the whole image, after all of its layers', async store => {
  const {events, waits} = await pull([{body: recording(`${store}-pulled.ndjson`)}]);
  const last = events.at(-1);
  expect([last?.id, last?.status, last?.current, last?.total, waits]).toEqual(['image/postgres:17', 'done', 68_192_935, 68_192_935, []]);
  const layers = new Map(events.filter(({kind}) => kind === 'layer').map(({id, status}) => [id, status]));
  expect([...layers.values()]).toEqual(Array(6).fill('done'));
  expect(events.filter(({kind, parentId}) => kind === 'layer' && parentId !== 'image/postgres:17')).toEqual([]);
});

test('a registry in trouble is asked again, each time after about twice the time, and it is said once when', async () => {
  const run = await pull([busy, busy, busy, {body: recording('overlay2-present.ndjson')}]);
  const why = 'docker.io is in trouble: it answers with errors of its own.';
  expect(imageLines(run)).toEqual([
    'working Pulling',
    ...[1, 2, 3].flatMap(() => [`working Retrying ${why}`, 'working Pulling']),
    'skipped Present',
  ]);
  expect(run.events.flatMap(({wait}) => wait ?? [])).toEqual([
    {until: 1007, attempt: 2, attempts: 5, asked: false},
    {until: 2007, attempt: 3, attempts: 5, asked: false},
    {until: 4007, attempt: 4, attempts: 5, asked: false},
  ]);
  expect(run.waits).toEqual([1000, 2000, 4000]);
});

test('it gives up after so many attempts, with the failure', async () => {
  const {events} = await pull([busy, busy], {attempts: 2});
  expect(events.at(-1)).toEqual({
    ...{id: 'image/postgres:17', kind: 'image', parentId: 'phase/data', status: 'error', text: 'Error', at: 7},
    details: 'docker.io is in trouble: it answers with errors of its own.',
    failure: {
      ...{cause: 'pull', image: 'postgres:17', dispensable: false},
      reason: 'docker.io is in trouble: it answers with errors of its own.',
      next: ['Wait for some minutes, then run the same command again.'],
    },
  });
});

test('what cannot succeed is not tried again', async () => {
  const {events, waits} = await pull([{status: 404, body: JSON.stringify({message: 'manifest unknown'})}]);
  expect([events.at(-1)?.failure?.reason, waits]).toEqual(['docker.io has no postgres:17: the repository or the tag does not exist.', []]);
});

test('a registry that says how long to wait is obeyed', async () => {
  const told = {status: 500, body: JSON.stringify({message: 'toomanyrequests: retry-after: 2s'})};
  const {waits, events} = await pull([told, {body: recording('overlay2-present.ndjson')}]);
  expect(waits).toEqual([2500]);
  expect(events.find(({wait}) => wait)?.wait).toEqual({until: 2507, attempt: 2, attempts: 5, asked: true});
});

describe('a registry whose words do not come with the status 429 is asked what it says,', () => {
  const head = 'https://registry-1.docker.io/v2/library/postgres/manifests/17';
  const wordless = {
    status: 500,
    body: JSON.stringify({
      message: `unknown: failed to resolve reference: unexpected status from HEAD request to ${head}: 429 Too Many Requests`,
    }),
  };
  const said = (status: number, message: string) => ({
    ...{call: 'GET /distribution/docker.io/library/postgres:17/json', status, body: JSON.stringify({message})},
  });
  const there = {body: recording('containerd-present.ndjson')};

  test('and obeyed when that is how long to wait', async () => {
    const {waits} = await pull([wordless, said(429, 'toomanyrequests: retry-after: 40s'), there]);
    expect(waits).toEqual([40_500]);
  });

  test('and left alone when it lets nobody pull any more', async () => {
    const {events, waits} = await pull([wordless, said(429, 'toomanyrequests: You have reached your unauthenticated pull rate limit.')]);
    expect(waits).toEqual([]);
    expect(events.at(-1)?.failure?.next[0]).toBe('Log in: docker login. The limit is higher for known users.');
  });

  test.each([
    ['an answer', {...said(200, ''), body: JSON.stringify({Descriptor: {digest: `sha256:${'c'.repeat(64)}`}})}],
    ['another failure', said(500, 'unexpected EOF')],
  ])('and %s changes nothing: it is asked again after a long while', async (_name, answer) => {
    const {events, waits} = await pull([wordless, answer, there]);
    expect(waits).toEqual([10_000]);
    expect(events.find(({wait}) => wait)?.details).toBe(
      'docker.io wants fewer requests for a while, of users without a login for some hours.',
    );
  });
});

test('a pull that breaks in the middle goes on with a new one', async () => {
  const run = await pull([{body: recording('overlay2-reset-always.ndjson')}, {body: recording('overlay2-pulled.ndjson')}]);
  const words = imageLines(run).map(line => line.split(' ')[1]);
  expect(words.filter((word, index) => word !== words[index - 1])).toEqual([
    'Pulling',
    'Downloading',
    'Retrying',
    'Pulling',
    'Downloading',
    'Extracting',
    'Pulled',
  ]);
});

test('an error of its wait ends it', async () => {
  const stopping = new AbortController();
  const waiting = pull([busy], {
    signal: stopping.signal,
    delay: async () => {
      stopping.abort(new Error('enough'));
      throw stopping.signal.reason;
    },
  });
  await expect(waiting).rejects.toThrow('enough');
});

test.each([
  ['pulls', {body: recording('overlay2-stalled.ndjson'), ending: 'hang'}, 'Downloading'],
  ['waits with a timer', busy, 'Retrying'],
] as const)('an abort while it %s throws the reason', async (_name, answer, word) => {
  const stopping = new AbortController();
  const {endpoint} = await replayEngine([{call, ...answer}]);
  const events = pullImage(connect(endpoint), {reference: 'postgres:17', parentId: 'phase/data', signal: stopping.signal, random: () => 1});
  const reading = (async () => {
    for await (const {text} of events) if (text === word) setImmediate(() => stopping.abort(new Error('enough')));
  })();
  await expect(reading).rejects.toThrow('enough');
});
