/** The scripts and configuration of Redis, run by a real Redis of Debian, and its alerts, told by Prometheus's own tool. */
import {execFile, spawn} from 'node:child_process';
import {chmod, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import {beforeAll, describe, expect, onTestFinished, test, vi} from 'vitest';
import {stringify} from 'yaml';
import {noTools, type Tool, unpackTool} from '../sandbox/tools.ts';
import {readAsset, root} from './support.ts';

const run = promisify(execFile);
const reason = await noTools();
const titled = (title: string) => (reason === undefined ? title : `${title} (not run: ${reason})`);

interface Place {
  readonly folder: string;
  /** Runs a script of assets/redis to its end, or what it becomes. */
  start(script: string, ...args: readonly string[]): Promise<{stdout: string; stderr: string}>;
  readonly env: NodeJS.ProcessEnv;
}

/** A folder that stands for the container's root, with the names that a resolver knows. */
const placeFor = async (
  redis: Tool,
  files: Readonly<Record<string, string>>,
  names: Readonly<Record<string, string>> = {},
): Promise<Place> => {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  const put = async (path: string, content: string, mode = 0o644) => {
    await mkdir(dirname(join(folder, path)), {recursive: true});
    await writeFile(join(folder, path), content);
    await chmod(join(folder, path), mode);
  };
  const moved = (text: string) => text.replaceAll(/(?<![\w.])\/(run|opt|data)\b/g, `${folder}/$1`).replace('patience=15', 'patience=1');
  for (const asset of ['entrypoint.sh', 'node.sh', 'redis.conf', 'cluster.conf']) {
    await put(`opt/infra/${asset}`, moved(await readAsset(`redis/${asset}`)).replace(/\$\{REDIS_EVICTION\}/, 'volatile-lru'));
  }
  const table = Object.entries(names).map(([name, address]) => `${name}) echo '${address}  STREAM ${name}' ;;`);
  await put('bin/getent', `#!/bin/sh\ncase $2 in ${table.join(' ')} *) exit 2 ;; esac\n`, 0o755);
  await put('bin/docker-entrypoint.sh', '#!/bin/sh\nexec "$@"\n', 0o755);
  await mkdir(join(folder, 'run/redis'), {recursive: true});
  await mkdir(join(folder, 'data'));
  for (const [path, content] of Object.entries(files)) await put(path, content);
  const path = `${join(folder, 'bin')}:${dirname(redis.path)}:${process.env.PATH}`;
  const env = {...redis.env, PATH: path, MEMORY_LIMIT: '384M'};
  const start = (script: string, ...args: readonly string[]) => run('bash', [join(folder, 'opt/infra', script), ...args], {env});
  return {folder, env, start};
};

/** Starts Redis for the length of a test; what it returns asks it. */
const startRedis = async ({folder, env}: Place, script: string, ...args: readonly string[]) => {
  const socket = join(folder, 'redis.sock');
  const server = spawn('bash', [join(folder, 'opt/infra', script), ...args, '--unixsocket', socket], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', text => (log += text));
  const ended = new Promise(resolve => server.once('close', resolve));
  onTestFinished(async () => {
    server.kill('SIGTERM');
    await ended;
  });
  const ask = async (...words: readonly string[]) =>
    (await run('redis-cli', ['-s', socket, ...words], {env: {...env, REDISCLI_AUTH: 'secret'}})).stdout;
  await vi.waitFor(async () => expect(await ask('ping'), log).toBe('PONG\n'), {timeout: 20_000, interval: 100});
  return {ask, socket};
};

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const id = (digit: number) => String(digit).repeat(40);

describe.runIf(reason === undefined)(titled('Redis'), () => {
  let redis: Tool;
  beforeAll(async () => {
    redis = await unpackTool('redis-server', ['redis-tools', 'libatomic1', 'libjemalloc2', 'liblzf1', 'libsystemd0', 'libssl3']);
  }, 120_000);

  test('starts with its configuration, asks for the password, and keeps its data in a file', async () => {
    const place = await placeFor(redis, {'run/secrets/redis_password': 'secret\n'});
    const {ask, socket} = await startRedis(place, 'entrypoint.sh', join(place.folder, 'opt/infra/redis.conf'), '--port', '0');
    const refused = await run('redis-cli', ['-s', socket, 'get', 'a'], {env: place.env});
    expect(refused.stdout).toBe('NOAUTH Authentication required.\n\n');
    const config = await ask('config', 'get', 'maxmemory', 'maxmemory-policy', 'appendonly', 'appendfsync', 'save', 'dir', 'masterauth');
    const words = config.split('\n').slice(0, -1);
    const pairs = Object.fromEntries(words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1]]] : [])));
    expect(pairs).toEqual({
      maxmemory: String(230 * 2 ** 20),
      'maxmemory-policy': 'volatile-lru',
      appendonly: 'yes',
      appendfsync: 'everysec',
      save: '',
      dir: join(place.folder, 'data'),
      masterauth: 'secret',
    });
  });

  test('refuses to start without a password, and with a limit that is none', async () => {
    const without = await placeFor(redis, {'run/secrets/redis_password': ''});
    await expect(without.start('entrypoint.sh')).rejects.toThrow('redis_password is missing, empty or not readable');
    const place = await placeFor(redis, {'run/secrets/redis_password': 'secret'});
    for (const limit of ['512', '0M', '1.5G', '']) {
      const wrong = run('bash', [join(place.folder, 'opt/infra/entrypoint.sh')], {env: {...place.env, MEMORY_LIMIT: limit}});
      await expect(wrong, limit).rejects.toThrow('MEMORY_LIMIT has to be an amount such as 512M or 2G');
    }
  });

  test('a node starts with the addresses that names have now, also where it had lost one; the rest of what it knows stays', async () => {
    const nodes = [
      `${id(1)} 10.1.0.1:6379@16379,redis-1,tls-port=0,shard-id=${id(8)} myself,master - 0 0 1 connected 0-5460`,
      `${id(2)} 10.1.0.2:6379@16379,redis-2,tls-port=0,shard-id=${id(9)} master - 0 1795613725000 2 connected 5461-10922`,
      `${id(3)} :0@0,redis-3,tls-port=0,shard-id=${id(7)} master,noaddr - 0 0 3 disconnected 10923-16383`,
      `${id(4)} 10.1.0.3:6379@16379,redis-31,tls-port=0,shard-id=${id(7)} slave ${id(3)} 0 0 3 connected`,
      'vars currentEpoch 6 lastVoteEpoch 0',
      '',
    ].join('\n');
    const names = {'redis-1': '10.2.0.3', 'redis-2': '10.2.0.1', 'redis-3': '10.2.0.2'};
    const place = await placeFor(redis, {'run/secrets/redis_password': 'secret', 'data/nodes.conf': nodes}, names);
    const port = String(await freePort().then(found => (found > 55_000 ? found - 20_000 : found)));
    const settings = ['--port', port, '--bind', '127.0.0.1', '--cluster-announce-hostname', 'redis-1'];
    const {ask} = await startRedis(place, 'node.sh', join(place.folder, 'opt/infra/cluster.conf'), ...settings);
    const seen = (await ask('cluster', 'nodes')).trim().split('\n').sort();
    // Older versions say more behind the name.
    const words = seen.map(line => line.replace(/,tls-port\S*/, '').split(' '));
    expect(words.map(word => word.slice(0, 4))).toEqual([
      [id(1), expect.stringMatching(/,redis-1$/), 'myself,master', '-'],
      [id(2), '10.2.0.1:6379@16379,redis-2', 'master', '-'],
      [id(3), '10.2.0.2:6379@16379,redis-3', 'master', '-'],
      [id(4), '10.1.0.3:6379@16379,redis-31', 'slave', id(3)],
    ]);
    expect(seen.flatMap(line => line.split(' ').slice(8))).toEqual(['0-5460', '5461-10922', '10923-16383']);
    expect(await ask('cluster', 'info')).toContain('cluster_current_epoch:6');
    expect(await ask('config', 'get', 'cluster-preferred-endpoint-type')).toBe('cluster-preferred-endpoint-type\nhostname\n');
  });

  test('a node that has never been in a cluster has nothing to look up', async () => {
    const place = await placeFor(redis, {'run/secrets/redis_password': 'secret'});
    const started = await place.start('node.sh', '--version');
    expect(started.stdout).toMatch(/^Redis server v=/);
    expect(await readFile(join(place.folder, 'run/redis/start.conf'), 'utf8')).toBe(
      'requirepass secret\nmasterauth secret\nmaxmemory 230mb\n',
    );
  });
});

/** Numbers by series, as the tool writes them: `0+10x90` begins with 0 and grows by 10 for 90 minutes. */
type Series = Readonly<Record<string, string>>;

const cluster = (name: string, values: string): Series =>
  Object.fromEntries([1, 2, 3].map(number => [`${name}{job="redis",instance="redis-${number}"}`, values]));
const one = (name: string, values: string, more = ''): Series => ({[`${name}{job="redis",instance="redis-1"${more}}`]: values});
const store = (name: string, values: string): Series => ({[`${name}{job="object-store",instance="object-store"}`]: values});
const master = ',role="master",redis_mode="cluster"';

const cases: readonly (readonly [string, Series, number, readonly string[]])[] = [
  [
    'all is well',
    {
      ...cluster('redis_up', '1x30'),
      ...cluster('redis_cluster_slots_ok', '16384x30'),
      ...cluster('redis_cluster_state', '1x30'),
      ...one('redis_memory_used_bytes', '10x30'),
      ...one('redis_memory_max_bytes', '100x30'),
      ...one('redis_connected_slaves', '1x30'),
      ...one('redis_instance_info', '1x30', master),
      ...store('minio_cluster_health_status', '1x30'),
      ...store('minio_cluster_nodes_offline_total', '0x30'),
      ...store('minio_cluster_drive_offline_total', '0x30'),
    },
    25,
    [],
  ],
  ['a node does not answer', one('redis_up', '0x10'), 5, ['RedisDown']],
  ['a node misses one question', one('redis_up', '1 0 1 1'), 3, []],
  ['the exporter does not answer', one('up', '0x10'), 5, ['RedisExporterDown']],
  [
    'memory is almost full',
    {...one('redis_memory_used_bytes', '95x30'), ...one('redis_memory_max_bytes', '100x30')},
    20,
    ['RedisMemoryAlmostFull'],
  ],
  ['memory has no limit', {...one('redis_memory_used_bytes', '95x30'), ...one('redis_memory_max_bytes', '0x30')}, 20, []],
  ['clients are turned away', one('redis_rejected_connections_total', '0x5 3x10'), 7, ['RedisRefusesConnections']],
  ['the disk takes nothing any more', one('redis_aof_last_write_status', '0x10'), 7, ['RedisDoesNotWriteToDisk']],
  ['a replica has lost its master', one('redis_master_link_up', '0x10'), 5, ['RedisReplicaOutOfStep']],
  [
    'a master has no replica',
    {...one('redis_connected_slaves', '0x10'), ...one('redis_instance_info', '1x10', master)},
    7,
    ['RedisMasterWithoutReplica'],
  ],
  [
    'one instance alone has no replica',
    {...one('redis_connected_slaves', '0x10'), ...one('redis_instance_info', '1x10', ',role="master",redis_mode="standalone"')},
    7,
    [],
  ],
  [
    'one node sees slots that nobody serves',
    {...cluster('redis_cluster_slots_ok', '16384x10'), ...one('redis_cluster_slots_ok', '10923x10')},
    5,
    ['RedisClusterIncomplete'],
  ],
  ['the object store does not answer', store('up', '0x10'), 5, ['ObjectStoreDown']],
  [
    'one node of the object store is lost',
    {...store('minio_cluster_nodes_offline_total', '1x10'), ...store('minio_cluster_health_status', '1x10')},
    7,
    ['ObjectStoreNodeOffline'],
  ],
  [
    'two of its drives are lost',
    {...store('minio_cluster_drive_offline_total', '2x10'), ...store('minio_cluster_health_status', '0x10')},
    7,
    ['ObjectStoreDriveOffline', 'ObjectStoreRefusesWrites'],
  ],
  [
    'it has 5 % of its space left',
    {...store('minio_cluster_capacity_usable_free_bytes', '5x30'), ...store('minio_cluster_capacity_usable_total_bytes', '100x30')},
    25,
    ['ObjectStoreAlmostFull'],
  ],
  [
    'it fails at every tenth request',
    {...store('minio_s3_requests_total', '0+60x30'), ...store('minio_s3_requests_5xx_errors_total', '0+6x30')},
    25,
    ['ObjectStoreErrors'],
  ],
  [
    'nobody asks it for anything',
    {...store('minio_s3_requests_total', '60x30'), ...store('minio_s3_requests_5xx_errors_total', '6x30')},
    25,
    [],
  ],
];

describe.runIf(reason === undefined)(titled('alerts'), () => {
  let promtool: Tool;
  beforeAll(async () => {
    promtool = await unpackTool('promtool', [], 'forky');
  }, 120_000);

  test.each(cases)('when %s', async (_, series, minutes, expected) => {
    const folder = await mkdtemp(join(tmpdir(), 'alerts-'));
    onTestFinished(() => rm(folder, {recursive: true, force: true}));
    const file = join(folder, 'test.yaml');
    const samples = expected.map(alertname => ({labels: `{alertname="${alertname}"}`, value: 1}));
    const asked = {
      expr: 'group by (alertname) (ALERTS{alertstate="firing"})',
      eval_time: `${minutes}m`,
      ...(samples.length > 0 && {exp_samples: samples}),
    };
    const tests = [
      {interval: '1m', input_series: Object.entries(series).map(([name, values]) => ({series: name, values})), promql_expr_test: [asked]},
    ];
    const rules = ['redis', 'object-store'].map(component => join(root, 'assets', component, 'alerts.yaml'));
    await writeFile(file, stringify({rule_files: rules, evaluation_interval: '1m', tests}));
    const said = await run(promtool.path, ['test', 'rules', file], {env: promtool.env}).then(
      () => '',
      (error: {stdout?: string; stderr?: string}) => `${error.stdout}${error.stderr}`,
    );
    expect(said).toBe('');
  });
});
