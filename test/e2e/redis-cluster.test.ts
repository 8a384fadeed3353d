/** Redis as one instance and as a cluster, with real Redis: what is lost, and what is not, when nodes and their addresses come and go. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {openPlatform, type Platform, summary} from '../helpers/platform.ts';

const support = await engineSupport();

const nodes = [1, 2, 3, 4, 5, 6].map(number => `redis-${number}`);
const stores = [1, 2, 3, 4].map(number => `object-store-${number}`);
const patience = {timeout: 60_000, interval: 200};

/** What one node says about another, in CLUSTER NODES. */
interface ClusterNode {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly role: 'master' | 'slave';
  readonly master: string;
  readonly slots: readonly string[];
  /** Connected, and not called failed or without an address. */
  readonly isFine: boolean;
}

const nodeOf = (line: string): ClusterNode => {
  const [id = '', place = '', flags = '', master = '', , , , link = '', ...slots] = line.split(' ');
  const [address = '', name = ''] = place.split(',');
  return {
    id,
    name,
    address: address.replace(/:.*/, ''),
    role: flags.includes('slave') ? 'slave' : 'master',
    master,
    slots,
    isFine: link === 'connected' && !/fail|noaddr|handshake/.test(flags),
  };
};

const rolesOf = (view: readonly ClusterNode[]) => Object.fromEntries(view.map(({name, role}) => [name, role]));

/** The same, whoever looks and whenever. */
const shape = (view: readonly ClusterNode[]) =>
  view.map(({id, name, role, master, slots}) => ({id, name, role, master, slots})).sort((a, b) => a.name.localeCompare(b.name));

/** Runs a script in a service of the project; `redis-cli` finds the password. */
const inside = async (platform: Platform, service: string, script: string): Promise<string> => {
  const withPassword = `export REDISCLI_AUTH="$(cat /run/secrets/redis_password)"; ${script}`;
  const {code, stdout, stderr} = await platform.docker('compose', 'exec', '-T', service, 'bash', '-c', withPassword);
  expect(code, `${service}: ${script}\n${stdout}${stderr}`).toBe(0);
  return stdout.replaceAll('\r', '').trim();
};

/** What the cluster looks like, once every running node sees all six of them and every slot served. */
const wholeCluster = async (platform: Platform): Promise<readonly ClusterNode[]> => {
  let seen: readonly ClusterNode[] = [];
  const look = async () => {
    const questions = nodes.map(
      node => `redis-cli -h ${node} cluster info | grep -E '^cluster_(state|slots_ok):'; redis-cli -h ${node} cluster nodes; echo`,
    );
    const answers = (await inside(platform, 'redis-1', questions.join('; '))).split(/\n\n+/).map(answer => answer.split('\n'));
    const views = answers.map(lines => lines.slice(2).map(nodeOf));
    seen = views[0] ?? [];
    return {
      states: [...new Set(answers.map(lines => lines.slice(0, 2).join(' ')))],
      fine: views.map(nodes => nodes.filter(({isFine}) => isFine).length),
      shapes: new Set(views.map(nodes => JSON.stringify(shape(nodes)))).size,
    };
  };
  const whole = {states: ['cluster_state:ok cluster_slots_ok:16384'], fine: [6, 6, 6, 6, 6, 6], shapes: 1};
  await expect.poll(look, patience).toEqual(whole);
  return seen;
};

const keys = 300;
const writeKeys = (platform: Platform) =>
  inside(platform, 'redis-1', `for i in $(seq ${keys}); do echo set key:$i value:$i; done | redis-cli -c -h redis | grep -c OK`);
const readKeys = (platform: Platform) =>
  inside(platform, 'redis-1', `for i in $(seq ${keys}); do echo get key:$i; done | redis-cli -c -h redis | grep -c '^value:'`);

/** Addresses on a network, by service. */
const addresses = async (platform: Platform, network: string, services: readonly string[]) => {
  const containers = (await platform.containers()).filter(({service}) => services.includes(service));
  const format = `{{(index .NetworkSettings.Networks "infra-dev_${network}").IPAddress}}`;
  const {stdout} = await platform.docker('inspect', '--format', format, ...containers.map(({id}) => id));
  const found = stdout.trim().split('\n');
  return new Map(containers.map(({service}, index) => [service, found[index] ?? '']));
};

const ids = async (platform: Platform) => (await platform.containers()).map(({id}) => id);

describe.runIf(support.kind !== 'none')(titled('Redis in a cluster, and an object store of four nodes', support), () => {
  const picked = ['--with', 'redis:cluster', '--with', 'object-store:distributed', '--without', 'keycloak', '--yes'];
  const times: string[] = [];
  let engine: TestEngine;
  let platform: Platform;

  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    times.push(`${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s  ${what}`);
    return result;
  };

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
    const up = await timed('up, with all downloads', () => platform.run('up', ...picked));
    expect(up.code, up.stderr).toBe(0);
  });
  beforeEach(({onTestFailed}) => onTestFailed(() => platform.report()));
  afterAll(async () => {
    console.log(times.join('\n'));
    await platform?.remove();
    await engine?.stop();
  });

  test('rolls out to health, and the jobs are done', async () => {
    const healthy = [...nodes, ...stores, 'traefik', 'traefik-socket-proxy'].map(service => [service, 'running healthy']);
    const done = ['redis-cluster-setup', 'object-store-folder'].map(service => [service, 'exited 0']);
    expect(summary(await platform.containers())).toEqual(Object.fromEntries([...healthy, ...done]));
  });

  test('has three masters that share all slots, with a replica each', async () => {
    const whole = await wholeCluster(platform);
    const masters = whole.filter(({role}) => role === 'master');
    expect(masters.map(({slots}) => slots.length)).toEqual([1, 1, 1]);
    const replicas = whole.filter(({role}) => role === 'slave');
    expect(replicas.map(({master}) => master).sort()).toEqual(masters.map(({id}) => id).sort());
  });

  test('sends clients on by name, and lets nobody in without the password', async () => {
    // `a` is in slot 15495.
    const owner = (await wholeCluster(platform)).find(({slots}) => slots.some(range => range.endsWith('-16383')))?.name ?? '';
    const other = nodes.find(node => node !== owner) ?? '';
    expect(await inside(platform, other, 'redis-cli get a || true')).toBe(`MOVED 15495 ${owner}:6379`);
    expect(await inside(platform, other, 'env -u REDISCLI_AUTH redis-cli get a || true')).toBe('NOAUTH Authentication required.');
    expect(await inside(platform, other, 'REDISCLI_AUTH=wrong redis-cli get a 2>&1 || true')).toMatch(/^AUTH failed: WRONGPASS/);
  });

  test('takes three fifths of its memory for data, and refuses what does not fit', async () => {
    const {name} = (await wholeCluster(platform)).find(({slots}) => slots.some(range => range.endsWith('-16383'))) ?? nodeOf('');
    const set = (bytes: string) => `redis-cli config set maxmemory ${bytes} >/dev/null`;
    const [limit = '', answer] = (
      await inside(
        platform,
        name,
        `redis-cli config get maxmemory | tail -1; ${set('1mb')}; redis-cli set a 1 || true; ${set('241172480')}`,
      )
    ).split('\n');
    expect(limit).toBe(String(230 * 2 ** 20));
    expect(answer).toBe("OOM command not allowed when used memory > 'maxmemory'.");
  });

  test('goes on when a master is killed: its replica takes over, and it comes back as a replica', async () => {
    expect(await writeKeys(platform)).toBe(String(keys));
    const before = await wholeCluster(platform);
    const lost = before.find(({name, role}) => role === 'master' && name !== 'redis-1') ?? nodeOf('');
    const heir = before.find(({master}) => master === lost.id)?.name ?? '';
    await platform.docker('compose', 'kill', lost.name);
    await timed('a killed master is replaced', () =>
      expect.poll(() => inside(platform, heir, 'redis-cli role | head -1'), patience).toBe('master'),
    );
    await expect.poll(() => readKeys(platform), patience).toBe(String(keys));
    expect((await platform.docker('compose', 'start', lost.name)).code).toBe(0);
    const after = await wholeCluster(platform);
    expect(rolesOf(after)).toEqual({...rolesOf(before), [lost.name]: 'slave', [heir]: 'master'});
    await expect.poll(() => inside(platform, lost.name, 'redis-cli info replication'), patience).toContain('master_link_status:up');
    expect(await readKeys(platform)).toBe(String(keys));
  });

  test('is left as it is by a second rollout, and by a second run of its setup', async () => {
    const [containers, before] = [await ids(platform), shape(await wholeCluster(platform))];
    expect(await platform.run('plan', '--exit-code')).toMatchObject({code: 0, stdout: expect.stringContaining('Nothing to do')});
    const up = await timed('up, with nothing to do', () => platform.run('up', ...picked));
    expect(up.code, up.stderr).toBe(0);
    expect(await ids(platform)).toEqual(containers);
    const setup = (await platform.containers()).find(({service}) => service === 'redis-cluster-setup')?.id ?? '';
    const again = await timed('the setup, with nothing to do', () => platform.docker('start', '--attach', setup));
    expect(again).toMatchObject({code: 0, stdout: 'setup: done\n'});
    expect(shape(await wholeCluster(platform))).toEqual(before);
  });

  test('finds itself again when all its containers are made anew, with addresses that others had', async ({onTestFinished}) => {
    const [roles, before] = [rolesOf(await wholeCluster(platform)), await addresses(platform, 'cachenet', nodes)];
    expect((await platform.docker('compose', 'down')).code).toBe(0);
    expect((await platform.docker('compose', 'create')).code).toBe(0);
    // Somebody else is at two of the old addresses by the time the nodes start.
    const taken = [before.get('redis-1') ?? '', before.get('redis-5') ?? ''];
    for (const [index, address] of taken.entries()) {
      const place = ['--name', `squatter-${index}`, '--network', 'infra-dev_cachenet', '--ip', address];
      const squatter = await platform.docker('run', '--detach', ...place, '--entrypoint', 'sleep', 'redis:8.10.2', 'infinity');
      expect(squatter.code, squatter.stderr).toBe(0);
    }
    onTestFinished(async () => {
      await platform.docker('rm', '--force', 'squatter-0', 'squatter-1');
    });
    const up = await timed('up, after all containers were removed', () => platform.run('up', ...picked));
    expect(up.code, up.stderr).toBe(0);
    const whole = await timed('... and until every node is happy', () => wholeCluster(platform));
    const after = await addresses(platform, 'cachenet', nodes);
    expect([...after.values()].filter(address => taken.includes(address))).toEqual([]);
    expect(new Map(whole.map(({name, address}) => [name, address]))).toEqual(after);
    expect(rolesOf(whole)).toEqual(roles);
    expect(await readKeys(platform)).toBe(String(keys));
  });

  test('takes a master that lost its volume back in, as a replica, and the data are still there', async () => {
    const lost = (await wholeCluster(platform)).find(({role}) => role === 'master')?.name ?? '';
    await platform.docker('compose', 'rm', '--stop', '--force', lost);
    expect((await platform.docker('volume', 'rm', `infra-dev_${lost}-data`)).code).toBe(0);
    const up = await timed('up, after a master lost its volume', () => platform.run('up', ...picked, '--ignore', 'D77'));
    expect(up.code, up.stderr).toBe(0);
    expect((await platform.docker('compose', 'up', '--detach', 'redis-cluster-setup')).code).toBe(0);
    const whole = await wholeCluster(platform);
    expect(whole.find(({name}) => name === lost)?.role).toBe('slave');
    expect(await readKeys(platform)).toBe(String(keys));
  });

  test('follows its network to another subnet', async () => {
    expect((await platform.docker('compose', 'down')).code).toBe(0);
    const up = await timed('up, in another subnet', () => platform.run('up', ...picked, '--set', 'platform.cachenet_subnet=10.77.0.0/24'));
    expect(up.code, up.stderr).toBe(0);
    const whole = await wholeCluster(platform);
    expect(whole.map(({address}) => address).filter(address => !address.startsWith('10.77.0.'))).toEqual([]);
    expect(await readKeys(platform)).toBe(String(keys));
  });

  test('the nodes of the object store know one another on their own network, own their drives, and ask for the password', async () => {
    const found = [...(await addresses(platform, 'stornet', stores)).values()].sort();
    const looked = ['run', '--rm', '--network', 'infra-dev_stornet', '--entrypoint', 'getent', 'redis:8.10.2', 'ahostsv4', 'object-store'];
    const {stdout} = await platform.docker(...looked);
    expect([...new Set(stdout.match(/^\S+/gm))].sort()).toEqual(found);
    for (const store of stores) {
      const run = (...argv: readonly string[]) => platform.docker('compose', 'exec', '-T', store, ...argv);
      expect((await run('sh', '-c', 'stat -c %u /data')).stdout, store).toBe('1000\n');
      expect(await run('mc', 'ready', 'local'), store).toMatchObject({code: 0});
      const password = (await readFile(join(platform.workspace, 'secrets/object_store_root_password'), 'utf8')).trim();
      const set = (secret: string) => run('mc', 'alias', 'set', 'all', 'http://object-store:9000', 'admin', secret);
      expect(await set('not the password'), store).toMatchObject({code: 1});
      expect(await set(password), store).toMatchObject({code: 0});
      expect(await run('mc', 'mb', '--ignore-existing', 'all/pictures'), store).toMatchObject({code: 0});
    }
  });
});

describe.runIf(support.kind !== 'none')(titled('one Redis and one object store', support), () => {
  let engine: TestEngine;
  let platform: Platform;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
    const up = await platform.run(
      'up',
      '--with',
      'redis',
      '--with',
      'object-store',
      '--without',
      'keycloak',
      '--yes',
      '--set',
      'redis.memory=1G',
    );
    expect(up.code, up.stderr).toBe(0);
  });
  beforeEach(({onTestFailed}) => onTestFailed(() => platform.report()));
  afterAll(async () => {
    await platform?.remove();
    await engine?.stop();
  });

  test('roll out to health', async () => {
    expect(summary(await platform.containers())).toMatchObject({
      redis: 'running healthy',
      'object-store': 'running healthy',
      'object-store-folder': 'exited 0',
    });
  });

  test('Redis asks for the password, and takes three fifths of its memory for data', async () => {
    expect(await inside(platform, 'redis', 'env -u REDISCLI_AUTH redis-cli get a || true')).toBe('NOAUTH Authentication required.');
    expect(await inside(platform, 'redis', 'redis-cli config get maxmemory | tail -1')).toBe(String(614 * 2 ** 20));
  });

  test('what was stored is still there after Redis was killed, and after its container was made anew', async () => {
    expect(await inside(platform, 'redis', 'redis-cli set a kept && redis-cli waitaof 1 0 5000 | head -1')).toBe('OK\n1');
    await platform.docker('compose', 'kill', 'redis');
    await platform.docker('compose', 'start', 'redis');
    const read = () => inside(platform, 'redis', 'redis-cli get a').catch(() => 'not yet');
    await expect.poll(read, patience).toBe('kept');
    await platform.docker('compose', 'down');
    const up = await platform.run('up', '--yes');
    expect(up.code, up.stderr).toBe(0);
    expect(await read()).toBe('kept');
  });
});
