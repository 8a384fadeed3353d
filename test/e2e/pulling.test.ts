/** Images on their way: those of later phases while earlier ones start, and a registry that asks to wait. */
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {ResourceEvent} from '../../source/events.ts';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {goal, type Platform, platformForTest, summary} from '../helpers/platform.ts';

const support = await engineSupport();

const eventsOf = (stderr: string): readonly ResourceEvent[] =>
  stderr
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line));

const up = ['up', '--yes', '--progress', 'json'] as const;

describe.runIf(support.kind === 'sandbox').each(['overlay2', 'containerd'] as const)(titled('images on %s', support, 'faults'), store => {
  let engine: TestEngine;
  let platform: Platform;

  beforeAll(async () => {
    engine = await startEngineForTests(support, {store});
  });
  beforeEach(async context => {
    platform = await platformForTest(engine, context);
  });
  afterEach(() => engine.sandbox?.registry.clear());
  afterAll(() => engine?.stop());

  const registry = () => {
    if (!engine.sandbox) throw new Error('Faults need the registry of the sandbox.');
    return engine.sandbox.registry;
  };
  const blobsOf = async (repository: string) =>
    (await registry().requests()).filter(({path, status}) => path.startsWith(`/v2/${repository}/blobs/`) && status < 300).length;

  test('of a later phase come while an earlier one starts; a registry that asks to wait is asked again when it said, others meanwhile', async () => {
    const database = 'library/postgres';
    await registry().setRate(60e6);
    await registry().fail(database, {kind: 'status', at: 'blob', status: 429, message: 'too many requests, retry-after: 4s'});
    const running = platform.start(...up);
    await running.waitFor(/"id":"image\/postgres:[^\n]+"wait":/);
    await registry().clear();
    await running.waitFor(/"id":"phase\/core"[^\n]+"status":"done"/);
    const early = await blobsOf('keycloak/keycloak');
    const ended = await running.finished;
    expect(ended.code, ended.stderr).toBe(0);
    expect(early).toBeGreaterThan(0);
    expect(summary(await platform.containers())).toEqual(goal);
    const events = eventsOf(ended.stderr);
    const ofDatabase = events.filter(({id}) => id.startsWith('image/postgres:'));
    const asked = ofDatabase.findIndex(({wait}) => wait?.asked);
    const {wait, at} = ofDatabase[asked] ?? {};
    expect([wait?.attempt, (wait?.until ?? 0) - (at ?? 0) >= 4000]).toEqual([2, true]);
    expect(ofDatabase[asked + 1]?.at).toBeGreaterThanOrEqual((wait?.until ?? Number.POSITIVE_INFINITY) - 50);
    const begun = events.find(({id, status}) => id.startsWith('image/quay.io/keycloak/') && status === 'working');
    expect(begun?.at).toBeLessThan(ofDatabase[asked + 1]?.at ?? 0);
    expect(await blobsOf(database)).toBeGreaterThan(0);
  });

  test('that are here already are told beside those that are pulled, and not where none is', async () => {
    await engine.reset({images: true});
    for (const repository of ['wollomatic/socket-proxy', 'library/traefik', 'quay.io/keycloak/keycloak']) {
      const found = engine.sandbox?.images.find(image => image.startsWith(`${repository}:`)) ?? '';
      expect(await platform.docker('pull', '--quiet', found)).toMatchObject({code: 0});
    }
    const ended = await platform.run(...up);
    expect(ended.code, ended.stderr).toBe(0);
    const last = new Map(eventsOf(ended.stderr).flatMap(event => (event.kind === 'image' ? [[event.id, event] as const] : [])));
    expect(
      [...last.values()].map(({id, parentId, status, text, total}) => [id.replace(/:[^:]+$/, ''), parentId, status, text, total]),
    ).toEqual([
      ['image/quay.io/keycloak/keycloak', 'phase/authentication', 'skipped', 'Present', undefined],
      ['image/postgres', 'phase/authentication', 'done', 'Pulled', expect.any(Number)],
    ]);
    expect(summary(await platform.containers())).toEqual(goal);
  });

  test('that wait for their next attempt end at once when the run is interrupted', async () => {
    await engine.reset({images: true});
    await registry().fail('library/traefik', {kind: 'status', at: 'blob', status: 429, message: 'too many requests, retry-after: 10m'});
    const running = platform.start(...up);
    await running.waitFor(/"id":"image\/traefik:[^\n]+"wait":/);
    running.signal('SIGINT');
    const ended = await running.finished;
    expect(ended.code, ended.stderr).toBe(130);
    expect(eventsOf(ended.stderr).findLast(({id}) => id === 'run')).toMatchObject({status: 'warning', text: 'Interrupted'});
    expect(eventsOf(ended.stderr).filter(({id, status}) => id.startsWith('image/traefik:') && status === 'error')).toEqual([]);
  });
});
