/** What Prometheus learns about Redis and the object store, from the real exporter and a real Redis cluster. */
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {readAsset} from '../catalogue/support.ts';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {openPlatform, type Platform} from '../helpers/platform.ts';

const support = await engineSupport();
const patience = {timeout: 120_000, interval: 1000};

interface Target {
  readonly labels: Readonly<Record<string, string>>;
  readonly health: string;
}

describe.runIf(support.kind !== 'none')(titled('Redis and the object store, watched', support), () => {
  let engine: TestEngine;
  let platform: Platform;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
    const picked = ['redis:cluster', 'object-store', 'prometheus'].flatMap(pick => ['--with', pick]);
    const up = await platform.run('up', ...picked, '--without', 'keycloak', '--yes');
    expect(up.code, up.stderr).toBe(0);
  });
  beforeEach(({onTestFailed}) => onTestFailed(() => platform.report()));
  afterAll(async () => {
    await platform?.remove();
    await engine?.stop();
  });

  const fetched = (service: string, url: string) => platform.docker('compose', 'exec', '-T', service, 'wget', '-q', '-O', '-', url);
  const prometheus = async <T>(path: string): Promise<T> => {
    const {code, stdout, stderr} = await fetched('prometheus', `http://127.0.0.1:9090/api/v1/${path}`);
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout).data;
  };

  test('every node of the cluster is asked by its name, and the object store as a whole', async () => {
    const targets = async () =>
      (await prometheus<{activeTargets: readonly Target[]}>('targets')).activeTargets
        .map(({labels, health}) => `${labels.component} ${labels.instance} ${health}`)
        .filter(target => /^(redis|object-store) /.test(target))
        .sort();
    const nodes = [1, 2, 3, 4, 5, 6].map(number => `redis redis-${number} up`);
    await expect.poll(targets, patience).toEqual(['object-store object-store up', ...nodes]);
  });

  test('the exporter gets into every node', async () => {
    const up = async () =>
      (await prometheus<{result: readonly {value: readonly [number, string]}[]}>('query?query=redis_up')).result.map(({value}) => value[1]);
    await expect.poll(up, patience).toEqual(['1', '1', '1', '1', '1', '1']);
  });

  test('whatever the alerts and the dashboard of Redis ask for is there', async () => {
    const asked = (await readAsset('redis/alerts.yaml')) + (await readAsset('redis/dashboard.json'));
    const wanted = [...new Set(asked.match(/\bredis_[a-z_]+(?=\{)/g))].sort();
    expect(wanted.length).toBeGreaterThan(15);
    const missing = async () => {
      const known = await prometheus<readonly string[]>('label/__name__/values');
      return wanted.filter(name => !known.includes(name));
    };
    await expect.poll(missing, patience).toEqual([]);
  });

  test('the exporter shows the password to the nodes, and to nobody else who might call himself one', async () => {
    const place = ['--name', 'impostor', '--network', 'infra-dev_cachenet', '--entrypoint', 'redis-server'];
    const started = await platform.docker('run', '--detach', ...place, 'redis:8.10.2', '--requirepass', 'something-else');
    expect(started.code, started.stderr).toBe(0);
    const asked = async (name: string) =>
      (await fetched('prometheus', `http://redis-exporter:9121/scrape?target=redis://${name}:6379`)).stdout;
    // With a password it would have been WRONGPASS.
    await expect.poll(() => asked('impostor'), patience).toContain('err="NOAUTH Authentication required."');
    expect(await asked('redis-4')).toContain('redis_up 1');
    await platform.docker('rm', '--force', 'impostor');
  });
});
