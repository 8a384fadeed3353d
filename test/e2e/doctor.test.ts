/** What the doctor sees of a real engine, and what becomes of its offers. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {goal, type Platform, platformForTest, summary} from '../helpers/platform.ts';

interface Found {
  readonly id: string;
  readonly level: string;
  readonly what: string;
  readonly ignored: boolean;
  readonly offers: readonly {readonly component: string; readonly input: string; readonly value: string}[];
}

const support = await engineSupport();
/** This machine need not be as large as the tier is made for. */
const small = ['--ignore', 'D41,D42,D45'];

describe.runIf(support.kind !== 'none')(titled('the doctor', support, 'faults'), () => {
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

  const findings = async (...args: readonly string[]): Promise<ReadonlyMap<string, Found>> => {
    const {stdout} = await platform.run('doctor', '--json', ...args);
    const document: {findings: readonly Found[]} = JSON.parse(stdout);
    return new Map(document.findings.map(finding => [finding.id, finding]));
  };

  const holding = (name: string, port: string, project = 'old') =>
    platform.docker(
      'run',
      '--detach',
      '--name',
      name,
      '--label',
      `com.docker.compose.project=${project}`,
      '--publish',
      port,
      'sandbox/sleeper:1',
    );

  test('a healthy engine passes what is asked about it', async () => {
    const found = await findings();
    for (const id of ['D18', 'D21', 'D24', 'D28', 'D30', 'D33', 'D36', 'D38', 'D46', 'D49', 'D71', 'D73', 'D74', 'D75']) {
      expect(found.get(id), id).toMatchObject({level: 'ok'});
    }
  });

  test('names the container and its project that hold a port, on one address or another, and not one of another protocol', async () => {
    await holding('web', '80:1');
    await holding('only-here', '127.0.0.1:443:1');
    expect((await findings()).get('D49')).toMatchObject({
      level: 'blocking',
      what:
        '80/tcp for traefik is taken by the container web of the compose project old; ' +
        '443/tcp for traefik is taken by the container only-here of the compose project old',
    });
    await platform.docker('rm', '--force', 'web', 'only-here');
    await holding('names', '80:1/udp');
    expect((await findings()).get('D49')).toMatchObject({level: 'ok'});
  });

  test('its offers of ports and subnets bring the platform up, and what was ignored is in the journal', async () => {
    await holding('web', '80:1');
    await platform.docker('network', 'create', '--label', 'com.docker.compose.project=old', '--subnet', '172.30.0.0/24', 'old_default');
    const found = await findings();
    expect(found.get('D36')?.what).toContain('172.30.0.0/24, the Docker network old_default of the compose project old');
    const offers = [...(found.get('D49')?.offers ?? []), ...(found.get('D36')?.offers ?? [])];
    expect(offers.map(({component, input}) => `${component}.${input}`)).toEqual(['traefik.http_port', 'platform.proxy_subnet']);
    const settings = offers.flatMap(({component, input, value}) => ['--set', `${component}.${input}=${value}`]);
    const up = await platform.run('up', '--yes', ...small, ...settings);
    expect(up.code, up.stderr).toBe(0);
    expect(summary(await platform.containers())).toEqual(goal);
    expect(await readFile(join(platform.workspace, '.infra-wizard', 'journal.jsonl'), 'utf8')).toContain('"Ignoring D41, D42, D45"');
    const again = await findings();
    expect([again.get('D49')?.level, again.get('D36')?.level, again.get('D40')?.level]).toEqual(['ok', 'ok', 'ok']);
  });
});
