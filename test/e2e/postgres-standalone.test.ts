/** One PostgreSQL server for applications. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {openPlatform, type Platform, summary} from '../helpers/platform.ts';
import {nameOf, type Postgres, patience, postgresOf} from '../helpers/postgres.ts';

const support = await engineSupport();

const goal = {postgres: 'running healthy', traefik: 'running healthy', 'traefik-socket-proxy': 'running healthy'};

describe.runIf(support.kind !== 'none')(titled('one PostgreSQL server', support), () => {
  let engine: TestEngine;
  let platform: Platform;
  let postgres: Postgres;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
    postgres = postgresOf(platform);
    const first = await platform.run('up', '--with', 'postgres', '--without', 'keycloak', '--yes');
    expect(first.code, first.stderr).toBe(0);
  });
  beforeEach(({onTestFailed}) => onTestFailed(() => platform.report()));
  afterAll(async () => {
    await platform?.remove();
    await engine?.stop();
  });

  test('comes up by itself, and a second up changes nothing', async () => {
    const before = await platform.containers();
    expect(summary(before)).toEqual(goal);
    const again = await platform.run('up', '--yes');
    expect(again.code, again.stderr).toBe(0);
    expect(await platform.containers()).toEqual(before);
  });

  test('lets nobody in without the password, not even from inside, and shows it nowhere', async () => {
    for (const host of ['postgres', '127.0.0.1', '/var/run/postgresql']) {
      const guess = ['exec', '--env', 'PGPASSWORD=wrong', nameOf('postgres'), 'psql', '-h', host, '-U', 'postgres', '-c', 'select 1'];
      const {code, stderr} = await platform.docker(...guess);
      expect({host, code, stderr}).toMatchObject({code: 2, stderr: expect.stringContaining('password authentication failed')});
    }
    const password = (await readFile(join(platform.workspace, 'secrets/postgres_password'), 'utf8')).trim();
    const shown = await postgres.docker('inspect', nameOf('postgres'));
    const processes = await postgres.docker('top', nameOf('postgres'), '-eo', 'pid,args');
    expect(password).toMatch(/^\w{20,}$/);
    expect(processes).toContain('postgres');
    expect(`${shown}${processes}`).not.toContain(password);
  });

  test('keeps what was confirmed when it is killed, in one volume, with checksums', async () => {
    const made = await postgres.query(5432, 'create table kept as select n from generate_series(1, 1000) n');
    expect(made.code, made.stderr).toBe(0);
    await postgres.docker('kill', nameOf('postgres'));
    const again = await platform.run('up', '--yes');
    expect(again.code, again.stderr).toBe(0);
    await expect.poll(async () => summary(await platform.containers()), patience).toEqual(goal);
    expect((await postgres.query(5432, 'select count(*), sum(n) from kept')).stdout.trim()).toBe('1000|500500');
    expect((await postgres.query(5432, 'show data_checksums')).stdout.trim()).toBe('on');
    const volumes = (await postgres.docker('volume', 'ls', '--quiet')).split('\n').filter(Boolean);
    expect(volumes).toEqual(['infra-dev_postgres-data']);
  });
});
