/** The services of the live view. */
import {expect, test} from 'vitest';
import {statusServices} from '../../source/commands/status-services.ts';
import {containerOf} from '../../source/engine/container-record.ts';
import type {Engine} from '../../source/engine/engine.ts';
import {gate} from '../helpers/scripted-engine.ts';

const db = {...containerOf({Id: 'id-db', State: {Status: 'exited'}, Config: {}, HostConfig: {}}), service: 'db'};

const servicesOn = (engine: Partial<Engine>) =>
  statusServices({
    ...{
      engine: {containers: async () => [db], ...engine} as Engine,
      project: 'p',
      urls: new Map(),
      directory: '/nowhere',
      folder: '/nowhere',
    },
    ...{env: {}, out: () => undefined, signal: new AbortController().signal},
  });

test('whoever leaves waits for what was asked of the engine, also where that fails', async () => {
  const arrived = gate();
  const done: string[] = [];
  const {start, stop, idle} = servicesOn({
    start: async id => {
      await arrived.opened;
      done.push(id);
    },
    stop: async () => {
      throw new Error('refused');
    },
  });
  const started = start('db');
  await expect(stop('db')).rejects.toThrow('refused');
  const left = idle().then(() => done.push('left'));
  await new Promise(resolve => setImmediate(resolve));
  expect(done).toEqual([]);
  arrived.open();
  await Promise.all([started, left]);
  expect(done).toEqual(['id-db', 'left']);
  await idle();
});
