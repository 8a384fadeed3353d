/** The PostgreSQL cluster when volumes are lost: what one member had is on the others, and comes back from there by another `up`. */
import * as v from 'valibot';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {openPlatform, type Platform, summary} from '../helpers/platform.ts';
import {clusterGoal, etcd, nameOf, type Postgres, patience, postgresOf, rolesUnder} from '../helpers/postgres.ts';

const support = await engineSupport();

const goal: Readonly<Record<string, string>> = {...clusterGoal, traefik: 'running healthy', 'traefik-socket-proxy': 'running healthy'};

const listSchema = v.object({
  members: v.array(v.object({name: v.optional(v.string()), ID: v.number(), isLearner: v.optional(v.boolean())})),
});

describe.runIf(support.kind !== 'none')(titled('volumes of the PostgreSQL cluster', support), () => {
  let engine: TestEngine;
  let platform: Platform;
  let postgres: Postgres;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
    postgres = postgresOf(platform);
    const first = await platform.run('up', '--with', 'postgres:cluster', '--without', 'keycloak', '--yes');
    expect(first.code, first.stderr).toBe(0);
  });
  beforeEach(({onTestFailed}) => onTestFailed(() => platform.report()));
  afterAll(async () => {
    await platform?.remove();
    await engine?.stop();
  });

  /** Name to number of every member of etcd, as a majority has them. */
  const members = async (through: string): Promise<ReadonlyMap<string, number>> => {
    const answer = await postgres.docker('exec', nameOf(through), 'etcdctl', 'member', 'list', '--write-out', 'json');
    return new Map(v.parse(listSchema, JSON.parse(answer)).members.map(({name, ID}) => [name ?? 'not started', ID]));
  };

  const volume = (service: string) => `infra-dev_${service}-data`;

  /** The loss is told once, and accepted: the others have what was there. */
  const upAgain = async () => {
    const refused = await platform.run('up', '--yes');
    expect(refused.code, refused.stderr).toBe(3);
    expect(refused.stderr).toContain('D77');
    const again = await platform.run('up', '--yes', '--ignore', 'D77');
    expect(again.code, again.stderr).toBe(0);
    await expect.poll(async () => summary(await platform.containers()), patience).toEqual(goal);
    await expect.poll(postgres.roles, patience).toEqual(rolesUnder(await postgres.leader()));
    expect((await postgres.query(5432, 'select count(*), sum(n) from kept')).stdout.trim()).toBe('1000|500500');
    for (const member of etcd) await postgres.docker('exec', nameOf(member), 'etcdctl', 'endpoint', 'health');
  };

  test('three servers have the rows', async () => {
    // Until the others are known to have everything, only the leader may lead: what is on it alone can not be made good.
    await expect.poll(postgres.roles, patience).toEqual(rolesUnder(await postgres.leader()));
    const made = await postgres.query(5432, 'create table kept as select n from generate_series(1, 1000) n');
    expect(made.code, made.stderr).toBe(0);
    await expect.poll(async () => (await postgres.query(5433, 'select count(*) from kept')).stdout.trim(), patience).toBe('1000');
  });

  test('every volume is one of the catalogue: no image brought another along', async () => {
    const volumes = (await postgres.docker('volume', 'ls', '--quiet')).split('\n').filter(Boolean);
    expect(volumes.filter(name => !name.startsWith('infra-dev_'))).toEqual([]);
    expect(volumes).toHaveLength(6);
  });

  test('a member of etcd and the leading server that lost their volumes are members again, with all rows', async () => {
    const leading = await postgres.leader();
    const before = await members('postgres-etcd-2');
    const lost = ['postgres-etcd-1', 'postgres-etcd-1-join', 'postgres-etcd-folders', leading];
    await postgres.docker('rm', '--force', ...lost.map(nameOf));
    await postgres.docker('volume', 'rm', volume('postgres-etcd-1'), volume(leading));

    await upAgain();
    expect(await postgres.leader()).not.toBe(leading);
    const after = await members('postgres-etcd-1');
    expect([...after.keys()].sort()).toEqual(etcd);
    expect(after.get('postgres-etcd-1')).not.toBe(before.get('postgres-etcd-1'));
    expect(after.get('postgres-etcd-3')).toBe(before.get('postgres-etcd-3'));
  });

  test('the same, while nothing else runs', async () => {
    const leading = await postgres.leader();
    const down = await platform.run('down', '--yes');
    expect(down.code, down.stderr).toBe(0);
    await postgres.docker('volume', 'rm', volume('postgres-etcd-3'), volume(leading));

    await upAgain();
    expect(await postgres.leader()).not.toBe(leading);
    expect([...(await members('postgres-etcd-3')).keys()].sort()).toEqual(etcd);
  });

  test('when etcd lost everything, the servers still have theirs', async () => {
    const down = await platform.run('down', '--yes');
    expect(down.code, down.stderr).toBe(0);
    await postgres.docker('volume', 'rm', ...etcd.map(volume));

    await upAgain();
    expect((await postgres.query(5432, 'insert into kept values (0)')).code).toBe(0);
  });
});
