/** The standard tier with an application of one's own: all at once, and phase by phase over several runs. */
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {theCatalog} from '../catalogue/support.ts';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {filesIn, type Platform, platformForTest, summary} from '../helpers/platform.ts';

const support = await engineSupport();

/** This machine need not be as large as the tier is made for: nothing here waits for a person. */
const tier = ['--tier', 'standard', '--ignore', 'D41,D42,D44,D45', '--yes'];
const shop = ['--with', 'webapp.shop', '--set', 'webapp.shop.image=sandbox/webapp:1', '--set', 'webapp.shop.database=postgres'];

describe.runIf(support.kind !== 'none')(titled('the standard tier', support, 'faults'), () => {
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

  /** Services that are not as they should be. */
  const wrong = async () =>
    Object.entries(summary(await platform.containers())).filter(([, state]) => !/^(running healthy|running -|exited 0)$/.test(state));

  const changesNothing = async () => {
    const [files, containers] = [await filesIn(platform.workspace), await platform.containers()];
    expect(await platform.run('plan', '--exit-code')).toMatchObject({code: 0, stdout: expect.stringContaining('Nothing to do')});
    const again = await platform.run('up', ...tier, ...shop);
    expect(again.code, again.stderr).toBe(0);
    expect(await platform.containers()).toEqual(containers);
    expect(await filesIn(platform.workspace)).toEqual(files);
  };

  test('comes up all at once, healthy, and the second run changes nothing', async () => {
    const up = await platform.run('up', ...tier, ...shop, '--strategy', 'all-in-one');
    expect(up.code, up.stderr).toBe(0);
    expect(await wrong()).toEqual([]);
    const components = (await theCatalog()).platform.tiers.find(({id}) => id === 'standard')?.components.keys() ?? [];
    const services = new Set((await platform.containers()).map(({service}) => service));
    expect([...components].filter(id => ![...services].some(service => service === id || service.startsWith(`${id}-`)))).toEqual([]);
    expect((await platform.containers()).flatMap(({ports}) => ports).sort()).toEqual([443, 80]);
    const again = await platform.run('up', '--yes', '--ignore', 'D41,D42,D44,D45');
    expect(again.code, again.stderr).toBe(0);
  });

  test('comes up phase by phase over five runs, each leaving what is right alone', async () => {
    let before = await platform.containers();
    for (const {id} of (await theCatalog()).platform.phases) {
      const up = await platform.run('up', ...tier, ...shop, '--phase', id);
      expect(up.code, up.stderr).toBe(0);
      expect(await wrong()).toEqual([]);
      const after = await platform.containers();
      expect(after.filter(({id: container}) => before.some(old => old.id === container))).toEqual(before);
      before = after;
    }
    await changesNothing();
  });
});
