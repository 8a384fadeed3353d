/** A fresh rollout of both phases on each image store, and what a second look at it finds. */
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import * as v from 'valibot';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {ResourceEvent} from '../../source/events.ts';
import type {Finished} from '../helpers/cli.ts';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {filesIn, goal, openPlatform, type Platform, summary} from '../helpers/platform.ts';
import {followEvents, layerSizes, watchDescendants} from './observers.ts';

const support = await engineSupport();
const stores = support.kind === 'existing' ? ([undefined] as const) : (['overlay2', 'containerd'] as const);

const eventSchema = v.strictObject({
  id: v.string(),
  kind: v.picklist(['run', 'phase', 'file', 'image', 'layer', 'service']),
  parentId: v.optional(v.string()),
  status: v.picklist(['waiting', 'working', 'done', 'skipped', 'warning', 'error']),
  text: v.pipe(v.string(), v.minLength(1)),
  details: v.optional(v.string()),
  current: v.optional(v.pipe(v.number(), v.integer())),
  total: v.optional(v.pipe(v.number(), v.integer())),
  growing: v.optional(v.boolean()),
  expected: v.optional(v.pipe(v.number(), v.integer())),
  isJob: v.optional(v.boolean()),
  at: v.pipe(v.number(), v.integer()),
});

const linesOf = (text: string) => text.split('\n').filter(Boolean);

/** Values that must be nowhere but in their own file: whole, or a line of them that occurs nowhere else. */
const secretValues = async (workspace: string): Promise<readonly string[]> => {
  const folder = join(workspace, 'secrets');
  const names = (await readdir(folder)).filter(name => !name.endsWith('.crt'));
  const contents = await Promise.all(names.map(name => readFile(join(folder, name), 'utf8')));
  return contents.map(content => (content.startsWith('-----') ? (content.split('\n')[1] ?? '') : content.trim()));
};

describe.runIf(support.kind !== 'none').each(stores)(titled('a fresh rollout (%s)', support), store => {
  let engine: TestEngine;
  let platform: Platform;
  let first: Finished;
  let events: readonly ResourceEvent[];
  let engineEvents: Awaited<ReturnType<ReturnType<typeof followEvents>['stop']>>;
  let processes: string;

  beforeAll(async () => {
    engine = await startEngineForTests(support, {store});
    platform = await openPlatform(engine);
    const followed = followEvents(platform);
    const running = platform.start('up', '--yes', '--progress', 'json');
    const watched = watchDescendants(running.pid);
    first = await running.finished;
    processes = watched.stop();
    engineEvents = await followed.stop();
    events = linesOf(first.stderr).map(line => JSON.parse(line));
  });
  beforeEach(({onTestFailed}) => onTestFailed(() => platform.report()));
  afterAll(async () => {
    await platform?.remove();
    await engine?.stop();
  });

  test('ends with 0 and everything healthy, jobs done', async () => {
    expect(first.code, first.stderr).toBe(0);
    expect(summary(await platform.containers())).toEqual(goal);
  });

  test('publishes the ports of the reverse proxy and no other', async () => {
    const published = (await platform.containers()).flatMap(({service, ports}) => ports.map(port => `${service} ${port}`));
    expect(published.sort()).toEqual(['traefik 443', 'traefik 80']);
  });

  test('begins a phase only when the one before is healthy', () => {
    const marks = engineEvents.map(({service, action}) => `${service} ${action}`);
    const core = ['traefik health_status: healthy', 'traefik-socket-proxy health_status: healthy'];
    const later = ['keycloak', 'keycloak-postgres', 'keycloak-setup'].map(service => `${service} create`);
    const positions = (wanted: readonly string[]) => wanted.map(mark => marks.indexOf(mark));
    expect(marks).toEqual(expect.arrayContaining([...core, ...later]));
    expect(Math.min(...positions(later))).toBeGreaterThan(Math.max(...positions(core)));
    expect(marks.indexOf('keycloak-setup start')).toBeGreaterThan(marks.indexOf('keycloak health_status: healthy'));
    expect(marks.indexOf('keycloak start')).toBeGreaterThan(marks.indexOf('keycloak-postgres health_status: healthy'));
  });

  test('tells every step as an event, each with a parent that was told of, and ends with the run', () => {
    for (const event of events) v.parse(eventSchema, event);
    const told = new Set(['run']);
    for (const {id, parentId} of events) {
      if (parentId !== undefined) expect(told, `${id} of ${parentId}`).toContain(parentId);
      told.add(id);
    }
    expect(events.at(-1)).toMatchObject({id: 'run', status: 'done'});
    const last = new Map(events.map(({id, status, text}) => [id, {status, text}]));
    expect([...last].filter(([, {status}]) => status !== 'done' && status !== 'skipped')).toEqual([]);
  });

  test('counts the bytes that the registry holds', async () => {
    const sizes = await layerSizes(engine);
    const finished = events.filter(({kind, status}) => kind === 'layer' && status === 'done');
    expect(finished.length).toBeGreaterThan(4);
    if (!sizes) return;
    const wrong = finished.filter(({id, total}) => total !== undefined && sizes.get(id.slice(-12)) !== total);
    expect(wrong.map(({id, total}) => ({id, total, real: sizes.get(id.slice(-12))}))).toEqual([]);
    const images = events.filter(({kind, status}) => kind === 'image' && status === 'done');
    expect(images.map(({current, total}) => current === total)).toEqual(images.map(() => true));
    // The containerd store says nothing of the size of a layer that is there within a tenth of a second.
    const whole = images.filter(({total = 0}) => total > 1e6);
    expect(whole.length).toBeGreaterThan(store === 'containerd' ? 0 : images.length - 1);
  });

  test('shows no secret: not in its output, its children, its files, or what docker inspect says', async () => {
    const secrets = await secretValues(platform.workspace);
    expect(secrets.length).toBeGreaterThan(4);
    expect(secrets.every(secret => secret.length >= 20)).toBe(true);
    await platform.run('profile', 'save', 'canary');
    const objects = await Promise.all([
      ...(await platform.containers()).map(({id}) => platform.docker('inspect', id)),
      platform.docker('network', 'inspect', 'infra-dev_proxy', 'infra-dev_keycloaknet'),
      platform.docker('compose', 'config'),
    ]);
    const inspected = objects.map(({code, stdout, stderr}) => {
      expect(code, stderr).toBe(0);
      return stdout;
    });
    const files = [...(await filesIn(platform.workspace))].filter(([path]) => !path.startsWith('secrets/')).map(([, {content}]) => content);
    const notes = await Promise.all(
      [join(platform.workspace, '.infra-wizard'), join(platform.env.HOME ?? '', 'config')].map(async folder =>
        [...(await filesIn(folder)).values()].map(({content}) => content).join('\n'),
      ),
    );
    const places = {
      stdout: first.stdout,
      stderr: first.stderr,
      processes,
      inspected: inspected.join('\n'),
      files: files.join('\n'),
      notes: notes.join('\n'),
    };
    for (const [place, text] of Object.entries(places)) {
      expect(text.length, place).toBeGreaterThan(0);
      expect(secrets.filter(secret => text.includes(secret)).length, place).toBe(0);
    }
  });

  test('plan finds nothing to do', async () => {
    expect(await platform.run('plan', '--exit-code')).toMatchObject({code: 0, stdout: expect.stringContaining('Nothing to do')});
  });

  test('replaying a saved profile changes nothing', async () => {
    expect(await platform.run('profile', 'save', 'mine')).toMatchObject({code: 0});
    const [files, containers] = [await filesIn(platform.workspace), await platform.containers()];
    const replayed = await platform.run('up', '--profile', 'mine', '--yes');
    expect(replayed.code, replayed.stderr).toBe(0);
    expect(await platform.containers()).toEqual(containers);
    expect(await filesIn(platform.workspace)).toEqual(files);
  });

  test('a changed setting names the services that would be made anew, and why, and changes nothing', async () => {
    const containers = await platform.containers();
    const {code, stdout} = await platform.run('plan', '--exit-code', '--set', 'keycloak.host=login.infra.localhost');
    expect(code).toBe(6);
    expect(stdout).toMatch(/^ {2}recreate {2}keycloak +its settings changed$/m);
    expect(stdout).toMatch(/^ {2}recreate {2}traefik +its settings changed$/m);
    expect(stdout).toMatch(/^ {2}keep {6}keycloak-postgres +runs as its overlay says$/m);
    expect(await platform.containers()).toEqual(containers);
  });

  test('status tells the same as docker', async () => {
    const {code, stdout} = await platform.run('status', '--json');
    expect(code).toBe(0);
    const {project, services} = JSON.parse(stdout);
    const told = services.map(({containerId, service, state, health}: Record<string, string>) => ({containerId, service, state, health}));
    const real = (await platform.containers()).map(({id, service, state, health}) => ({containerId: id, service, state, health}));
    const byName = (a: {service: string}, b: {service: string}) => a.service.localeCompare(b.service);
    expect(project).toBe('infra-dev');
    expect(told.sort(byName)).toEqual(real.sort(byName));
  });

  test('logs follows what a service writes, until it is interrupted', async () => {
    const running = platform.start('logs', 'keycloak-postgres');
    const {stdout} = await platform.docker('logs', '--tail', '1', 'infra-dev-keycloak-postgres-1');
    await expect.poll(() => running.stdout()).toContain(stdout.trim());
    running.signal('SIGINT');
    expect((await running.finished).code).toBe(130);
    expect(await platform.run('logs', 'no-such-service')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no service no-such-service in infra-dev.'),
    });
  });

  test('docker compose alone understands the folder and finds nothing to change', async () => {
    const containers = await platform.containers();
    const overlays = (await readdir(platform.workspace)).filter(name => /^\d\d-.*\.yml$/.test(name));
    expect(overlays).toHaveLength(3);
    for (const overlay of overlays) {
      expect(await platform.docker('compose', '--file', overlay, 'config', '--quiet'), overlay).toMatchObject({code: 0, stderr: ''});
    }
    expect(await platform.docker('compose', 'config', '--quiet')).toMatchObject({code: 0, stderr: ''});
    const up = await platform.docker('compose', 'up', '--detach');
    expect(up.code, up.stderr).toBe(0);
    expect(up.stderr).not.toMatch(/Recreate|Creat/);
    const ids = (list: typeof containers) => list.map(({id}) => id);
    expect(ids(await platform.containers())).toEqual(ids(containers));
  });

  test('down lists what it removes and leaves the data; up brings it back; --volumes --yes takes it all', async () => {
    const volumes = async () => linesOf((await platform.docker('volume', 'ls', '--quiet')).stdout);
    const refused = await platform.run('down');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/^container {2}infra-dev-keycloak-1$/m);
    expect(refused.stderr).toMatch(/^network {4}infra-dev_proxy$/m);
    expect(await platform.containers()).toHaveLength(5);
    const data = await volumes();
    expect(data.length).toBeGreaterThan(0);
    expect((await platform.run('down', '--yes')).code).toBe(0);
    expect(await platform.containers()).toEqual([]);
    expect((await platform.docker('network', 'ls', '--filter', 'label=com.docker.compose.project=infra-dev', '--quiet')).stdout).toBe('');
    expect(await volumes()).toEqual(data);
    const again = await platform.run('up', '--yes');
    expect(again.code, again.stderr).toBe(0);
    expect(summary(await platform.containers())).toEqual(goal);
    expect(await volumes()).toEqual(data);
    expect((await platform.run('down', '--volumes', '--yes')).code).toBe(0);
    expect(await volumes()).toEqual([]);
    expect(await platform.run('down', '--yes')).toMatchObject({code: 0, stderr: 'Nothing of infra-dev is there.\n'});
  });
});
