/** An engine that takes connections and never says a word. */

import {readdir} from 'node:fs/promises';
import {createServer, type Socket} from 'node:net';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {environmentAt, runCli, temporaryFolder} from '../helpers/cli.ts';

/** `waited`: told how long each caller waited before it hung up, in milliseconds. */
const silentEngine = async (waited: (ms: number) => void = () => undefined): Promise<string> => {
  const socket = join(await temporaryFolder(), 'docker.sock');
  const connections = new Set<Socket>();
  const server = createServer(connection => {
    const begin = performance.now();
    connection.resume().on('close', () => waited(performance.now() - begin));
    connections.add(connection.on('error', () => undefined));
  });
  await new Promise<void>(resolve => server.listen(socket, resolve));
  onTestFinished(() => {
    for (const connection of connections) connection.destroy();
    server.close();
  });
  return socket;
};

test('up gives up after ten seconds with one clear sentence, and has written nothing', async () => {
  const [socket, folder] = [await silentEngine(), await temporaryFolder()];
  const begin = performance.now();
  const finished = await runCli(['up', '--yes'], {env: {...environmentAt(folder), DOCKER_HOST: `unix://${socket}`}, cwd: folder});
  expect(performance.now() - begin).toBeLessThan(15_000);
  expect({...finished, left: await readdir(folder)}).toEqual({
    code: 1,
    stdout: '',
    stderr: [
      'error: The Docker Engine did not answer within 10 s.',
      `  It is there, but busy or stuck. Asked at unix://${socket}, as DOCKER_HOST says.`,
      '  next: See what it says: journalctl -u docker.',
      '  next: Restart it: sudo systemctl restart docker.\n',
    ].join('\n'),
    left: [],
  });
});

test('write works all the same', async () => {
  const [socket, folder] = [await silentEngine(), await temporaryFolder()];
  const finished = await runCli(['write'], {env: {...environmentAt(folder), DOCKER_HOST: `unix://${socket}`}, cwd: folder});
  expect(finished).toMatchObject({code: 0, stdout: `${join(folder, 'infra')}\n`});
  expect(await readdir(join(folder, 'infra'))).toContain('11-docker-compose.Infra.dev.yml');
});

test('doctor gives it two seconds, and says everything else all the same', async () => {
  const waits: number[] = [];
  const [socket, folder] = [await silentEngine(ms => waits.push(ms)), await temporaryFolder()];
  const finished = await runCli(['doctor', '--json'], {
    env: {...environmentAt(folder), DOCKER_HOST: `unix://${socket}`},
    cwd: folder,
  });
  const {findings} = JSON.parse(finished.stdout) as {findings: readonly {id: string; next: readonly string[]}[]};
  expect([finished.code, finished.stderr]).toEqual([3, '']);
  // How long the whole takes depends on how busy the machine is; how long the engine is waited for does not.
  expect(waits).not.toEqual([]);
  expect(Math.max(...waits)).toBeLessThan(5000);
  expect(findings.find(({id}) => id === 'D21')).toMatchObject({
    level: 'blocking',
    what: `No Docker Engine answers: It is there, but busy or stuck. Asked at unix://${socket}, as DOCKER_HOST says.`,
    next: ['See what it says: journalctl -u docker.', 'Restart it: sudo systemctl restart docker.'],
  });
  expect(findings.length).toBeGreaterThan(20);
  expect(await readdir(folder)).toEqual([]);
});
