import {once} from 'node:events';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {diskOf, inspectHostFacts} from '../../source/preflight/host.ts';

const temporaryFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'infra-wizard-test-'));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
};

const folderFacts = async (directory: string) => {
  const {kind, writable, worldWritable} = (await inspectHostFacts({directory})).folder;
  return {kind, writable, worldWritable};
};

test('a program that listens is found with its name and number', async ({skip}) => {
  if (process.platform !== 'linux') return skip('needs /proc');
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
  });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const {listeners} = await inspectHostFacts({directory: '.'});
  expect(listeners.filter(listener => listener.port === port)).toEqual([
    {address: '127.0.0.1', port, protocol: 'tcp', process: expect.objectContaining({pid: process.pid, name: expect.stringMatching(/./)})},
  ]);
});

test('the folder is described as it is, and not created', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'real'));
  mkdirSync(join(folder, 'open'));
  chmodSync(join(folder, 'open'), 0o777);
  writeFileSync(join(folder, 'file'), '');
  symlinkSync('real', join(folder, 'link'));
  expect(await folderFacts(join(folder, 'deep', 'missing'))).toEqual({kind: 'missing', writable: true, worldWritable: false});
  expect(await folderFacts(join(folder, 'real'))).toEqual({kind: 'folder', writable: true, worldWritable: false});
  expect(await folderFacts(join(folder, 'open'))).toMatchObject({kind: 'folder', worldWritable: true});
  expect(await folderFacts(join(folder, 'file'))).toMatchObject({kind: 'file', writable: false});
  expect(await folderFacts(join(folder, 'file', 'below'))).toMatchObject({kind: 'missing', writable: false});
  expect(await folderFacts(join(folder, 'link'))).toMatchObject({kind: 'link'});
  expect(existsSync(join(folder, 'deep'))).toBe(false);
});

test('the socket of an engine is described with its group', async () => {
  const path = join(temporaryFolder(), 'docker.sock');
  expect((await inspectHostFacts({directory: '.', socket: path})).socket).toBeUndefined();
  const server = createServer().listen(path);
  onTestFinished(() => {
    server.close();
  });
  await once(server, 'listening');
  expect((await inspectHostFacts({directory: '.', socket: path})).socket).toEqual({path, group: process.getgid?.(), usable: true});
});

test('disk and memory are plausible numbers', async () => {
  const disk = await diskOf(join(temporaryFolder(), 'not', 'there'));
  expect(disk?.total).toBeGreaterThanOrEqual(disk?.free ?? Number.POSITIVE_INFINITY);
  const facts = await inspectHostFacts({directory: '.'});
  expect(facts.memory).toBeGreaterThanOrEqual(facts.memoryAvailable);
  expect(facts.cpus).toBeGreaterThan(0);
});
