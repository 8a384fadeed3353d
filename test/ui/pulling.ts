/** Recorded data of images on their way: with layers, and waiting for a registry. */
import type {ResourceEvent} from '../../source/events.ts';
import {start} from './fixtures.ts';

const at = (seconds: number) => start + seconds * 1000;

const phase = (id: string, status: ResourceEvent['status'], text: string): ResourceEvent => ({
  ...{id: `phase/${id}`, kind: 'phase', parentId: 'run', status, text, at: at(1)},
});

const image = (name: string, seconds: number, more: Partial<ResourceEvent>): ResourceEvent => ({
  ...{
    id: `image/registry.example/${name}:1.0`,
    kind: 'image',
    parentId: 'phase/core',
    status: 'working',
    text: 'Downloading',
    at: at(seconds),
  },
  ...more,
});

const layer = (name: string, digest: string, seconds: number, more: Partial<ResourceEvent>): ResourceEvent => ({
  ...{id: `layer/registry.example/${name}:1.0/${digest}`, kind: 'layer', parentId: `image/registry.example/${name}:1.0`},
  ...{status: 'working', text: 'Downloading', at: at(seconds)},
  ...more,
});

const waiting = {status: 'waiting', text: 'Waiting'} as const;

const begun: readonly ResourceEvent[] = [
  {id: 'run', kind: 'run', status: 'working', text: 'Rolling out', details: 'infra-dev', at: at(0)},
  phase('core', 'working', 'Starting'),
  image('gateway', 0, {...waiting, expected: 70e6}),
  image('portal', 0, {...waiting, expected: 90e6}),
  phase('authentication', 'waiting', 'Waiting'),
];

/** One layer of each kind. */
export const layered: readonly ResourceEvent[] = [
  ...begun,
  image('porter', 0, {status: 'skipped', text: 'Present'}),
  ...['6047f31a577d', '713e51e8f85c', 'e759246c5f9c', '2f5259436187', '8522c8d83bdc'].map(digest => layer('gateway', digest, 16, waiting)),
  layer('gateway', 'e45f7672f3a6', 16, {status: 'skipped', text: 'Present'}),
  layer('gateway', '713e51e8f85c', 17, {current: 0, total: 49_600_000}),
  layer('gateway', '6047f31a577d', 18, {status: 'done', text: 'Pulled', current: 2_000_000, total: 2_000_000}),
  layer('gateway', 'e759246c5f9c', 18, {text: 'Extracting', current: 3_000_000, total: 3_000_000}),
  layer('gateway', '713e51e8f85c', 19, {current: 9_600_000, total: 49_600_000}),
  layer('gateway', '2f5259436187', 20, {text: 'Retrying', details: 'Retrying in 4 seconds', current: 1_000_000, total: 8_300_000}),
  layer('gateway', '713e51e8f85c', 22, {current: 19_600_000, total: 49_600_000}),
  image('gateway', 22, {current: 25_600_000, total: 62_900_000, growing: true}),
];

const reason = 'registry.example wants fewer requests for a while.';
const busy = 'registry.example is in trouble: it answers with errors of its own.';

/** One that was asked to wait, one that waits by itself. */
export const paused: readonly ResourceEvent[] = [
  ...begun,
  image('gateway', 20, {text: 'Retrying', details: reason, wait: {until: at(54), attempt: 2, attempts: 5, asked: true}}),
  image('portal', 21, {text: 'Retrying', details: busy, wait: {until: at(25), attempt: 3, attempts: 5, asked: false}}),
];
