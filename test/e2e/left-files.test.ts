/** What a component put into a folder of another one: it goes with the component, its reader notices, and a roll back brings it back. */
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {filesIn, openPlatform, type Platform} from '../helpers/platform.ts';

const support = await engineSupport();

const rule = 'config/prometheus/rules/redis.yaml';
const scrape = 'config/prometheus/scrape/redis.yaml';

const shop = (image: string) => [
  ...['--with', 'webapp.shop'],
  ...['image', 'path', 'health_check'].flatMap((input, index) => ['--set', `webapp.shop.${input}=${[image, '/health', 'wget'][index]}`]),
];

describe.runIf(support.kind === 'sandbox')(titled('a component that is left out, and was watched', support, 'faults'), () => {
  let engine: TestEngine;
  let platform: Platform;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
    const picked = ['redis', 'prometheus'].flatMap(pick => ['--with', pick]);
    const {code, stderr} = await platform.run('up', '--yes', '--without', 'keycloak', ...picked, ...shop('sandbox/webapp:1'));
    expect(code, stderr).toBe(0);
  });
  beforeEach(({onTestFailed}) => onTestFailed(() => platform.report()));
  afterAll(async () => {
    await platform?.remove();
    await engine?.stop();
  });

  const ids = async () => Object.fromEntries((await platform.containers()).map(({service, id}) => [service, id]));
  const madeAnew = async (before: Awaited<ReturnType<typeof ids>>) =>
    Object.entries(await ids()).flatMap(([service, id]) => (before[service] === id ? [] : [service]));
  const textOf = async (path: string) => (await filesIn(platform.workspace)).get(path)?.content;
  /** Groups of rules that Prometheus has read. */
  const groups = async (): Promise<readonly string[]> => {
    const url = 'http://127.0.0.1:9090/api/v1/rules';
    const {code, stdout, stderr} = await platform.docker('compose', 'exec', '-T', 'prometheus', 'wget', '-q', '-O', '-', url);
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout).data.groups.map(({name}: {name: string}) => name);
  };
  const nothingToDo = async () => {
    const plan = await platform.run('plan', '--exit-code');
    expect(plan.code, plan.stdout).toBe(0);
  };

  test('its alerts go with it: who read them is made anew, once, and nothing else', async () => {
    const before = await ids();
    expect(await groups()).toContain('redis');
    const {stdout} = await platform.run('plan', '--without', 'redis');
    expect(stdout).toMatch(new RegExp(`^ {2}remove +${rule} +nothing that is selected writes it any more$`, 'm'));
    expect(stdout).toMatch(new RegExp(`^ {2}recreate +prometheus +${rule} and ${scrape} are removed$`, 'm'));
    const {code, stderr} = await platform.run('up', '--yes', '--without', 'redis');
    expect(code, stderr).toBe(0);
    expect([await madeAnew(before), await textOf(rule), await textOf(scrape)]).toEqual([['prometheus'], undefined, undefined]);
    expect(await groups()).not.toContain('redis');
    await nothingToDo();
  });

  test('a roll back brings them back, and takes away what came in the meantime', async () => {
    const up = await platform.run('up', '--yes', '--with', 'redis');
    expect(up.code, up.stderr).toBe(0);
    const [before, text] = [await ids(), await textOf(rule)];
    const bad = ['--without', 'redis', '--with', 'mariadb', ...shop('sandbox/exits:1')];
    const ended = await platform.run('up', '--yes', '--on-failure', 'roll-back', ...bad);
    expect(ended.code, ended.stderr).toBe(1);
    expect(ended.stderr).toMatch(new RegExp(`file ${rule}: Restored[^,]*, as it was$`, 'm'));
    expect(ended.stderr).toMatch(/file config\/prometheus\/rules\/mariadb\.yaml: Removed[^,]*, was not there; its content is kept$/m);
    expect([text, await textOf(rule), await textOf('config/prometheus/rules/mariadb.yaml')]).toEqual([
      expect.stringContaining('redis'),
      text,
      undefined,
    ]);
    // Prometheus never read anything else: the rollout did not get that far.
    const anew = await madeAnew(before);
    expect([anew.includes('webapp-shop'), anew.includes('prometheus'), anew.includes('redis')]).toEqual([true, false, false]);
    expect(await groups()).toContain('redis');
    await nothingToDo();
  });
});
