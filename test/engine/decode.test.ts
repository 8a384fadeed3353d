import {describe, expect, test} from 'vitest';
import {decodePull, emptyPull, imageEvent, type PullState, pullEvents} from '../../source/engine/decode.ts';
import {decodePullMessage, type PullMessage} from '../../source/engine/pull-message.ts';
import type {ResourceEvent} from '../../source/events.ts';
import {recordedLines, stores} from './recordings.ts';

const image = {reference: 'postgres:17', parentId: 'phase/data'};

const messagesOf = (name: string): readonly PullMessage[] => recordedLines(name).flatMap(line => decodePullMessage(JSON.parse(line)) ?? []);

const fold = (messages: readonly PullMessage[]): PullState => messages.reduce(decodePull, emptyPull);

/** The image after each message. */
const imagesOf = (name: string): readonly ResourceEvent[] => {
  let state = emptyPull;
  return messagesOf(name).map(message => {
    state = decodePull(state, message);
    return imageEvent(image, state, 0);
  });
};

const without = (values: readonly string[]) => values.filter((value, index) => value !== values[index - 1]);

const compressed = 68_192_935;

describe.each(stores)('a pull recorded on %s', store => {
  test('passes through these words', () => {
    expect(without(imagesOf(`${store}-pulled.ndjson`).map(({text}) => text))).toEqual(['Pulling', 'Downloading', 'Extracting', 'Pulled']);
  });

  test.each(['pulled', 'reset-once', 'reset-always', 'shared-layers'])('never counts backwards or beyond its total: %s', name => {
    const events = imagesOf(`${store}-${name}.ndjson`);
    const bytes = events.map(({current = 0}) => current);
    expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
    expect(events.filter(({current = 0, total = 0}) => current > total)).toEqual([]);
  });

  test('ends with every layer and the digest', () => {
    const state = fold(messagesOf(`${store}-pulled.ndjson`));
    expect([...state.layers.values()].map(({step}) => step)).toEqual(Array(6).fill('pulled'));
    expect(state).toMatchObject({result: 'pulled', error: undefined, digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/)});
    expect(imageEvent(image, state, 7)).toMatchObject({status: 'done', text: 'Pulled', current: compressed, total: compressed, at: 7});
  });

  test('of an image that is there already has nothing to do', () => {
    const [last] = imagesOf(`${store}-present.ndjson`).slice(-1);
    expect(last).toEqual({id: 'image/postgres:17', kind: 'image', parentId: 'phase/data', status: 'skipped', text: 'Present', at: 0});
  });

  test('that stalls says nothing new from some moment on', () => {
    const messages = messagesOf(`${store}-stalled.ndjson`);
    const state = fold(messages);
    expect(state.result).toBeUndefined();
    expect(messages.slice(-2).reduce(decodePull, state)).toBe(state);
  });

  test.each(['rate-limited-blob', 'broken-registry-blob'])('that fails in the middle ends with its error and no result: %s', name => {
    expect(fold(messagesOf(`${store}-${name}.ndjson`))).toMatchObject({result: undefined, error: expect.stringMatching(/./)});
  });
});

test('after a retry the graph drivers count what is left, and the layer still ends at its own size', () => {
  const bytes = (current: number, total: number): PullMessage => ({id: 'a', status: 'Downloading', current, total, error: undefined});
  const state = fold([bytes(600, 1000), bytes(0, 400), bytes(100, 400)]);
  expect(state.layers.get('a')).toEqual({step: 'downloading', current: 700, total: 1000, note: undefined});
});

test('a layer that waits for its next try says so', () => {
  const message: PullMessage = {id: 'a', status: 'Retrying in 5 seconds', current: undefined, total: undefined, error: undefined};
  expect(pullEvents(image, decodePull(emptyPull, message), message, 3)).toEqual([
    {
      ...{id: 'layer/postgres:17/a', kind: 'layer', parentId: 'image/postgres:17', status: 'working', text: 'Retrying', at: 3},
      details: 'Retrying in 5 seconds',
    },
    {
      id: 'image/postgres:17',
      kind: 'image',
      parentId: 'phase/data',
      status: 'working',
      text: 'Downloading',
      details: '0 of 1 layers',
      growing: true,
      at: 3,
    },
  ]);
});

test('layers of an image that shares most of them, as lines', () => {
  let state = emptyPull;
  const lines = messagesOf('overlay2-shared-layers.ndjson').flatMap(message => {
    const next = decodePull(state, message);
    const events = next === state ? [] : pullEvents(image, next, message, 0);
    state = next;
    return events.map(
      ({kind, status, text, details = '', current = '', total = ''}) => `${kind} ${status} ${text} ${details} ${current}/${total}`,
    );
  });
  expect(without(lines.filter(line => !line.includes('Present')))).toMatchInlineSnapshot(`
    [
      "image working Pulling  /",
      "layer waiting Waiting  /",
      "image working Pulling 0 of 1 layers /",
      "layer working Downloading  159/159",
      "image working Downloading 0 of 1 layers 159/159",
      "layer working Downloaded  159/159",
      "image working Extracting 0 of 1 layers 159/159",
      "layer working Extracting  159/159",
      "image working Extracting 0 of 1 layers 159/159",
      "layer done Pulled  159/159",
      "image working Extracting 1 of 1 layers 159/159",
      "image done Pulled  159/159",
    ]
  `);
});

test.each([null, 3, 'text', [], {}, {status: 3}, {id: 'a'}])('%j is no message', value => {
  expect(decodePullMessage(value)).toBeUndefined();
});

test('fields of other types are as if they were not there; text is made printable', () => {
  expect(decodePullMessage({id: 7, status: 'Down\u001b[31mloading\n', progressDetail: {current: '1', total: -5}})).toEqual({
    ...{id: undefined, status: 'Downloading', current: undefined, total: undefined, error: undefined},
  });
  expect(decodePullMessage({id: 'a', status: 'Extracting', progressDetail: {current: 4, units: 's'}})).toEqual({
    ...{id: 'a', status: 'Extracting', current: undefined, total: undefined, error: undefined},
  });
  expect(decodePullMessage({errorDetail: {message: 'real'}, error: 'short'})).toMatchObject({error: 'real'});
});
