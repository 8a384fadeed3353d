/** Coming back to what was set up: the next phase, a component less, and a change that would lose sight of the data. */
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {openPlatform, type Platform, summary} from '../helpers/platform.ts';
import {openShell, restored} from '../helpers/shell.ts';

const support = await engineSupport();
const data = 'infra-dev_redis-data';

describe.runIf(support.kind !== 'none')(titled('coming back to a workspace', support), () => {
  let engine: TestEngine;
  let platform: Platform;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
    const first = await platform.run('up', '--yes', '--without', 'keycloak', '--with', 'redis');
    expect(first.code, first.stderr).toBe(0);
  });
  afterAll(async () => {
    await platform?.remove();
    await engine?.stop();
  });

  const ids = async () => Object.fromEntries((await platform.containers()).map(({service, id}) => [service, id]));
  const named = async (kind: 'volume' | 'network') =>
    (await platform.docker(kind, 'ls', '--format', '{{.Name}}')).stdout
      .split('\n')
      .filter(name => name.startsWith('infra-dev_'))
      .sort();
  const up = async (...args: readonly string[]) => {
    const finished = await platform.run('up', '--yes', ...args);
    expect(finished.code, finished.stderr).toBe(0);
    return finished;
  };

  test('another variant, which no data follows, is refused, with the ways out; nothing changes', async () => {
    const before = await ids();
    const {code, stderr} = await platform.run('up', '--yes', '--with', 'redis:cluster');
    expect([code, await ids()]).toEqual([3, before]);
    expect(stderr).toMatch(/D76: Redis is deployed as .* \(redis\) and selected as .*: no data moves, it stays in infra-dev_redis-data/);
    expect(stderr).toContain('--with redis:standalone');
  });

  test('what is left out goes on running, and the plan says how to ask for more', async () => {
    const left = await platform.run('plan', '--without', 'redis');
    expect(left.stdout).toMatch(/leave +redis +runs, but is not selected; nothing is removed unasked, --remove asks for it/);
    const removed = await platform.run('plan', '--without', 'redis', '--remove');
    expect(removed.stdout).toMatch(/remove +redis +Redis is not selected any more; keeps the volume infra-dev_redis-data/);
  });

  test('asked for, it is removed: its data stays, and nothing else is touched', async () => {
    const {redis, ...others} = await ids();
    expect(redis).toBeDefined();
    expect(await named('network')).toContain('infra-dev_cachenet');
    // Of the project, but without the wizard's label: none of its business.
    const stranger = ['run', '--detach', '--label', 'com.docker.compose.project=infra-dev', '--label', 'com.docker.compose.service=mine'];
    const image = (await platform.docker('inspect', '--format', '{{.Config.Image}}', others.traefik ?? '')).stdout.trim();
    expect((await platform.docker(...stranger, '--entrypoint', 'sleep', image, '600')).code).toBe(0);
    const {mine} = await ids();
    const {stderr} = await up('--without', 'redis', '--remove');
    expect(stderr).toMatch(/service redis: Removed.*keeps infra-dev_redis-data/);
    expect(await ids()).toEqual({...others, mine});
    expect(await named('volume')).toContain(data);
    expect(await named('network')).not.toContain('infra-dev_cachenet');
    expect((await platform.docker('rm', '--force', mine ?? '')).code).toBe(0);
    expect(await platform.run('plan', '--exit-code', '--remove')).toMatchObject({code: 0});
  });

  test('the wizard starts at the next phase, and removes what is unpicked only after it was told to', async () => {
    const created = async () => (await platform.docker('volume', 'inspect', '--format', '{{.CreatedAt}}', data)).stdout;
    const before = await created();
    await up('--with', 'redis');
    const {'traefik-socket-proxy': proxy} = await ids();
    const shell = openShell({env: platform.env, inside: engine.inside, cwd: platform.env.HOME ?? '/'});
    shell.resize(100, 40);
    const enter = async (screen: RegExp) => {
      await shell.waitFor(screen, 30_000);
      shell.type('\r');
    };
    shell.run('--dir', platform.workspace);
    await enter(/Deployed +infra-dev: 2 of 2 components/);
    await enter(/2\/5 Basics/);
    expect(await shell.waitFor(/❯ ◻ Keycloak/)).toMatch(/Deployed: Core, Data\. Next: Authentication/);
    shell.type(' ');
    await shell.waitFor(/❯ ◼ Keycloak/);
    for (let title = 'Keycloak'; title !== 'Redis'; title = /❯ . (\S+)/.exec(await shell.screen())?.[1] ?? '') {
      shell.type('j');
      await shell.waitFor(new RegExp(`❯ . (?!${title} )`));
    }
    shell.type(' ');
    await shell.waitFor(/Redis is deployed and will be removed; the data stays in infra-dev_redis-data/);
    await enter(/3\/5 Components/);
    await enter(/4\/5 Review[\s\S]*Enter roll out/);
    await enter(/Shall it be removed\? \[y\/N\]/);
    // Enter is no: the plan is back.
    await enter(/4\/5 Review[\s\S]*Enter roll out/);
    await shell.waitFor(/Shall it be removed\?/);
    shell.type('y');
    await enter(/4\/5 Save/);
    await shell.waitFor(/services are as they should be/, 150_000);
    shell.type('q');
    expect(await shell.end()).toEqual({code: 0, ...restored});
    expect(summary(await platform.containers())).toMatchObject({keycloak: 'running healthy', traefik: 'running healthy'});
    expect(await ids()).toMatchObject({'traefik-socket-proxy': proxy});
    expect(await ids()).not.toHaveProperty('redis');
    expect(await created()).toBe(before);
  });
});
