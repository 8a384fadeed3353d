/** The whole journey in a real terminal: Enter and nothing else, to a running platform. */
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {filesIn, goal, type Platform, platformForTest, summary} from '../helpers/platform.ts';
import {openShell, restored, type Shell} from '../helpers/shell.ts';

const support = await engineSupport();

const ctrlC = '\u0003';

describe.runIf(support.kind !== 'none')(titled('the wizard', support), () => {
  let engine: TestEngine;
  let platform: Platform;
  let shell: Shell;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
  });
  beforeEach(async context => {
    await engine.reset();
    platform = await platformForTest(engine, context);
    shell = terminal();
  });
  afterAll(() => engine?.stop());

  const terminal = () => openShell({env: platform.env, inside: engine.inside, cwd: platform.env.HOME ?? '/'});

  /** How often Enter was pressed until the rollout was on screen. */
  const walkToRollout = async (): Promise<number> => {
    // Without it, the tier is what this machine fits.
    shell.run('--tier', 'minimal', '--dir', platform.workspace);
    const ready = [/1\/5 Welcome[\s\S]*Compose +\d/, /2\/5 Basics/, /3\/5 Components/, /4\/5 Review[\s\S]*Enter roll out/, /4\/5 Save/];
    for (const pattern of ready) {
      await shell.waitFor(pattern, 30_000);
      expect(await platform.containers()).toEqual([]);
      await expect(filesIn(platform.workspace)).rejects.toThrow('ENOENT');
      shell.type('\r');
    }
    await shell.waitFor(/5\/5 Rollout/);
    return ready.length;
  };

  test('Enter alone leads to a running platform in at most eight keys; then the status shows every service', async () => {
    expect(await walkToRollout()).toBeLessThanOrEqual(8);
    shell.resize(60, 15);
    await shell.waitFor(/^ infra-wizard {10,40}5\/5 Rollout$/m);
    shell.resize(200, 60);
    await shell.waitFor(/^ +infra-wizard {100,}5\/5 Rollout$/m);
    await shell.waitFor(/All 5 services are as they should be/, 150_000);
    expect(summary(await platform.containers())).toEqual(goal);
    shell.resize(120, 40);
    shell.type('\r');
    const status = await shell.waitFor(/All 4 services are well, 1 job is done/, 30_000);
    for (const {service, state} of await platform.containers()) {
      expect(status).toMatch(new RegExp(`${service} +${state === 'exited' ? 'finished' : state}`));
    }
    shell.type('q');
    expect(await shell.end()).toEqual({code: 0, ...restored});
    expect(await shell.screen()).toContain('https://auth.infra.localhost/admin/');
    expect(await platform.run('profile', 'list')).toMatchObject({code: 0, stdout: expect.stringContaining('default')});
    expect(await platform.run('plan', '--exit-code')).toMatchObject({code: 0});
  });

  test('Ctrl+C in the rollout lets the step under way end and leaves a state that the next run goes on from', async () => {
    await walkToRollout();
    await shell.waitFor(/traefik +(Creating|Starting)/, 120_000);
    shell.type(ctrlC);
    await shell.waitFor(/Interrupted: /, 60_000);
    shell.type('q');
    expect(await shell.end()).toEqual({code: 130, ...restored});
    expect((await platform.containers()).filter(({service}) => service.startsWith('keycloak'))).toEqual([]);
    const resumed = await platform.run('up', '--yes');
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(summary(await platform.containers())).toEqual(goal);
  });

  test('down --volumes removes the data only when the name of the project was typed', async () => {
    const volumes = async () => (await platform.docker('volume', 'ls', '--quiet')).stdout.split('\n').filter(Boolean);
    expect((await platform.run('up', '--yes')).code).toBe(0);
    const data = await volumes();
    expect(data.length).toBeGreaterThan(0);
    const answer = async (typed: string) => {
      const asked = terminal();
      asked.run('down', '--volumes', '--dir', platform.workspace);
      await asked.waitFor(/Type infra-dev to remove all of this/);
      asked.type(`${typed}\r`);
      return asked.end(60_000);
    };
    expect(await answer('yes')).toEqual({code: 0, ...restored});
    expect(await platform.containers()).toHaveLength(5);
    expect(await volumes()).toEqual(data);
    expect(await answer('infra-dev')).toEqual({code: 0, ...restored});
    expect(await platform.containers()).toEqual([]);
    expect(await volumes()).toEqual([]);
  });
});
