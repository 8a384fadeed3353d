/** A phase that does not come up goes back to what it last came up from: containers, images, files, and nothing of the phase before. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {filesIn, openPlatform, type Platform, summary} from '../helpers/platform.ts';
import {openShell, restored} from '../helpers/shell.ts';

const support = await engineSupport();

const application = (name: string, image: string) => [
  ...['--with', `webapp.${name}`],
  ...['image', 'path', 'health_check'].flatMap((input, index) => ['--set', `webapp.${name}.${input}=${[image, '/health', 'wget'][index]}`]),
];

const good = 'sandbox/webapp:1';
const selection = ['--without', 'keycloak', ...application('shop', good)];
/** The phase before changes as well, and comes up; the phase itself gets an image that ends at once, and an application that was not there. */
const worseShop = (host: string) => [
  ...['--without', 'keycloak', '--set', `traefik.host=${host}`],
  ...application('shop', 'sandbox/exits:1'),
];
const worse = (host: string) => [...worseShop(host), ...application('blog', good)];

/** An event of the JSON stream, wherever its other fields are. */
const event = (id: string, text: string) => new RegExp(`^(?=.*"id":"${id}[^"]*")(?=.*"text":"${text}").*$`, 'm');

describe.runIf(support.kind === 'sandbox')(titled('a phase that does not come up', support, 'faults'), () => {
  let engine: TestEngine;
  let platform: Platform;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
  });
  beforeEach(({onTestFailed}) => onTestFailed(() => platform.report()));
  afterAll(async () => {
    await platform?.remove();
    await engine?.stop();
  });

  const core = {traefik: 'running healthy', 'traefik-socket-proxy': 'running healthy'};
  const text = async (path: string) => (await filesIn(platform.workspace)).get(path)?.content ?? '';
  const lockOf = async () => parse(await readFile(join(platform.workspace, 'infra.lock.yml'), 'utf8')).images;
  const imageOf = async (service: string) => {
    const found = (await platform.containers()).find(one => one.service === service);
    return (await platform.docker('inspect', '--format', '{{.Config.Image}} {{.Image}}', found?.id ?? '')).stdout.trim();
  };
  const settingOf = async (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(await text('.env'))?.[1];

  /** Everything is what it was, but for the phase before: that has the new setting. */
  const expectBack = async (before: Readonly<Record<string, string>>, host: string) => {
    expect(summary(await platform.containers())).toEqual({...core, 'webapp-shop': 'running healthy'});
    expect(await imageOf('webapp-shop')).toBe(before.image);
    expect(await text('19-docker-compose.Infra.dev.apps.yml')).toBe(before.overlay);
    expect([await settingOf('TRAEFIK_HOST'), await settingOf('WEBAPP_SHOP_IMAGE'), await settingOf('WEBAPP_BLOG_IMAGE')]).toEqual([
      host,
      good,
      undefined,
    ]);
    expect(JSON.stringify(await lockOf())).toBe(before.lock);
    expect(await text('config/traefik/dynamic/dashboard.yaml')).toContain(host);
    const plan = await platform.run('plan', '--exit-code');
    expect(plan.code, plan.stdout).toBe(0);
  };
  const state = async () => ({
    image: await imageOf('webapp-shop'),
    overlay: await text('19-docker-compose.Infra.dev.apps.yml'),
    lock: JSON.stringify(await lockOf()),
  });

  test('the first time, what was started of it is removed, and the next run goes on', async () => {
    const ended = await platform.run('up', '--yes', '--on-failure', 'roll-back', ...worse('traefik.infra.localhost'));
    expect(ended.code, ended.stderr).toBe(1);
    expect(summary(await platform.containers())).toEqual(core);
    const next = await platform.run('up', '--yes', '--without', 'webapp.blog', ...selection);
    expect(next.code, next.stderr).toBe(0);
    expect(summary(await platform.containers())).toEqual({...core, 'webapp-shop': 'running healthy'});
  });

  test('--on-failure roll-back: it is what it was before, the phase before stays new, and nothing differs from the files', async () => {
    const before = await state();
    const ended = await platform.run('up', '--yes', '--on-failure', 'roll-back', ...worse('one.infra.localhost'));
    expect(ended.code, ended.stderr).toBe(1);
    expect(ended.stderr).toMatch(/service webapp-shop: Going back, goes back from sandbox\/exits:1 to sandbox\/webapp:1/);
    await expectBack(before, 'one.infra.localhost');
  });

  test('killed in the middle, the next run shows what is left of it and brings it to its end', async () => {
    const before = await state();
    const bad = ['--yes', '--on-failure', 'roll-back', ...worse('two.infra.localhost')];
    const running = platform.start('up', '--progress', 'json', ...bad);
    await running.waitFor(
      new RegExp(`${event('run', 'Rolling back').source}[\\s\\S]*${event('service/webapp-shop', 'Creating').source}`, 'm'),
    );
    running.signal('SIGKILL');
    expect((await running.finished).code).toBe(137);
    const resumed = await platform.run('up', ...bad);
    expect(resumed.code, resumed.stderr).toBe(1);
    expect(resumed.stderr).toContain('A roll back was begun and has not ended.');
    await expectBack(before, 'two.infra.localhost');
  });

  test('one that can not come up either says both states and exits with 5; the next run goes on with it, to the very build of the lock file', async () => {
    const before = await state();
    const registry = engine.sandbox?.registry;
    await registry?.fail('sandbox/webapp', {kind: 'status', at: 'manifest', status: 404});
    const bad = ['--yes', '--on-failure', 'roll-back', ...worseShop('three.infra.localhost')];
    const running = platform.start('up', '--progress', 'json', ...bad);
    await running.waitFor(event('service/webapp-shop', '(?:Starting|Restarting)'));
    // The build of the lock file is nowhere any more: neither here nor at the registry.
    expect((await platform.docker('image', 'rm', '--force', good)).code).toBe(0);
    const ended = await running.finished;
    expect(ended.code, ended.stderr).toBe(5);
    expect(ended.stderr).toContain('webapp-shop was to be sandbox/webapp:1, is sandbox/exits:1');
    await registry?.clear();
    const resumed = await platform.run('up', ...bad);
    expect(resumed.code, resumed.stderr).toBe(1);
    await expectBack(before, 'three.infra.localhost');
  });

  test('one that can never end is given up with --forward, which rolls out what is selected', async () => {
    const registry = engine.sandbox?.registry;
    await registry?.fail('sandbox/webapp', {kind: 'status', at: 'manifest', status: 404});
    const bad = ['--yes', '--on-failure', 'roll-back', ...worseShop('lost.infra.localhost')];
    const running = platform.start('up', '--progress', 'json', ...bad);
    await running.waitFor(event('service/webapp-shop', '(?:Starting|Restarting)'));
    expect((await platform.docker('image', 'rm', '--force', good)).code).toBe(0);
    expect((await running.finished).code).toBe(5);
    const declined = await platform.run('up', ...bad.slice(1));
    expect([declined.code, declined.stderr]).toEqual([2, expect.stringContaining('A roll back was begun and has not ended.')]);
    const shown = await platform.run('plan', '--exit-code');
    expect([shown.code, shown.stdout]).toEqual([6, expect.stringContaining('A roll back of the phase applications was begun')]);
    const down = await platform.run('down', '--yes');
    expect([down.code, down.stderr]).toEqual([0, expect.stringContaining('A roll back of the phase applications has not ended')]);
    await registry?.clear();
    const forward = await platform.run('up', '--yes', '--forward', ...selection);
    expect(forward.code, forward.stderr).toBe(0);
    expect(summary(await platform.containers())).toEqual({...core, 'webapp-shop': 'running healthy'});
    const plan = await platform.run('plan', '--exit-code', ...selection);
    expect(plan.code, plan.stdout).toBe(0);
  });

  test('in the terminal: the plan is shown first, nothing happens before the answer, and then it is what it was', async () => {
    const before = await state();
    const shell = openShell({env: platform.env, inside: engine.inside, cwd: platform.env.HOME ?? '/', columns: 120, rows: 40});
    shell.run('up', '--yes', ...worse('four.infra.localhost'), '--dir', platform.workspace);
    await shell.waitFor(/What now\?[\s\S]*Go on without webapp-shop[\s\S]*Roll back Applications/, 90_000);
    shell.type('\u001b[B\u001b[B\r');
    const shown = await shell.waitFor(/Go back\?/);
    expect(shown).toMatch(/remove +webapp-blog +was not there before/);
    expect(shown).toMatch(/recreate +webapp-shop +goes back from sandbox\/exits:1 to sandbox\/webapp:1/);
    expect(await imageOf('webapp-shop')).toContain('sandbox/exits:1');
    // The name means another build by now: what it goes back to is the build of the lock file.
    await platform.docker('image', 'tag', 'sandbox/exits:1', good);
    shell.type('\u001b[B\r');
    await shell.waitFor(/Rolled back: [\s\S]*Enter finish/, 90_000);
    shell.type('q');
    expect(await shell.end()).toEqual({code: 1, ...restored});
    await expectBack(before, 'four.infra.localhost');
  });
});
