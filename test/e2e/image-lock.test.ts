/** `infra.lock.yml` on a real engine and registry: what was pulled is written down, pulled again as the same build, and moved by `update` alone. */
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {filesIn, openPlatform, type Platform, summary} from '../helpers/platform.ts';

const support = await engineSupport();

interface Lock {
  readonly images: Readonly<Record<string, {readonly services: readonly string[]; readonly digests: Readonly<Record<string, string>>}>>;
}

const core = {traefik: 'running healthy', 'traefik-socket-proxy': 'running healthy'};
const selection = ['--without', 'keycloak'];

describe.runIf(support.kind === 'sandbox')(titled('the lock file', support, 'faults'), () => {
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

  const path = () => join(platform.workspace, 'infra.lock.yml');
  const lock = async (): Promise<Lock> => parse(await readFile(path(), 'utf8'));
  const up = async () => {
    const {code, stderr} = await platform.run('up', ...selection, '--yes');
    expect(code, stderr).toBe(0);
  };
  const traefik = async () => Object.keys((await lock()).images).find(reference => reference.startsWith('traefik:')) ?? '';
  /** As if the publisher had moved the tag since: to something that only this file knows. */
  const nameAnotherBuild = async () => {
    const [text, image] = [await readFile(path(), 'utf8'), await traefik()];
    const digest = Object.values((await lock()).images[image]?.digests ?? {})[0] ?? '';
    await writeFile(path(), text.replaceAll(digest, `sha256:${'0'.repeat(64)}`));
  };

  test('holds the digest the engine has of every image, and a second rollout leaves it alone', async () => {
    await up();
    const {images} = await lock();
    expect(Object.values(images).flatMap(({services}) => services)).toEqual(['traefik', 'traefik-socket-proxy']);
    for (const [reference, {digests}] of Object.entries(images)) {
      const {stdout} = await platform.docker('image', 'inspect', '--format', '{{json .RepoDigests}} {{.Os}}/{{.Architecture}}', reference);
      const [known = '', name = ''] = stdout.trim().split(' ');
      expect(JSON.parse(known)).toEqual([`${reference.replace(/:[^:]*$/, '')}@${digests[name]}`]);
    }
    const files = await filesIn(platform.workspace);
    await up();
    expect(await filesIn(platform.workspace)).toEqual(files);
  });

  test('an engine without the images pulls the very builds, by digest, under the names of the overlays', async () => {
    await engine.reset({images: true});
    const before = (await engine.sandbox?.registry.requests())?.length ?? 0;
    await up();
    const manifests = ((await engine.sandbox?.registry.requests()) ?? [])
      .slice(before)
      .filter(({path: asked}) => asked.includes('/manifests/'));
    expect(manifests.map(({path: asked}) => asked).filter(asked => !/\/manifests\/sha256:/.test(asked))).toEqual([]);
    expect(manifests.length).toBeGreaterThan(0);
    expect(summary(await platform.containers())).toEqual(core);
  });

  test('update says that nothing moved, and changes nothing', async () => {
    const files = await filesIn(platform.workspace);
    const {code, stdout} = await platform.run('update', ...selection, '--exit-code');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^traefik:\S+ +same +sha256:[0-9a-f]{12} +sha256:[0-9a-f]{12} +the lock names what the tag means$/m);
    expect(stdout).toMatch(/^Nothing moved\.$/m);
    expect(await filesIn(platform.workspace)).toEqual(files);
  });

  test('a tag that means another build is told by update, which takes it only when told to; then everything is as locked again', async () => {
    const good = await readFile(path(), 'utf8');
    await nameAnotherBuild();
    const plan = await platform.run('plan', ...selection, '--exit-code');
    expect(plan.code).toBe(6);
    expect(plan.stdout).toMatch(/recreate +traefik +infra\.lock\.yml names another build of traefik:/);

    const shown = await platform.run('update', ...selection, '--exit-code');
    expect(shown.code).toBe(6);
    expect(shown.stdout).toMatch(
      /^traefik:\S+ +newer build +sha256:000000000000 +sha256:[0-9a-f]{12} +its publisher moved the tag from sha256:0{12}$/m,
    );
    expect(await readFile(path(), 'utf8')).not.toBe(good);

    const taken = await platform.run('update', ...selection, '--yes');
    expect(taken.code, taken.stderr).toBe(0);
    expect(await readFile(path(), 'utf8')).toBe(good);
    expect((await platform.run('plan', ...selection, '--exit-code')).code).toBe(0);
  });

  test('a build that the registry does not have any more fails with the way out', async () => {
    await nameAnotherBuild();
    await engine.reset({images: true});
    const {code, stderr} = await platform.run('up', ...selection, '--yes');
    expect(code).toBe(5);
    expect(stderr).toContain('The lock file asks for sha256:000000000000.');
    expect(stderr).toContain('infra-wizard update');
    expect((await platform.run('update', ...selection, '--yes')).code).toBe(0);
    await up();
    expect(summary(await platform.containers())).toEqual(core);
  });
});
