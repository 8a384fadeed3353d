import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {describe, expect, it, vi} from 'vitest';
import {sandboxSupport, startSandbox} from './sandbox.ts';
import {docker} from './test-helpers.ts';
import {tracesOf} from './traces.ts';

vi.setConfig({testTimeout: 300_000});
const support = await sandboxSupport();

describe.runIf(support.ok)('the life of a sandbox', () => {
  it('leaves no trace when it is stopped with containers running', async () => {
    const sandbox = await startSandbox();
    const namespace = (await sandbox.exec(['readlink', '/proc/self/ns/net'])).stdout.trim();
    await docker(sandbox, 'run', '--detach', '--publish', '8080:80', 'sandbox/sleeper:1');
    const before = (await tracesOf(sandbox.directory, namespace)).join('\n');
    expect(before).toMatch(/process \d+ dockerd/);
    expect(before).toMatch(/process \d+ sleep/);
    expect(before).toContain(`folder ${sandbox.directory}`);
    await sandbox.stop();
    expect(await tracesOf(sandbox.directory, namespace)).toEqual([]);
  });

  it('runs beside another one with the same ports', async () => {
    const sandboxes = await Promise.all([startSandbox(), startSandbox({store: 'containerd'})]);
    const publish = sandboxes.map(sandbox => docker(sandbox, 'run', '--detach', '--publish', '8080:80', 'sandbox/sleeper:1'));
    const [first, second] = await Promise.all(publish);
    expect(first).not.toBe(second);
    for (const sandbox of sandboxes) expect((await docker(sandbox, 'ps', '--quiet')).split('\n')).toHaveLength(1);
    await Promise.all(sandboxes.map(sandbox => sandbox.stop()));
  });

  it('ends without a trace when its starter is killed', async () => {
    const here = dirname(fileURLToPath(import.meta.url));
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const report = 'echo "$DOCKER_HOST"; readlink /proc/self/ns/net; exec sleep infinity';
    const argv = ['--import', tsx, join(here, 'cli.ts'), '--', 'sh', '-c', report];
    const starter = spawn(process.execPath, argv, {stdio: ['ignore', 'pipe', 'ignore']});
    const [host = '', namespace = ''] = await firstLines(starter.stdout, 2);
    const directory = dirname(new URL(host).pathname);
    expect(await tracesOf(directory, namespace)).not.toEqual([]);
    starter.kill('SIGKILL');
    await once(starter, 'exit');
    await vi.waitFor(async () => expect(await tracesOf(directory, namespace)).toEqual([]), {timeout: 30_000, interval: 100});
  });
});

async function firstLines(stream: NodeJS.ReadableStream, count: number): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({input: stream})) {
    if (lines.push(line) === count) break;
  }
  return lines;
}
