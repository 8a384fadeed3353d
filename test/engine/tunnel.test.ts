import {chmod, mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import {beforeEach, expect, onTestFinished, test} from 'vitest';
import {connect} from '../../source/engine/client.ts';
import {openTunnel} from '../../source/engine/tunnel.ts';
import {replayEngine} from '../helpers/replay-engine.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ssh-'));
  onTestFinished(() => rm(directory, {recursive: true, force: true}));
});

const env = () => ({PATH: [directory, dirname(process.execPath)].join(delimiter)});
const ssh = async (script: string) => {
  await writeFile(
    join(directory, 'ssh'),
    `#!/usr/bin/env node\nconst fs = require('fs'), net = require('net'), argv = process.argv.slice(2);\n${script}\n`,
  );
  await chmod(join(directory, 'ssh'), 0o755);
};
const endpoint = (host: string) => ({kind: 'ssh', host, from: 'DOCKER_HOST'}) as const;
const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Does what ssh does with -L, without the encryption. */
const forward = `
fs.writeFileSync(__dirname + '/argv', argv.join(' '));
const [local, remote] = argv[argv.indexOf('-L') + 1].split(':');
net.createServer(near => { const far = net.connect(remote); near.pipe(far).pipe(near); for (const s of [near, far]) s.on('error', () => near.destroy() && far.destroy()) }).listen(local);`;

test('requests go through one ssh to the socket over there', async () => {
  await ssh(forward);
  const engine = await replayEngine([{call: 'GET /_ping', body: 'OK'}]);
  const remote = engine.endpoint.host.slice('unix://'.length);
  const tunnel = await openTunnel(endpoint(`ssh://ada@far:2222${remote}`), {env: env(), signal: new AbortController().signal});
  expect(tunnel.endpoint).toMatchObject({kind: 'unix', from: 'DOCKER_HOST', host: expect.stringMatching(/^unix:\/\//)});
  expect(await connect(tunnel.endpoint).ping()).toBeUndefined();
  const local = tunnel.endpoint.host.slice('unix://'.length);
  expect(await readFile(join(directory, 'argv'), 'utf8')).toMatch(new RegExp(` -p 2222 -L ${local}:${remote} -- ada@far$`));
  await tunnel.close();
  expect(await isThere(dirname(local))).toBe(false);
});

test('an abort ends it and removes its socket', async () => {
  await ssh(forward);
  const stopping = new AbortController();
  const tunnel = await openTunnel(endpoint('ssh://far'), {env: env(), signal: stopping.signal});
  stopping.abort();
  await tunnel.close();
  expect(await isThere(dirname(tunnel.endpoint.host.slice('unix://'.length)))).toBe(false);
});

test('what ssh says when it is refused', async () => {
  await ssh(`console.error('ada@far: Permission denied (publickey).'); process.exit(255)`);
  await expect(openTunnel(endpoint('ssh://ada@far'), {env: env(), signal: new AbortController().signal})).rejects.toMatchObject({
    message: 'No SSH connection to ada@far.',
    why: 'ssh says: ada@far: Permission denied (publickey).',
    next: ['Try it: ssh ada@far docker version.', 'It must work without a password: add your key with ssh-copy-id.'],
  });
});

test('no answer in time, no ssh at all, and an abort meanwhile', async () => {
  await ssh('setInterval(() => {}, 1000)');
  const signal = new AbortController().signal;
  await expect(openTunnel(endpoint('ssh://far'), {env: env(), signal, limitMs: 300})).rejects.toMatchObject({
    why: 'ssh says: No connection within 0.3 s.',
  });
  await expect(openTunnel(endpoint('ssh://far'), {env: {PATH: '/nonexistent'}, signal})).rejects.toMatchObject({
    why: expect.stringMatching(/could not be run/),
  });
  const stopping = new AbortController();
  const opening = openTunnel(endpoint('ssh://far'), {env: env(), signal: stopping.signal});
  stopping.abort(new Error('enough'));
  await expect(opening).rejects.toThrow('enough');
});
