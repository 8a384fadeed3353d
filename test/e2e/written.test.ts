/** The written folder is ordinary: without the program, docker compose does the same job. */
import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {goal, type Platform, platformForTest, summary} from '../helpers/platform.ts';

const support = await engineSupport();

describe.runIf(support.kind !== 'none')(titled('a workspace that was only written', support), () => {
  let engine: TestEngine;
  let platform: Platform;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
  });
  beforeEach(async context => {
    platform = await platformForTest(engine, context);
  });
  afterAll(() => engine?.stop());

  test('is brought up by docker compose alone, taken over by the program without a change, and removed by docker compose', async () => {
    expect((await platform.run('write')).code).toBe(0);
    expect(await platform.containers()).toEqual([]);
    const up = await platform.docker('compose', 'up', '--detach', '--wait', '--quiet-pull');
    // Compose counts a job that ended well as a failure of --wait: docker/compose issue 11638.
    expect([0, 1], up.stderr).toContain(up.code);
    const containers = await platform.containers();
    expect(summary(containers)).toEqual(goal);
    const taken = await platform.run('up', '--yes');
    expect(taken.code, taken.stderr).toBe(0);
    expect(await platform.containers()).toEqual(containers);
    expect((await platform.docker('compose', 'down', '--volumes')).code).toBe(0);
    expect(await platform.containers()).toEqual([]);
    expect((await platform.docker('volume', 'ls', '--quiet')).stdout).toBe('');
  });

  test("the operator's own service in the 90- overlay is rolled out with the rest and survives the next write", async () => {
    await mkdir(platform.workspace);
    const overlay = join(platform.workspace, '90-docker-compose.Infra.dev.local.yml');
    const own = 'services:\n  own:\n    image: traefik:v3.7.13\n    entrypoint: [sh, -c, "trap exit TERM; while :; do sleep 1; done"]\n';
    await writeFile(overlay, own);
    const up = await platform.run('up', '--yes');
    expect(up.code, up.stderr).toBe(0);
    expect(summary(await platform.containers())).toEqual({...goal, own: 'running -'});
    expect((await platform.run('plan', '--exit-code')).code).toBe(0);
    await engine.reset();
  });
});
