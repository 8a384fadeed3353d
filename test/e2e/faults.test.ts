/** What goes wrong on the way: said where it happened, with what to do; all else goes on, and the same command resumes. */
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {filesIn, goal, type Platform, platformForTest, summary} from '../helpers/platform.ts';

const support = await engineSupport();

const local = '90-docker-compose.Infra.dev.local.yml';

/** The lines of a failure block: from the line that starts it to the next line that is not indented further. */
const blockOf = (stderr: string, start: RegExp): string => {
  const lines = stderr.split('\n');
  const from = lines.findIndex(line => start.test(line));
  const length = lines.slice(from + 1).findIndex(line => !/^ {11}/.test(line));
  return lines.slice(from, from + 1 + length).join('\n');
};

describe.runIf(support.kind === 'sandbox')(titled('a rollout on which something goes wrong', support, 'faults'), () => {
  let engine: TestEngine;
  let platform: Platform;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
  });
  beforeEach(async context => {
    await engine.reset();
    platform = await platformForTest(engine, context);
  });
  afterEach(async () => {
    await engine.sandbox?.registry.clear();
    await engine.sandbox?.registry.setRate(undefined);
  });
  afterAll(() => engine?.stop());

  const registry = () => {
    if (!engine.sandbox) throw new Error('Faults need the registry of the sandbox.');
    return engine.sandbox.registry;
  };

  const expectGoal = async () => {
    const resumed = await platform.run('up', '--yes');
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(summary(await platform.containers())).toEqual(goal);
  };

  test('a missing image: it is named, what needs it is not started, the phase before is right, and the next run goes on', async () => {
    await engine.reset({images: true});
    await registry().fail('library/postgres', {kind: 'status', at: 'manifest', status: 404});
    const ended = await platform.run('up', '--yes');
    expect(ended.code, ended.stderr).toBe(5);
    const block = blockOf(ended.stderr, /error: service keycloak-postgres: Failed/);
    expect(block).toContain('postgres:17.11');
    expect(block).toMatch(/next: /);
    expect(summary(await platform.containers())).toEqual({traefik: 'running healthy', 'traefik-socket-proxy': 'running healthy'});
    await registry().clear();
    await expectGoal();
  });

  test('connections that are cut in the middle of a layer are taken up again', async () => {
    await engine.reset({images: true});
    await registry().fail('library/traefik', {kind: 'reset', afterBytes: 3_000_000, times: 3});
    await registry().setRate(80e6);
    const ended = await platform.run('up', '--yes', '--phase', 'core');
    expect(ended.code, ended.stderr).toBe(0);
    const parts = (await registry().requests()).filter(({path, status}) => path.includes('/library/traefik/blobs') && status === 206);
    expect(parts.length).toBeGreaterThan(0);
    expect(summary(await platform.containers())).toEqual({traefik: 'running healthy', 'traefik-socket-proxy': 'running healthy'});
  });

  test('a service that never gets healthy: what its check said, the end of its log, and the earlier phase stays up', async () => {
    expect((await platform.run('write')).code).toBe(0);
    const overlay = join(platform.workspace, local);
    const mended = (await filesIn(platform.workspace)).get(local)?.content ?? '';
    const check = '{test: [CMD-SHELL, "echo the check says no; exit 1"], interval: 1s, start_period: 0s, start_interval: 1s, retries: 2}';
    await writeFile(overlay, `services:\n  keycloak:\n    healthcheck: ${check}\n`);
    const ended = await platform.run('up', '--yes');
    expect(ended.code, ended.stderr).toBe(5);
    const block = blockOf(ended.stderr, /error: service keycloak: Failed/);
    expect(block).toContain('keycloak runs, but its health check keeps failing.');
    expect(block).toContain('the check says no');
    expect(block).toMatch(/^ +[|] Listening on 8080 and 9000$/m);
    const {keycloak, traefik, 'keycloak-setup': setup} = summary(await platform.containers());
    expect({keycloak, traefik, setup}).toEqual({keycloak: 'running unhealthy', traefik: 'running healthy', setup: undefined});
    const core = (await platform.containers()).filter(({service}) => service.startsWith('traefik'));
    await writeFile(overlay, mended);
    await expectGoal();
    expect((await platform.containers()).filter(({service}) => service.startsWith('traefik'))).toEqual(core);
    expect((await filesIn(platform.workspace)).get(local)?.content).toBe(mended);
  });

  test('a port that is held before is found before anything is written', async () => {
    const release = await engine.sandbox?.holdPort(443);
    const refused = await platform.run('up', '--yes');
    await release?.();
    expect(refused.code, refused.stderr).toBe(3);
    expect(refused.stderr).toMatch(/443\/tcp for traefik is taken by \S+ \(process \d+\)/);
    expect(refused.stderr).toContain('nothing was changed');
    await expect(filesIn(platform.workspace)).rejects.toThrow('ENOENT');
    expect(await platform.containers()).toEqual([]);
    await expectGoal();
  });

  test('a port that is taken between the check and the start is named, and the next run goes on', async () => {
    const running = platform.start('up', '--yes');
    await running.waitFor(/Rolling out/);
    const release = await engine.sandbox?.holdPort(443);
    const ended = await running.finished;
    expect(ended.code, ended.stderr).toBe(5);
    const block = blockOf(ended.stderr, /error: service traefik: Failed/);
    expect(block).toMatch(/Port 443 of this host is in use by \S+ \(process \d+\), so traefik can not start\./);
    expect(block).toMatch(/next: If it is not needed, (?:end it: sudo kill \d+|stop it: sudo systemctl stop \S+\.service)/);
    expect((await platform.containers()).filter(({service}) => service.startsWith('keycloak'))).toEqual([]);
    await release?.();
    await expectGoal();
  });
});
