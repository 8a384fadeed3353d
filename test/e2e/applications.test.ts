/** Three applications of one's own beside Jenkins and Keycloak: what each of them was given works, and is nobody else's. */
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {Finished} from '../helpers/cli.ts';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {goal, openPlatform, type Platform, summary} from '../helpers/platform.ts';

const support = await engineSupport();

const setting = (name: string, values: Readonly<Record<string, string>>) =>
  Object.entries(values).flatMap(([input, value]) => ['--set', `webapp.${name}.${input}=${value}`]);

const all = {image: 'sandbox/webapp:1', path: '/health', health_check: 'wget'};
const selection = [
  ...['jenkins', 'webapp.shop', 'webapp.blog', 'webapp.wiki'].flatMap(id => ['--with', id]),
  ...setting('shop', {...all, replicas: '2', database: 'postgres'}),
  ...setting('blog', {...all, sign_in: 'yes', database: 'postgres'}),
  ...setting('wiki', {...all, database: 'mariadb', cache: 'redis', storage: 'object-store'}),
];

describe.runIf(support.kind === 'sandbox')(titled('applications', support), () => {
  let engine: TestEngine;
  let platform: Platform;
  let first: Finished;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
    first = await platform.run('up', '--yes', ...selection);
  });
  beforeEach(({onTestFailed}) => onTestFailed(() => platform.report()));
  afterAll(async () => {
    await platform?.remove();
    await engine?.stop();
  });

  const secret = (id: string) => readFile(join(platform.workspace, 'secrets', id), 'utf8');
  const replaceSecret = (id: string, value: string) => writeFile(join(platform.workspace, 'secrets', id), value);

  /** A program in a container of a service. */
  const inside = (service: string, index: number, ...argv: readonly string[]) =>
    platform.docker('compose', 'exec', '-T', '--index', String(index), service, ...argv);

  const page = async (service: string, index: number, path: string) =>
    (await inside(service, index, 'wget', '-qO-', `http://127.0.0.1:8080${path}`)).stdout.trim();

  /** What the server itself says, asked by its administrator. */
  const query = async (service: string, user: string, passwordSecret: string, database: string, sql: string) => {
    const asked = await platform.docker(
      ...['compose', 'exec', '-T', '-e', `PGPASSWORD=${await secret(passwordSecret)}`, service],
      ...['psql', '-h', '127.0.0.1', '-U', user, '-d', database, '-Atc', sql],
    );
    return `${asked.stdout}${asked.stderr}`.trim();
  };
  const owners = "select datname, pg_get_userbyid(datdba) from pg_database where datname like 'webapp%' order by 1";
  const ownDatabases = 'webapp_blog_db|webapp_blog_db\nwebapp_shop_db|webapp_shop_db';
  const visits = (database: string) => query('postgres', 'postgres', 'postgres_password', database, 'select count(*) from visit');

  /** What an application may do with its own login in a database of its choice. */
  const login = (service: string, user: string, database: string) =>
    inside(service, 1, 'sh', '-c', `PGPASSWORD=$(cat $DATABASE_PASSWORD_FILE) psql -h postgres -U ${user} -d ${database} -Atc 'select 1'`);

  const clients = async () => {
    const columns = "client_id, changes, definition ->> 'secret', definition ->> 'redirectUris', definition ->> 'standardFlowEnabled'";
    const rows = await query(
      'keycloak-postgres',
      'keycloak',
      'keycloak_db_password',
      'keycloak',
      `select ${columns} from client order by 1`,
    );
    return rows.split('\n').map(row => row.split('|'));
  };

  const jobAgain = (service: string) => platform.docker('compose', 'run', '--rm', '--no-deps', '-T', service);

  test('ends with 0, all applications healthy and their jobs done', async () => {
    expect(first.code, first.stderr).toBe(0);
    expect(summary(await platform.containers())).toEqual({
      ...goal,
      jenkins: 'running healthy',
      mariadb: 'running healthy',
      'object-store': 'running healthy',
      'object-store-folder': 'exited 0',
      'oauth2-proxy': 'running healthy',
      postgres: 'running healthy',
      redis: 'running healthy',
      'webapp-blog': 'running healthy',
      'webapp-blog-database': 'exited 0',
      'webapp-shop': 'running healthy and running healthy',
      'webapp-shop-database': 'exited 0',
      'webapp-wiki': 'running healthy',
      'webapp-wiki-database': 'exited 0',
      'webapp-wiki-storage': 'exited 0',
    });
  });

  test('every container of an application uses the database that was made for it', async () => {
    expect(await page('webapp-shop', 1, '/database')).toBe('1');
    expect(await page('webapp-shop', 2, '/database')).toBe('2');
    expect(await page('webapp-blog', 1, '/database')).toBe('1');
    expect(await page('webapp-wiki', 1, '/database')).toBe('1');
    expect(await visits('webapp_shop_db')).toBe('2');
    expect(await visits('webapp_blog_db')).toBe('1');
    expect(await query('postgres', 'postgres', 'postgres_password', 'postgres', owners)).toBe(ownDatabases);
  });

  test("an application's login opens its own database, and no other", async () => {
    expect(await login('webapp-shop', 'webapp_shop_db', 'webapp_shop_db')).toMatchObject({code: 0, stdout: '1\n'});
    expect(await login('webapp-blog', 'webapp_blog_db', 'webapp_shop_db')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('permission denied for database "webapp_shop_db"'),
    });
    expect(await login('webapp-blog', 'webapp_shop_db', 'webapp_shop_db')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('password authentication failed for user "webapp_shop_db"'),
    });
  });

  test('the same in MariaDB, where an underscore in a name could stand for any character', async () => {
    const statement = (sql: string, login: string, database: string) =>
      inside('webapp-wiki', 1, 'sh', '-c', `${login} mariadb --no-defaults -h mariadb ${database} -Ne "${sql}"`);
    const own = 'MYSQL_PWD=$(cat $DATABASE_PASSWORD_FILE) exec env';
    expect(await statement('select count(*) from visit', own, '-u webapp_wiki_db webapp_wiki_db')).toMatchObject({code: 0, stdout: '1\n'});
    const administrator = `MYSQL_PWD=${await secret('mariadb_root_password')} exec env`;
    expect(await statement('create database webappXwikiXdb', administrator, '-u root')).toMatchObject({code: 0});
    for (const database of ['webappXwikiXdb', 'mysql']) {
      expect(await statement('select 1', own, `-u webapp_wiki_db ${database}`), database).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(`Access denied for user 'webapp_wiki_db'@'%' to database '${database}'`),
      });
    }
  });

  test('the cache and the bucket work for the application that was given them; the cache is out of reach for the others', async () => {
    expect(await page('webapp-wiki', 1, '/cache')).toBe('1');
    const {stdout} = await platform.docker('compose', 'logs', '--no-log-prefix', 'webapp-wiki-storage');
    expect(stdout).toContain('storage: the bucket webapp-wiki is ready for webapp-wiki');
    const reaches = (service: string) => inside(service, 1, 'sh', '-c', 'nc -w 2 redis 6379 </dev/null');
    expect(await reaches('webapp-wiki')).toMatchObject({code: 0});
    expect(await reaches('webapp-blog')).toMatchObject({code: 1, stderr: expect.stringContaining('redis')});
  });

  test('the clients of what signs people in are in Keycloak, with their secrets and one way back each', async () => {
    expect(await clients()).toEqual([
      ['jenkins', '1', await secret('jenkins_oidc_secret'), '["https://jenkins.infra.localhost/securityRealm/finishLogin"]', 'true'],
      ['oauth2-proxy', '1', await secret('oauth2_proxy_oidc_secret'), '["https://sso.infra.localhost/oauth2/callback"]', 'true'],
    ]);
  });

  test('only what is asked for is on a network or in front of an application', async () => {
    const described = async (service: string) => {
      const id = (await platform.containers()).find(container => container.service === service)?.id ?? '';
      const [{NetworkSettings, Config}] = JSON.parse((await platform.docker('inspect', id)).stdout);
      const middlewares = Config.Labels[`traefik.http.routers.${service}.middlewares`];
      return {networks: Object.keys(NetworkSettings.Networks).sort(), middlewares};
    };
    expect(await described('webapp-shop')).toEqual({networks: ['infra-dev_dbnet', 'infra-dev_proxy'], middlewares: 'rate-limit@file'});
    expect((await described('webapp-blog')).middlewares).toBe('rate-limit@file,sign-in@file');
    expect((await described('jenkins')).networks).toEqual(['infra-dev_proxy']);
  });

  test('docker inspect shows none of their secrets', async () => {
    const inspected = await platform.docker('inspect', ...(await platform.containers()).map(({id}) => id));
    const names = ['webapp_shop_db_password', 'webapp_blog_db_password', 'webapp_wiki_db_password', 'postgres_password'];
    names.push(
      'mariadb_root_password',
      'jenkins_admin_password',
      'jenkins_oidc_secret',
      'oauth2_proxy_oidc_secret',
      'oauth2_proxy_cookie_secret',
    );
    for (const name of names) {
      const value = await secret(name);
      expect(value.length, name).toBeGreaterThan(20);
      expect(inspected.stdout.includes(value), name).toBe(false);
    }
  });

  test('Jenkins fetches its plugins once, not at every start', async () => {
    await platform.docker('compose', 'restart', 'jenkins');
    const {stdout} = await platform.docker('compose', 'logs', '--no-log-prefix', 'jenkins');
    expect(stdout.match(/^sandbox stand-in for jenkins/gm)).toHaveLength(2);
    expect(stdout.match(/^entrypoint: fetching the plugins/gm)).toHaveLength(1);
    await expect.poll(() => platform.containers().then(summary), {timeout: 60_000}).toMatchObject({jenkins: 'running healthy'});
  });

  test('a second up changes nothing', async () => {
    expect(await platform.run('plan', '--exit-code', ...selection)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing to do'),
    });
    const before = await platform.containers();
    const again = await platform.run('up', '--yes', ...selection);
    expect(again.code, again.stderr).toBe(0);
    expect(await platform.containers()).toEqual(before);
  });

  test('the jobs change nothing that is right, and bring in what was replaced', async () => {
    const jobs = ['webapp-shop-database', 'webapp-wiki-database', 'webapp-wiki-storage', 'keycloak-setup'];
    for (const job of jobs) expect(await jobAgain(job), job).toMatchObject({code: 0});
    expect((await clients()).map(([id, changes]) => [id, changes])).toEqual([
      ['jenkins', '1'],
      ['oauth2-proxy', '1'],
    ]);
    await replaceSecret('webapp_shop_db_password', 'another-password-of-the-shop');
    await replaceSecret('webapp_wiki_db_password', 'another-password-of-the-wiki');
    await replaceSecret('jenkins_oidc_secret', 'another-secret-of-jenkins');
    for (const service of ['webapp-shop', 'webapp-wiki']) expect(await page(service, 1, '/database'), service).toBe('');
    for (const job of jobs) expect(await jobAgain(job), job).toMatchObject({code: 0});
    expect(await page('webapp-shop', 1, '/database')).toBe('3');
    expect(await page('webapp-wiki', 1, '/database')).toBe('2');
    expect((await clients()).map(row => row.slice(0, 3))).toEqual([
      ['jenkins', '2', 'another-secret-of-jenkins'],
      ['oauth2-proxy', '1', await secret('oauth2_proxy_oidc_secret')],
    ]);
  });

  test('a database that was thrown away with its data is made anew, and so is what jobs prepare in it', async () => {
    const startedAt = async (service: string) => (await platform.containers()).find(container => container.service === service)?.startedAt;
    const [database, jobOfOther] = [await startedAt('webapp-shop-database'), await startedAt('webapp-wiki-database')];
    await platform.docker('rm', '--force', 'infra-dev-postgres-1');
    expect(await platform.docker('volume', 'rm', 'infra-dev_postgres-data')).toMatchObject({code: 0});
    const again = await platform.run('up', '--yes', '--ignore', 'D77', ...selection);
    expect(again.code, again.stderr).toBe(0);
    expect(await query('postgres', 'postgres', 'postgres_password', 'postgres', owners)).toBe(ownDatabases);
    expect(await startedAt('webapp-shop-database')).not.toBe(database);
    expect(await startedAt('webapp-wiki-database')).toBe(jobOfOther);
  });

  test('one that is not selected any more goes without a fuss: its client stays as it is, and the sign-in of the others too', async () => {
    const before = await clients();
    const up = await platform.run('up', '--yes', '--remove', '--without', 'jenkins');
    expect(up.code, up.stderr).toBe(0);
    const now = summary(await platform.containers());
    expect([now.jenkins, now['keycloak-setup']]).toEqual([undefined, 'exited 0']);
    expect(await clients()).toEqual(before);
  });
});
