/** The cluster of MariaDB with its real software: it comes up, and comes back from whatever stops it, as one cluster with all rows. */
import {performance} from 'node:perf_hooks';
import {setTimeout} from 'node:timers/promises';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {Finished} from '../helpers/cli.ts';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {filesIn, openPlatform, type Platform} from '../helpers/platform.ts';

const support = await engineSupport();
const members = ['mariadb-1', 'mariadb-2', 'mariadb-3'] as const;
type Member = (typeof members)[number];
const patience = {timeout: 100_000, interval: 500};

describe.runIf(support.kind !== 'none')(titled('the MariaDB cluster', support), () => {
  let engine: TestEngine;
  let platform: Platform;
  let first: Finished;
  let uuid: string;
  const timings: string[] = [];

  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    timings.push(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
    return result;
  };

  const succeed = async (...args: readonly string[]): Promise<string> => {
    const {code, stdout, stderr} = await platform.docker(...args);
    expect(code, `docker ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
    return stdout;
  };

  /** SQL as the administrator, from inside one member; the password stays there. Through the proxy when it is sent to `mariadb`. */
  const sql = (from: Member, query: string, to = 'localhost'): Promise<Finished> => {
    const client = `mariadb --skip-ssl -h ${to} -uroot -p"$(cat /run/secrets/mariadb_root_password)" -BNe "$1"`;
    return platform.docker('compose', 'exec', '-T', from, 'sh', '-c', client, 'sh', query);
  };
  const answer = async (from: Member, query: string, to?: string): Promise<string> => {
    const {code, stdout, stderr} = await sql(from, query, to);
    expect(code, stderr).toBe(0);
    return stdout.trim();
  };

  /** State, size, status and UUID of the cluster, as a member sees it; empty when it does not answer. */
  const view = async (member: Member): Promise<string> => {
    const names = ['local_state_comment', 'cluster_size', 'cluster_status', 'cluster_state_uuid'].map(name => `'wsrep_${name}'`);
    const query = `select group_concat(variable_value order by variable_name desc separator ' ') from information_schema.global_status where variable_name in (${names.join(', ')})`;
    return (await sql(member, query)).stdout.trim();
  };
  const whole = () => expect.poll(() => Promise.all(members.map(view)), patience).toEqual(members.map(() => `Synced Primary ${uuid} 3`));
  /** The proxy leads to a member that answers. */
  const reachable = (from: Member) => expect.poll(async () => (await sql(from, 'select 1', 'mariadb')).stdout.trim(), patience).toBe('1');

  const rows = async () => Promise.all(members.map(member => answer(member, 'select group_concat(id order by id) from shop.orders')));
  const insert = async (id: number, from: Member) => answer(from, `insert into shop.orders values (${id})`, 'mariadb');

  const idOf = (member: Member) => `infra-dev-${member}-1`;
  /** Like a power cut for these: no chance to write anything. */
  const killed = (...victims: readonly Member[]) => succeed('kill', ...victims.map(idOf));
  /** What members said of their decisions, all starts together. */
  const said = async (word: string): Promise<number> => {
    const logs = await Promise.all(members.map(member => platform.docker('logs', idOf(member))));
    return logs.map(({stdout, stderr}) => `${stdout}${stderr}`.split(word).length - 1).reduce((a, b) => a + b);
  };
  const startsOf = async () => (await platform.containers()).map(({service, startedAt}) => `${service} ${startedAt}`);
  const inVolume = (member: Member, script: string) =>
    succeed('run', '--rm', '-v', `infra-dev_${member}-data:/v`, '--entrypoint', 'sh', 'mariadb:11.8.9', '-c', script);

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
    first = await timed('first rollout with the reverse proxy', () =>
      platform.run('up', '--with', 'mariadb:cluster', '--without', 'keycloak', '--yes'),
    );
  }, 300_000);
  beforeEach(({onTestFailed}) => onTestFailed(() => platform.report()));
  afterAll(async () => {
    console.log(timings.join('\n'));
    await platform?.remove();
    await engine?.stop();
  });

  test('comes up with three members in step, and nothing that is only for emergencies', async () => {
    expect(first.code, first.stderr).toBe(0);
    uuid = await answer(
      'mariadb-1',
      "select variable_value from information_schema.global_status where variable_name = 'wsrep_cluster_state_uuid'",
    );
    await whole();
    const containers = await platform.containers();
    expect(containers.map(({service, health}) => `${service} ${health}`)).toEqual([
      'mariadb-1 healthy',
      'mariadb-2 healthy',
      'mariadb-3 healthy',
      'mariadb-proxysql healthy',
      'traefik healthy',
      'traefik-socket-proxy healthy',
    ]);
    expect(await said('makes a new cluster')).toBe(1);
  });

  test('a row that is written through the proxy is on every member', async () => {
    await answer('mariadb-2', 'create database shop; create table shop.orders (id int primary key)', 'mariadb');
    await insert(1, 'mariadb-2');
    expect(await rows()).toEqual(['1', '1', '1']);
  });

  test('a user that the proxy does not know is turned away, even one that MariaDB knows', async () => {
    await answer('mariadb-1', "create user stranger identified by 'a-password'");
    const login = (to: string) =>
      platform.docker(
        'compose',
        'exec',
        '-T',
        'mariadb-1',
        'mariadb',
        '--skip-ssl',
        '-h',
        to,
        '-ustranger',
        '-pa-password',
        '-BNe',
        'select 1',
      );
    expect(await login('mariadb-admin')).toMatchObject({code: 0, stdout: '1\n'});
    expect(await login('mariadb')).toMatchObject({code: 1, stderr: expect.stringContaining("Access denied for user 'stranger'")});
  });

  test('a second rollout changes nothing', async () => {
    const [files, containers] = [await filesIn(platform.workspace), await platform.containers()];
    const again = await platform.run('up', '--with', 'mariadb:cluster', '--without', 'keycloak', '--yes');
    expect(again.code, again.stderr).toBe(0);
    expect(await platform.containers()).toEqual(containers);
    expect(await filesIn(platform.workspace)).toEqual(files);
  });

  test('the member that takes the writes is killed: another one takes over, and it joins again without a full copy', async () => {
    const copies = await said('Preparing the backup');
    const victim = (await answer('mariadb-2', 'select @@wsrep_node_name', 'mariadb')) as Member;
    const other = members.find(member => member !== victim) ?? 'mariadb-2';
    await timed('one member killed, until writes pass again and it is in step', async () => {
      await killed(victim);
      await expect.poll(async () => (await sql(other, 'insert ignore into shop.orders values (2)', 'mariadb')).code, patience).toBe(0);
      await succeed('start', idOf(victim));
      await whole();
    });
    expect(await rows()).toEqual(['1,2', '1,2', '1,2']);
    expect(await said('Preparing the backup')).toBe(copies);
  });

  test('all stopped, and started in another order: the same cluster', async () => {
    await timed('all stopped', () => succeed('compose', 'stop', ...members));
    await timed('all started again in another order', async () => {
      for (const member of ['mariadb-2', 'mariadb-3', 'mariadb-1']) await succeed('compose', 'start', member);
      await whole();
      await reachable('mariadb-1');
    });
    await insert(3, 'mariadb-1');
    expect(await rows()).toEqual(['1,2,3', '1,2,3', '1,2,3']);
    expect(await said('makes a new cluster')).toBe(1);
  });

  test('a member whose data differs is taken out of the cluster, and comes back by itself with the data of the others', async () => {
    const [copies, ended] = [await said('Preparing the backup'), await said('is out of the cluster')];
    await answer('mariadb-2', 'set session wsrep_on = off; insert into shop.orders values (99); create table shop.stray (id int)');
    const others = (await startsOf()).filter(start => !start.startsWith('mariadb-2 '));
    await timed('a member with data of its own, until in step', async () => {
      await answer('mariadb-1', 'insert into shop.orders values (99)');
      await expect.poll(() => said('is out of the cluster'), patience).toBe(ended + 1);
      await whole();
    });
    expect(await rows()).toEqual(['1,2,3,99', '1,2,3,99', '1,2,3,99']);
    expect((await sql('mariadb-2', 'select * from shop.stray')).stderr).toContain("Table 'shop.stray' doesn't exist");
    expect(await said('Preparing the backup')).toBe(copies + 1);
    expect((await startsOf()).filter(start => !start.startsWith('mariadb-2 '))).toEqual(others);
    await answer('mariadb-1', 'delete from shop.orders where id = 99');
  });

  test('a member that loses sight of the others waits for them, and nobody is started again', async () => {
    const starts = await startsOf();
    await timed('two members frozen and let go again, until in step', async () => {
      await succeed('pause', idOf('mariadb-1'), idOf('mariadb-2'));
      await expect.poll(() => view('mariadb-3'), patience).toBe(`Initialized non-Primary ${uuid} 1`);
      // Longer than a member that is out of the cluster is left like that.
      await setTimeout(25_000);
      expect(await view('mariadb-3')).toBe(`Initialized non-Primary ${uuid} 1`);
      await succeed('unpause', idOf('mariadb-1'), idOf('mariadb-2'));
      await whole();
    });
    expect(await startsOf()).toEqual(starts);
    expect(await rows()).toEqual(['1,2,3', '1,2,3', '1,2,3']);
  });

  test('two are killed at once and start again: with the one that lived on they are the same cluster', async () => {
    await timed('two killed at once, until in step', async () => {
      await killed('mariadb-2', 'mariadb-3');
      await expect.poll(() => view('mariadb-1'), patience).toBe(`Initialized non-Primary ${uuid} 1`);
      await succeed('start', idOf('mariadb-2'), idOf('mariadb-3'));
      await whole();
      await reachable('mariadb-1');
    });
    expect(await rows()).toEqual(['1,2,3', '1,2,3', '1,2,3']);
    expect(await said('makes a new cluster')).toBe(1);
  });

  test('all killed at once: the same cluster', async () => {
    await timed('all killed at once, until in step', async () => {
      await killed(...members);
      await succeed('start', ...members.map(idOf));
      await whole();
      await reachable('mariadb-1');
    });
    await insert(4, 'mariadb-1');
    expect(await rows()).toEqual(['1,2,3,4', '1,2,3,4', '1,2,3,4']);
    expect(await said('makes a new cluster')).toBe(1);
  });

  test('the first member loses its volume while the others live: it joins them and makes no cluster of its own', async () => {
    await succeed('rm', '--force', idOf('mariadb-1'));
    await succeed('volume', 'rm', 'infra-dev_mariadb-1-data');
    await timed('first member with an empty volume, until in step', async () => {
      await succeed('compose', 'up', '--detach', 'mariadb-1');
      await whole();
    });
    expect(await rows()).toEqual(['1,2,3,4', '1,2,3,4', '1,2,3,4']);
    expect(await said('makes a new cluster')).toBe(0);
    const health = async () => (await platform.containers()).find(({service}) => service === 'mariadb-1')?.health;
    await expect.poll(health, patience).toBe('healthy');
  });

  test('one lost for good and nobody knows who was last: they wait for a decision, and recover brings them back', async () => {
    await insert(5, 'mariadb-2');
    await killed(...members);
    for (const member of members) {
      const state = await inVolume(member, 'rm -f /v/data/gvwstate.dat; cat /v/data/grastate.dat');
      expect(state).toMatch(/seqno: +-1\nsafe_to_bootstrap: 0\n/);
    }
    await succeed('rm', '--force', idOf('mariadb-1'));
    await succeed('volume', 'rm', 'infra-dev_mariadb-1-data');
    await succeed('compose', 'up', '--detach', ...members);
    await expect.poll(() => said('no data on mariadb-1, and nobody knows what was there'), patience).toBeGreaterThanOrEqual(3);
    expect(await Promise.all(members.map(view))).toEqual(['', '', '']);

    const recover = () => platform.docker('compose', 'run', '--rm', '-T', 'mariadb-recover');
    expect(await recover()).toMatchObject({code: 1, stderr: expect.stringContaining('mariadb-1 runs. Stop all members first')});
    await timed('recover, until in step', async () => {
      await succeed('compose', 'stop', ...members);
      const once = await recover();
      expect(once.code, once.stderr).toBe(0);
      expect(once.stdout).toMatch(/^mariadb-1 +no data +-1$/m);
      expect(once.stdout).toMatch(new RegExp(`^mariadb-2 +${uuid} +\\d+$`, 'm'));
      expect(once.stdout).toContain('mariadb-2 will bring the cluster up');
      expect((await recover()).stdout).toBe(once.stdout);
      await succeed('compose', 'up', '--detach');
      await whole();
      await reachable('mariadb-1');
    });
    expect(await rows()).toEqual(['1,2,3,4,5', '1,2,3,4,5', '1,2,3,4,5']);
    expect(await said('makes a new cluster')).toBe(0);
  });
});
