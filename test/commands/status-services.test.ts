/** The services of the live view. */
import {chmodSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {ServiceActionsInput} from '../../source/commands/service-actions.ts';
import {statusServices} from '../../source/commands/status-services.ts';
import {containerOf} from '../../source/engine/container-record.ts';
import type {Engine} from '../../source/engine/engine.ts';
import {gate} from '../helpers/scripted-engine.ts';
import {temporaryFolder} from '../workspace/folders.ts';

const db = {...containerOf({Id: 'id-db', State: {Status: 'exited'}, Config: {}, HostConfig: {}}), service: 'db'};

const servicesOn = (engine: Partial<Engine>, more: Partial<ServiceActionsInput> = {}) => {
  const directory = temporaryFolder();
  return statusServices({
    ...{engine: {containers: async () => [db], ...engine} as Engine, project: 'p', urls: new Map(), directory, folder: directory},
    ...{env: {}, out: () => undefined, regain: () => undefined, signal: new AbortController().signal},
    mounted: {read: async () => new Map(), label: async () => undefined},
    ...more,
  });
};

test('whoever leaves waits for what was asked of the engine, also where that fails', async () => {
  const asked = gate();
  const arrived = gate();
  const done: string[] = [];
  const {start, stop, idle} = servicesOn({
    start: async id => {
      asked.open();
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
  await asked.opened;
  await new Promise(resolve => setImmediate(resolve));
  expect(done).toEqual([]);
  arrived.open();
  await Promise.all([started, left]);
  expect(done).toEqual(['id-db', 'left']);
  await idle();
});

test('a terminal that a shell had is taken back when it is left', async () => {
  const said: string[] = [];
  const PATH = temporaryFolder();
  const docker = join(PATH, 'docker');
  writeFileSync(docker, '#!/bin/sh\nexit 0\n');
  chmodSync(docker, 0o755);
  const {shell} = servicesOn({}, {env: {PATH}, out: text => void said.push(text), regain: () => void said.push('regained')});
  await shell('db');
  expect(said).toEqual([expect.stringContaining('exit comes back.'), 'regained']);
});
