/** What runs, as scripts see it: follows the engine through a restart and whatever is done by hand. */
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import type {StatusDocument} from '../../source/display/status-json.ts';
import type {Running} from '../helpers/cli.ts';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {filesIn, openPlatform, type Platform} from '../helpers/platform.ts';

const support = await engineSupport();

const snapshotsOf = (running: Running): readonly StatusDocument[] =>
  running
    .stdout()
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line) as StatusDocument);

const rowsOf = (snapshot: StatusDocument | undefined) =>
  Object.fromEntries((snapshot?.services ?? []).map(({service, state, health}) => [service, `${state} ${health ?? '-'}`]));

const core = {traefik: 'running healthy', 'traefik-socket-proxy': 'running healthy'};

describe.runIf(support.kind !== 'none')(titled('the status', support), () => {
  let engine: TestEngine;
  let platform: Platform;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
    const up = await platform.run('up', '--yes', '--phase', 'core');
    if (up.code !== 0) throw new Error(up.stderr);
  });
  afterAll(async () => {
    await platform?.remove();
    await engine?.stop();
  });

  test('is one table, or one JSON document with processor time, memory, ports and address', async () => {
    const {code, stdout} = await platform.run('status', '--json');
    const snapshot = JSON.parse(stdout) as StatusDocument;
    expect({code, rows: rowsOf(snapshot)}).toEqual({code: 0, rows: core});
    expect(snapshot.services.find(({service}) => service === 'traefik')).toMatchObject({
      component: 'traefik',
      phase: 'core',
      cpu: expect.any(Number),
      memory: expect.any(Number),
      memoryLimit: 256 * 2 ** 20,
      ports: expect.arrayContaining(['0.0.0.0:443->443/tcp']),
      url: 'https://traefik.infra.localhost/dashboard/',
      rates: {received: expect.any(Number), sent: expect.any(Number), read: expect.any(Number), written: expect.any(Number)},
    });
    expect(snapshot.services.filter(({drift}) => drift)).toEqual([]);
    expect(snapshot).toMatchObject({health: 'well', sentence: expect.stringMatching(/^All 2 services are well; not rolled out yet: \w+/)});
    expect(snapshot.services[0]).not.toHaveProperty('history');
    const table = await platform.run('status');
    expect(table.stdout).toMatch(
      /^SERVICE +STATE +HEALTH .*\ntraefik +running +healthy [\s\S]*\nAll 2 services are well; not rolled out yet: .*\n$/,
    );
  });

  test('is one page to read offline, with the networks as they are and no secret; no other file is replaced by it', async () => {
    const path = join(platform.workspace, '..', 'page.html');
    const {code, stdout, stderr} = await platform.run('report', path);
    expect({code, stdout}, stderr).toEqual({code: 0, stdout: `${path}\n`});
    const page = await readFile(path, 'utf8');
    expect(page).toContain('All 2 services are well; not rolled out yet: ');
    expect(page).toContain('<title>traefik is on proxy</title>');
    expect(page).toMatch(/traefik:v[\d.]+<\/code><div class="soft mono" title="sha256:[0-9a-f]{64}">/);
    const secrets = [...(await filesIn(platform.workspace))].filter(([name]) => name.startsWith('secrets/'));
    expect(secrets.length).toBeGreaterThan(0);
    expect(secrets.filter(([, {content}]) => page.includes(content.trim()))).toEqual([]);
    expect((await platform.run('report', path)).code).toBe(0);
    const own = join(platform.workspace, '.env');
    const before = await readFile(own, 'utf8');
    expect(await platform.run('report', own)).toMatchObject({code: 2, stderr: expect.stringContaining('is no report of infra-wizard')});
    expect(await readFile(own, 'utf8')).toBe(before);
  });

  test('exits with 1 when something that should run does not', async () => {
    await platform.docker('compose', 'stop', 'traefik');
    expect((await platform.run('status')).code).toBe(1);
    await platform.docker('compose', 'start', 'traefik');
    await vi.waitFor(async () => expect((await platform.run('status')).code).toBe(0), {timeout: 60_000});
  });

  test('follows what is done by hand: an overlay that is edited, a container that dies, and one that no overlay knows', async () => {
    const running = platform.start('status', '--watch', '--json');
    const last = () => snapshotsOf(running).at(-1);
    const driftOf = (name: string) => last()?.services.find(service => service.name === name)?.drift;
    await vi.waitFor(() => expect(rowsOf(last())).toEqual(core), {timeout: 60_000});

    const overlay = join(platform.workspace, '90-docker-compose.Infra.dev.local.yml');
    const before = await readFile(overlay, 'utf8');
    await writeFile(overlay, 'services:\n  traefik:\n    environment:\n      COLOUR: green\n');
    await vi.waitFor(() => expect(driftOf('traefik')).toEqual({kind: 'changed', cause: 'its settings changed'}), {timeout: 60_000});
    expect(driftOf('traefik-socket-proxy')).toBeUndefined();
    await writeFile(overlay, 'services: [');
    await vi.waitFor(() => expect(last()?.sentence).toMatch(/the overlays can not be read: .*90-docker-compose/), {timeout: 60_000});
    await writeFile(overlay, before);
    await vi.waitFor(() => expect([driftOf('traefik'), last()?.driftUnknown]).toEqual([undefined, undefined]), {timeout: 60_000});

    const [proxy] = (await platform.containers()).filter(({service}) => service === 'traefik-socket-proxy');
    const {stdout: image} = await platform.docker('inspect', '--format', '{{.Config.Image}}', proxy?.id ?? '');
    const labels = ['project=infra-dev', 'service=visitor', 'oneoff=False'].flatMap(label => ['--label', `com.docker.compose.${label}`]);
    const created = await platform.docker('create', '--name', 'visitor', ...labels, image.trim());
    expect(created.code, created.stderr).toBe(0);
    await vi.waitFor(() => expect(driftOf('visitor')).toEqual({kind: 'stray', cause: 'no overlay knows it'}), {timeout: 60_000});
    await platform.docker('rm', 'visitor');
    await vi.waitFor(() => expect(rowsOf(last())).toEqual(core), {timeout: 60_000});

    await platform.docker('kill', proxy?.id ?? '');
    await vi.waitFor(() => expect(rowsOf(last())).toEqual({...core, 'traefik-socket-proxy': 'exited -'}), {timeout: 60_000});
    expect(last()?.services.find(({name}) => name === proxy?.service)).toMatchObject({exitCode: 137, illSince: expect.any(Number)});
    expect(last()).toMatchObject({health: 'ill', sentence: expect.stringContaining('traefik-socket-proxy has stopped with code 137')});
    expect((await platform.run('status')).code).toBe(1);
    await platform.docker('start', proxy?.id ?? '');
    await vi.waitFor(() => expect(rowsOf(last())).toEqual(core), {timeout: 60_000});
    running.signal('SIGTERM');
    expect((await running.finished).code).toBe(143);
  });

  test.runIf(support.kind === 'sandbox')(
    'shows a container that is removed by hand, and comes back after the engine was restarted',
    async () => {
      const running = platform.start('status', '--watch', '--json');
      const last = () => snapshotsOf(running).at(-1);
      await vi.waitFor(() => expect(rowsOf(last())).toEqual(core), {timeout: 60_000});
      await platform.docker('rm', '--force', (await platform.containers()).find(({service}) => service === 'traefik')?.id ?? '');
      await vi.waitFor(() => expect(rowsOf(last())).toEqual({...core, traefik: 'missing -'}), {timeout: 60_000});
      await engine.sandbox?.killEngine();
      await vi.waitFor(() => expect(last()).toMatchObject({connected: false, health: 'lost', lostAt: expect.any(Number)}), {
        timeout: 60_000,
      });
      await engine.sandbox?.startEngine();
      await vi.waitFor(
        async () => {
          const [proxy] = await platform.containers();
          expect(last()).toMatchObject({
            connected: true,
            services: [
              {service: 'traefik', state: 'missing'},
              {service: 'traefik-socket-proxy', state: proxy?.state},
            ],
          });
        },
        {timeout: 60_000},
      );
      running.signal('SIGTERM');
      expect((await running.finished).code).toBe(143);
    },
  );
});
