/** Killed, interrupted, unplugged: the same command goes on from where it was. */
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {goal, type Platform, platformForTest, summary} from '../helpers/platform.ts';

const support = await engineSupport();

const up = ['up', '--yes', '--progress', 'json'] as const;

/** An event of the JSON stream, wherever its other fields are. */
const event = (id: string, text: string) => new RegExp(`^(?=.*"id":"${id}[^"]*")(?=.*"text":"${text}").*$`, 'm');

describe.runIf(support.kind === 'sandbox')(titled('a rollout that is cut short', support, 'faults'), () => {
  let engine: TestEngine;
  let platform: Platform;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
  });
  beforeEach(async context => {
    platform = await platformForTest(engine, context);
  });
  afterEach(async () => {
    await engine.sandbox?.registry.setRate(undefined);
  });
  afterAll(() => engine?.stop());

  /** Names are those compose gives, and no service is there twice. */
  const expectTidy = async () => {
    const containers = await platform.containers();
    expect(containers.map(({name}) => name)).toEqual([...new Set(containers.map(({service}) => `infra-dev-${service}-1`))]);
  };

  const volumes = async () => {
    const {stdout} = await platform.docker('volume', 'ls', '--quiet', '--filter', 'label=com.docker.compose.project=infra-dev');
    const names = stdout.split('\n').filter(Boolean);
    return names.length === 0 ? [] : JSON.parse((await platform.docker('volume', 'inspect', ...names)).stdout);
  };

  test('killed while it writes, pulls, creates and waits, it reaches the goal in the end, with the data it had', async () => {
    await engine.reset({images: true});
    await engine.sandbox?.registry.setRate(60e6);
    const chance = 1 + Math.floor(Math.random() * 60);
    const moments = [
      event('file/', 'Written'),
      event('layer/', 'Downloading'),
      new RegExp(`(?:.*\\n){${chance}}`),
      event('service/traefik', 'Creating'),
      event('service/keycloak-postgres', 'Starting'),
      event('service/keycloak', 'Creating'),
    ];
    let data: unknown[] = [];
    for (const moment of moments) {
      const running = platform.start(...up);
      await running.waitFor(moment);
      running.signal('SIGKILL');
      expect((await running.finished).code, `killed at ${moment}`).toBe(137);
      const now = await volumes();
      expect(now).toEqual(expect.arrayContaining(data));
      data = now;
    }
    expect(data).toHaveLength(1);
    const resumed = await platform.run(...up);
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(summary(await platform.containers())).toEqual(goal);
    expect(await volumes()).toEqual(data);
    await expectTidy();
    expect(await platform.run('plan', '--exit-code')).toMatchObject({code: 0});
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends it with %i at a point from which it goes on', async (signal, code) => {
    await engine.reset();
    const running = platform.start(...up);
    await running.waitFor(event('service/traefik', 'Creating'));
    running.signal(signal);
    const ended = await running.finished;
    expect(ended.code, ended.stderr).toBe(code);
    expect(ended.stderr).toMatch(event('run', 'Interrupted'));
    await expectTidy();
    const resumed = await platform.run(...up);
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(summary(await platform.containers())).toEqual(goal);
  });

  test('a second run at the same time is turned away with the name of the first, which is not disturbed', async () => {
    await engine.reset();
    const running = platform.start(...up);
    await running.waitFor(event('run', 'Rolling out'));
    const second = await platform.run('up', '--yes');
    expect(second.code).toBe(4);
    expect(second.stderr).toContain(`error: Another run works on ${platform.workspace}\n`);
    expect(second.stderr).toContain(`infra-wizard up of infra-dev (process ${running.pid} on `);
    const first = await running.finished;
    expect(first.code, first.stderr).toBe(0);
    expect(summary(await platform.containers())).toEqual(goal);
  });

  test('an engine that is killed and comes back while images arrive is waited for', async () => {
    await engine.reset({images: true});
    await engine.sandbox?.registry.setRate(60e6);
    const running = platform.start(...up);
    await running.waitFor(event('layer/', 'Downloading'));
    await engine.sandbox?.killEngine();
    await engine.sandbox?.startEngine();
    await engine.sandbox?.registry.setRate(undefined);
    const ended = await running.finished;
    expect(ended.code, ended.stderr).toBe(0);
    expect(summary(await platform.containers())).toEqual(goal);
  });

  test('an engine that is killed and comes back while services start leaves a rollout that goes on or resumes', async () => {
    await engine.reset();
    const running = platform.start(...up);
    await running.waitFor(event('service/traefik', 'Starting'));
    await engine.sandbox?.killEngine();
    await engine.sandbox?.startEngine();
    const ended = await running.finished;
    expect([0, 5], ended.stderr).toContain(ended.code);
    const resumed = await platform.run(...up);
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(summary(await platform.containers())).toEqual(goal);
    await expectTidy();
  });
});
