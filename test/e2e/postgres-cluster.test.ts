/** The PostgreSQL cluster with Keycloak on it: what is lost when servers are lost, and how it comes back. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import * as v from 'valibot';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {Finished} from '../helpers/cli.ts';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {openPlatform, type Platform, summary} from '../helpers/platform.ts';
import {clusterGoal, etcd, nameOf, type Postgres, patience, postgresOf, rolesUnder, servers} from '../helpers/postgres.ts';

const support = await engineSupport();

const goal: Readonly<Record<string, string>> = {
  ...clusterGoal,
  'postgres-exporter': 'running healthy',
  'postgres-exporter-account': 'exited 0',
  prometheus: 'running healthy',
  'node-exporter': 'running healthy',
  keycloak: 'running healthy',
  'keycloak-database': 'exited 0',
  'keycloak-setup': 'exited 0',
  traefik: 'running healthy',
  'traefik-socket-proxy': 'running healthy',
};

const upSchema = v.object({
  result: v.array(v.object({metric: v.object({job: v.string(), instance: v.string()}), value: v.tuple([v.number(), v.string()])})),
});

/** Row after row. psql says a row's number and time when it is confirmed, and ends when its connection does; then it is started anew. */
const writer = `
export PGPASSWORD=$(</run/password) PGUSER=postgres PGHOST=postgres PGCONNECT_TIMEOUT=3
while :; do
  while echo 'insert into written default values returning n, extract(epoch from clock_timestamp());'; do sleep 0.02; done |
    psql -qtA -F ' ' 2>/dev/null
  sleep 0.2
done`;

describe.runIf(support.kind !== 'none')(titled('the PostgreSQL cluster', support), () => {
  let engine: TestEngine;
  let platform: Platform;
  let first: Finished;
  let postgres: Postgres;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
    postgres = postgresOf(platform);
    first = await platform.run('up', ...['postgres:cluster', 'keycloak:cluster', 'prometheus'].flatMap(pick => ['--with', pick]), '--yes');
  });
  beforeEach(({onTestFailed}) => onTestFailed(() => platform.report()));
  afterAll(async () => {
    await platform?.docker('rm', '--force', 'writer');
    await platform?.remove();
    await engine?.stop();
  });

  /** Rows that were confirmed to the writer, with the time of each in milliseconds. */
  const confirmed = async () =>
    (await postgres.docker('logs', 'writer'))
      .split('\n')
      .filter(Boolean)
      .map(line => line.split(' ').map(Number))
      .map(([row = 0, at = 0]) => ({row, at: at * 1000}));

  const expectAllRows = async (rows: readonly {readonly row: number}[]) => {
    const {stdout} = await postgres.query(5432, "select coalesce(string_agg(n::text, ' '), '') from written");
    const there = new Set(stdout.trim().split(' ').map(Number));
    expect(rows.filter(({row}) => !there.has(row))).toEqual([]);
  };

  test('comes up by itself: one server leads, two copy it, and Keycloak has its database there', async () => {
    expect(first.code, first.stderr).toBe(0);
    expect(summary(await platform.containers())).toEqual(goal);
    await expect.poll(postgres.roles, patience).toEqual(rolesUnder(await postgres.leader()));
    expect(await postgres.docker('logs', nameOf('keycloak'))).toContain('logged in to keycloak on postgres:5432 as keycloak');
    expect((await postgres.query(5432, "select rolsuper from pg_roles where rolname = 'keycloak'")).stdout.trim()).toBe('f');
  });

  test('a second up changes nothing', async () => {
    const before = await platform.containers();
    const again = await platform.run('up', '--yes');
    expect(again.code, again.stderr).toBe(0);
    expect(await platform.containers()).toEqual(before);
  });

  test('passwords are in no environment and no command line, and etcd is out of reach for applications', async () => {
    const passwords = await Promise.all(
      ['postgres', 'postgres_replication', 'postgres_rewind', 'postgres_patroni', 'keycloak_db'].map(async name =>
        (await readFile(join(platform.workspace, `secrets/${name}_password`), 'utf8')).trim(),
      ),
    );
    const shown = [
      ...(await Promise.all([...servers, ...etcd, 'postgres-haproxy'].map(service => postgres.docker('inspect', nameOf(service))))),
      ...(await Promise.all(servers.map(service => postgres.docker('top', nameOf(service), '-eo', 'pid,args')))),
    ].join('\n');
    expect(shown).toContain('patroni /run/patroni');
    expect(passwords.filter(password => password.length < 20 || shown.includes(password))).toEqual([]);
    const reached = await platform.docker(...postgres.client('--rm', 'postgres:17.11', '-c', 'getent hosts postgres-etcd-1'));
    expect(reached).toMatchObject({code: 2, stdout: ''});
  });

  test('Patroni itself finds nothing wrong with its configuration', async () => {
    const complaints = async (...environment: readonly string[]) => {
      const check = ['patroni', '--validate-config', '--ignore-listen-port', '/run/patroni'];
      const {stderr} = await platform.docker('exec', ...environment, nameOf('postgres-1'), ...check);
      return stderr.split('\n').filter(Boolean);
    };
    expect(await complaints('--env', 'PATRONI_POSTGRESQL_BIN_DIR=/nowhere')).toContainEqual(expect.stringContaining('/nowhere'));
    // The check of Patroni 4.0 does not know the value yet that Patroni 4.0 brought.
    const known = 'bootstrap.dcs.synchronous_mode quorum is not a boolean';
    expect((await complaints()).filter(line => line !== known)).toEqual([]);
  });

  test('Prometheus gets the numbers of every server, every member of etcd, and HAProxy', async () => {
    const up = async () => {
      const url = 'http://127.0.0.1:9090/api/v1/query?query=up{component="postgres"}';
      const {data} = JSON.parse(await postgres.docker('exec', nameOf('prometheus'), 'wget', '-q', '-O', '-', url));
      const {result} = v.parse(upSchema, data);
      return result.map(({metric, value}) => `${metric.job} ${metric.instance} ${value[1]}`).sort();
    };
    const expected = [
      ...servers.flatMap(server => [`postgres ${server} 1`, `postgres-patroni ${server} 1`]),
      ...etcd.map(member => `postgres-etcd ${member} 1`),
      'postgres-haproxy postgres-haproxy 1',
    ];
    await expect.poll(up, patience).toEqual(expected.sort());
  });

  test('the second port answers from copies, and takes no writes', async () => {
    expect((await postgres.query(5433, 'select pg_is_in_recovery()')).stdout.trim()).toBe('t');
    const refused = await postgres.query(5433, 'create table unwanted (n int)');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('cannot execute CREATE TABLE in a read-only transaction');
  });

  test('when the leader is killed another server takes over; nothing confirmed is lost, and the old leader comes back as a copy', async () => {
    expect((await postgres.query(5432, 'create table written (n bigint generated always as identity primary key)')).code).toBe(0);
    await postgres.docker(...postgres.client('--detach', '--name', 'writer', 'postgres:17.11', '-c', writer));
    await expect.poll(async () => (await confirmed()).length, patience).toBeGreaterThan(100);

    const old = await postgres.leader();
    await postgres.docker('kill', nameOf(old));
    const killedAt = Date.now();
    await expect.poll(postgres.leader, patience).not.toBe(old);
    await expect.poll(async () => (await confirmed()).filter(({at}) => at > killedAt + 5000).length, patience).toBeGreaterThan(100);
    const rows = await confirmed();
    const gaps = rows.slice(1).map(({at}, index) => at - (rows[index]?.at ?? at));
    console.log(`${rows.length} rows were confirmed; the longest gap between two was ${(Math.max(...gaps) / 1000).toFixed(1)} s`);
    await expectAllRows(rows);
    expect((await platform.containers()).find(({service}) => service === old)?.state).toBe('exited');

    await postgres.docker('start', nameOf(old));
    await expect.poll(postgres.roles, patience).toEqual(rolesUnder(await postgres.leader()));
    expect(await postgres.leader()).not.toBe(old);
  });

  test('when everything is stopped and started again in another order, it comes back with all rows', async () => {
    for (const part of [servers, etcd, ['postgres-haproxy']]) await postgres.docker('stop', '--time', '30', ...part.map(nameOf));
    await postgres.docker('kill', 'writer');
    const rows = await confirmed();
    await postgres.docker('start', nameOf('postgres-haproxy'), ...[...servers].reverse().map(nameOf), ...[...etcd].reverse().map(nameOf));
    await expect.poll(async () => summary(await platform.containers()), patience).toEqual(goal);
    await expect.poll(postgres.roles, patience).toEqual(rolesUnder(await postgres.leader()));
    await expectAllRows(rows);
    expect((await postgres.query(5432, 'insert into written default values')).code).toBe(0);
  });
});
