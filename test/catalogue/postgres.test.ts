/** PostgreSQL and what stands on it: configuration that its own programs accept, and copies of one thing that stay alike. */
import {execFile} from 'node:child_process';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {render} from '../../source/plan/render.ts';
import {defaultAnswers, select} from '../../source/plan/select.ts';
import {noTools, unpackRoot} from '../sandbox/tools.ts';
import {type ComposeFile, type Service, tree} from './rule.ts';
import {readAsset, root, theCatalog} from './support.ts';

const run = promisify(execFile);

const fragment = async (path: string): Promise<ComposeFile> => parse(await readFile(join(root, 'compose', path), 'utf8'));

const written = async (components: Readonly<Record<string, string>>, path: string): Promise<string> => {
  const catalog = await theCatalog();
  const result = select(catalog, {...defaultAnswers(catalog), components});
  if (!result.ok) throw new Error(result.problems.map(({where, what}) => `${where}: ${what}`).join('\n'));
  const content = render(catalog, result.value).files.find(file => file.path === path)?.content;
  if (content === undefined) throw new Error(`${path} is not written`);
  return content;
};

/** What HAProxy says against a configuration. That names lead nowhere here is a notice, no more. */
const complaint = async (program: string, config: string): Promise<string> => {
  const place = await mkdtemp(join(program, 'tmp/haproxy-'));
  await writeFile(join(place, 'haproxy.cfg'), config);
  const argv = [program, '/usr/sbin/haproxy', '-c', '-f', `/tmp/${basename(place)}/haproxy.cfg`];
  const {stderr} = await run('chroot', argv).catch((error: {readonly stderr: string}) => error);
  await rm(place, {recursive: true});
  expect(stderr).toContain('haproxy.cfg');
  return stderr
    .split('\n')
    .filter(line => /ALERT|WARNING/.test(line))
    .join('\n');
};

test('HAProxy accepts its configuration, alone and with metrics', async context => {
  const reason = await noTools();
  if (reason !== undefined) return context.skip(reason);
  // As old as can be: servers that nobody has asked yet are taken for down since 3.1.
  const haproxy = await unpackRoot('haproxy', 'forky');
  const path = 'config/postgres/haproxy/haproxy.cfg';
  const alone = await written({postgres: 'cluster'}, path);
  const watched = await written({postgres: 'cluster', prometheus: 'standalone'}, path);
  expect(await complaint(haproxy, alone.replace('server postgres-3', 'servant postgres-3'))).toContain('servant');
  expect(alone).not.toContain('etcd');
  expect(watched).toContain('frontend etcd-metrics');
  expect(await complaint(haproxy, alone)).toBe('');
  expect(await complaint(haproxy, watched)).toBe('');
}, 300_000);

test('Patroni has the time that it says, waits for a second copy of each write, and holds no password in its file', async () => {
  const text = await readAsset('postgres/cluster/patroni.yaml');
  const {bootstrap, postgresql} = parse(text);
  const {ttl, loop_wait, retry_timeout, synchronous_mode, failsafe_mode} = bootstrap.dcs;
  expect(loop_wait + 2 * retry_timeout).toBeLessThanOrEqual(ttl);
  expect({synchronous_mode, failsafe_mode}).toEqual({synchronous_mode: 'quorum', failsafe_mode: true});
  expect(bootstrap.initdb).toContain('data-checksums');
  expect(postgresql.pg_hba.filter((line: string) => !line.endsWith('scram-sha-256'))).toEqual([]);
  expect(text).not.toMatch(/^\s*password:/m);
});

/** A member without what tells it from the others. */
const alike = (service: Service | undefined, number: number) =>
  JSON.parse(JSON.stringify(service).replaceAll(new RegExp(`(postgres(?:-etcd)?)-${number}`, 'g'), '$1-N'));

test('the members of the cluster differ by their number alone', async () => {
  const {services = {}} = await fragment('postgres/cluster.yaml');
  const list = [1, 2, 3] as const;
  for (const [prefix, suffix] of [
    ['postgres', ''],
    ['postgres-etcd', ''],
    ['postgres-etcd', '-join'],
  ] as const) {
    const [one, ...others] = list.map(number => {
      const {depends_on, environment, ...rest} = tree(services[`${prefix}-${number}${suffix}`]);
      // Every server waits for all of etcd, and every member of etcd names all of it.
      const {MEMBERS: _, ...own} = tree(environment);
      return alike({...rest, environment: own, ...(prefix === 'postgres-etcd' && {depends_on})}, number);
    });
    expect(JSON.stringify(one)).toContain('-N');
    for (const other of others) expect(other).toEqual(one);
  }
  expect(new Set(list.map(number => JSON.stringify(services[`postgres-${number}`]?.depends_on))).size).toBe(1);
  const known = list.map(number => tree(services[`postgres-etcd-${number}-join`]?.environment).MEMBERS);
  expect(new Set(known)).toEqual(new Set(['postgres-etcd-1 postgres-etcd-2 postgres-etcd-3']));
});

test('etcd founds its cluster of the members that the compose file has', async () => {
  const settings = parse(await readAsset('postgres/etcd/etcd.yaml'));
  const {services = {}} = await fragment('postgres/cluster.yaml');
  const members = Object.keys(services).filter(name => /^postgres-etcd-\d$/.test(name));
  expect(settings['initial-cluster']).toBe(members.map(name => `${name}=http://${name}:2380`).join(','));
  expect(settings['initial-cluster-state']).toBeUndefined();
});

test('Keycloak is the same on the cluster as on its own database, but for the database', async () => {
  const [standalone, cluster] = await Promise.all([fragment('keycloak/standalone.yaml'), fragment('keycloak/cluster.yaml')]);
  const {'keycloak-database': job, keycloak, ...others} = cluster.services ?? {};
  const {networks, depends_on, environment, ...rest} = keycloak as Service & {networks: string[]; environment: Record<string, string>};
  const own = standalone.services?.keycloak as Service & {environment: Record<string, string>};
  expect({
    ...rest,
    networks: networks.filter(name => name !== 'dbnet'),
    environment: {...environment, KC_DB_URL: own.environment.KC_DB_URL},
  }).toEqual(own);
  expect(environment.KC_DB_URL).toBe('jdbc:postgresql://postgres:5432/keycloak');
  expect(depends_on).toEqual({'keycloak-database': {condition: 'service_completed_successfully'}});
  expect(others).toEqual({'keycloak-setup': standalone.services?.['keycloak-setup']});
  expect(job).toMatchObject({restart: 'no', networks: ['dbnet'], secrets: ['postgres_password', 'keycloak_db_password']});
});
