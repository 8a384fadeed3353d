/** A real rollout and what runs after it, heard line by line and left in every way: the terminal is as it was found. */
import {readdir, readFile} from 'node:fs/promises';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {goal, type Platform, platformForTest, summary} from '../helpers/platform.ts';
import {openShell, restored} from '../helpers/shell.ts';

const support = await engineSupport();

const ctrlC = '\u0003';

/** Of the program that works on a folder of this test. */
const pidOf = async (workspace: string): Promise<number> => {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const commands = await Promise.all(pids.map(async pid => [pid, await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')] as const));
  const [pid] =
    commands.find(([, argv]) => argv.startsWith(process.execPath) && argv.includes('infra-wizard.cjs') && argv.includes(workspace)) ?? [];
  return Number(pid);
};

describe.runIf(support.kind !== 'none')(titled('leaving', support), () => {
  let engine: TestEngine;
  let platform: Platform;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
  });
  beforeEach(async context => {
    await engine.reset();
    platform = await platformForTest(engine, context);
  });
  afterAll(() => engine?.stop());

  const open = (env: Readonly<Record<string, string>> = {}) =>
    openShell({env: {...platform.env, ...env}, inside: engine.inside, cwd: platform.env.HOME ?? '/', columns: 200, rows: 200});

  test('a screen reader hears the whole journey to a running platform', async () => {
    const shell = open({ACCESSIBLE: '1'});
    shell.run('--dir', platform.workspace);
    const steps: readonly (readonly [RegExp, string])[] = [
      [/Enter to begin.*:$/, ''],
      [/Tier\. Number.*:$/, '1'],
      [/Environment\. Number.*:$/, 'f'],
      [/Core\. Number.*:$/, 'f'],
      [/Type yes to roll this out.*:$/, 'yes'],
      [/Name of the profile\..*:$/, ''],
    ];
    for (const [question, answer] of steps) {
      await shell.waitFor(question, 30_000);
      expect(await platform.containers()).toEqual([]);
      shell.type(`${answer}\r`);
    }
    expect(await shell.end(180_000)).toEqual({code: 0, ...restored});
    expect(summary(await platform.containers())).toEqual(goal);
    const said = await shell.screen();
    expect(said).toMatch(/service traefik: Healthy in /);
    expect(said).toMatch(/^traefik: running, healthy, up /m);
    expect(said).toMatch(/All 5 services are as they should be/);
    expect(shell.raw()).not.toMatch(/\u001b(?!\[\?2004[hl])/);
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s lets the step under way of a rollout end, and the next run goes on', async (signal, code) => {
    const shell = open();
    shell.run('up', '--yes', '--dir', platform.workspace);
    await shell.waitFor(/traefik +(Creating|Starting)/, 120_000);
    process.kill(await pidOf(platform.workspace), signal);
    expect(await shell.end(60_000)).toEqual({code, ...restored});
    expect((await platform.containers()).filter(({service}) => service.startsWith('keycloak'))).toEqual([]);
    const resumed = await platform.run('up', '--yes');
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(summary(await platform.containers())).toEqual(goal);

    for (const [way, expected] of [
      ['q', 0],
      [ctrlC, 130],
      ['SIGTERM', 143],
    ] as const) {
      const status = open();
      status.run('status', '--dir', platform.workspace);
      await status.waitFor(/traefik +running/);
      if (way === 'SIGTERM') process.kill(await pidOf(platform.workspace), way);
      else status.type(way);
      expect(await status.end()).toEqual({code: expected, ...restored});
    }
  });
});
