/** Prometheus, Loki, Tempo and Grafana beside the default selection: what they see of it, and of each other. */
import {readFile} from 'node:fs/promises';
import {totalmem} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {Finished} from '../helpers/cli.ts';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {filesIn, goal, openPlatform, type Platform, summary} from '../helpers/platform.ts';

const support = await engineSupport();

/** How a container of the project is called. */
const container = (service: string) => `infra-dev-${service}-1`;

interface Target {
  readonly labels: Readonly<Record<string, string>>;
  readonly health: string;
  readonly lastError: string;
}
interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}
interface RuleGroup {
  readonly name: string;
  readonly rules: readonly {readonly name: string; readonly health: string; readonly lastError?: string}[];
}

describe.runIf(support.kind !== 'none')(titled('observability', support), () => {
  let engine: TestEngine;
  let platform: Platform;
  let first: Finished;
  const picked = ['up', '--yes', '--with', 'prometheus', '--with', 'loki', '--with', 'tempo', '--with', 'grafana'];

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
    // Somebody else's, on the same server.
    await platform.docker('run', '--detach', '--name', 'foreign', 'sandbox/exits:1');
    first = await platform.run(...picked);
  });
  beforeEach(({onTestFailed}) => onTestFailed(() => platform.report()));
  afterAll(async () => {
    await platform?.remove();
    await engine?.stop();
  });

  /** What a service answers to another one, in JSON. */
  const ask = async <T>(from: string, url: string, ...headers: readonly string[]): Promise<T> => {
    const options = headers.flatMap(header => ['--header', header]);
    const {code, stdout, stderr} = await platform.docker('exec', container(from), 'wget', '-q', '-O', '-', ...options, url);
    if (code !== 0) throw new Error(`${url}: ${stderr}`);
    return JSON.parse(stdout);
  };
  const prometheus = async <T>(path: string) => (await ask<{data: T}>('prometheus', `http://127.0.0.1:9090/api/v1/${path}`)).data;
  const query = async (expression: string) =>
    (await prometheus<{result: readonly Sample[]}>(`query?query=${encodeURIComponent(expression)}`)).result;
  const secret = async (name: string) => (await readFile(join(platform.workspace, 'secrets', name), 'utf8')).trim();

  test('comes up healthy', async () => {
    expect(first.code, first.stderr).toBe(0);
    expect(summary(await platform.containers())).toEqual({
      ...goal,
      alloy: 'running healthy',
      'alloy-socket-proxy': 'running healthy',
      grafana: 'running healthy',
      'keycloak-postgres-exporter': 'running healthy',
      'keycloak-postgres-exporter-account': 'exited 0',
      loki: 'running healthy',
      'node-exporter': 'running healthy',
      prometheus: 'running healthy',
      tempo: 'running healthy',
    });
  });

  test('Prometheus reaches everything that it is told to ask', async () => {
    const targets = async () =>
      (await prometheus<{activeTargets: readonly Target[]}>('targets')).activeTargets.map(
        ({labels, health, lastError}) => `${labels.component} ${labels.job} ${health} ${lastError}`,
      );
    await expect
      .poll(async () => (await targets()).sort(), {timeout: 60_000, interval: 1000})
      .toEqual([
        'grafana grafana up ',
        'keycloak keycloak up ',
        'keycloak-postgres keycloak-postgres up ',
        'loki alloy up ',
        'loki loki up ',
        'prometheus node-exporter up ',
        'prometheus prometheus up ',
        'tempo tempo up ',
        'traefik traefik up ',
      ]);
  });

  test('Prometheus evaluates the rules of every component without an error', async () => {
    const groups = async () => (await prometheus<{groups: readonly RuleGroup[]}>('rules')).groups;
    await expect
      .poll(async () => (await groups()).flatMap(({rules}) => rules.filter(({health}) => health !== 'ok')), {
        timeout: 60_000,
        interval: 1000,
      })
      .toEqual([]);
    expect((await groups()).map(({name}) => name).sort()).toEqual([
      'alloy',
      'general',
      'grafana',
      'keycloak',
      'keycloak-postgres',
      'loki',
      'node-exporter',
      'prometheus',
      'tempo',
      'traefik',
    ]);
    expect(await query('ALERTS{alertname=~".*Down"}')).toEqual([]);
  });

  test('alerts and panels about what runs here for real ask for numbers that there are', async () => {
    const known = new Set(await prometheus<readonly string[]>('label/__name__/values'));
    const config = join(platform.workspace, 'config');
    const files = ['prometheus', 'node-exporter', 'keycloak-postgres'].flatMap(name => [
      join(config, 'prometheus/rules', `${name}.yaml`),
      join(config, 'grafana/dashboards', `${name}.json`),
    ]);
    const asked = (await Promise.all(files.map(file => readFile(file, 'utf8')))).flatMap(
      text => text.match(/\b(?:node|prometheus|pg|scrape|process)_\w+(?=[^\w"-])/g) ?? [],
    );
    expect(new Set(asked).size).toBeGreaterThan(40);
    expect([...new Set(asked)].filter(name => !known.has(name))).toEqual([]);
  });

  test('the node exporter tells of the server, not of its container', async () => {
    expect(await query('node_scrape_collector_success == 0')).toEqual([]);
    const [memory] = await query('node_memory_MemTotal_bytes');
    expect(Number(memory?.value[1])).toBe(totalmem());
    const disks = (await query('node_filesystem_size_bytes')).map(({metric}) => metric.mountpoint ?? '');
    expect(disks.length).toBeGreaterThan(0);
    expect(disks.filter(path => /^\/(host|etc|proc|sys|dev)/.test(path))).toEqual([]);
  });

  test("the database's exporter logs in, and may read no table", async () => {
    await expect.poll(() => query('pg_up == 1'), {timeout: 60_000, interval: 1000}).toHaveLength(1);
    expect((await query('pg_database_size_bytes{datname="keycloak"}')).length).toBe(1);
    const asExporter = (sql: string) => {
      const psql = ['psql', '--no-psqlrc', '-h', '127.0.0.1', '-U', 'exporter', '-d', 'keycloak', '-Atc', sql];
      return platform.docker('exec', '--env', 'PGPASSWORD', container('keycloak-postgres'), ...psql);
    };
    platform.env.PGPASSWORD = await secret('keycloak_postgres_exporter_password');
    expect(await asExporter('select rolsuper from pg_roles where rolname = current_user')).toMatchObject({code: 0, stdout: 'f\n'});
    expect(await asExporter('select * from realm')).toMatchObject({code: 1, stderr: expect.stringContaining('permission denied')});
  });

  test('Loki gets the logs of every running service of this project under its names, and of nothing else', async () => {
    const values = async (label: string) =>
      (await ask<{data: readonly string[]}>('grafana', `http://loki:3100/loki/api/v1/label/${label}/values`)).data;
    const logging = [];
    for (const {service, id} of (await platform.containers()).filter(({state}) => state === 'running')) {
      const {stdout, stderr} = await platform.docker('logs', '--tail', '1', id);
      if (stdout + stderr !== '') logging.push(service);
    }
    expect(logging.length).toBeGreaterThan(8);
    await expect.poll(() => values('service'), {timeout: 30_000, interval: 500}).toEqual(logging.sort());
    expect(await values('component')).toEqual(['grafana', 'keycloak', 'keycloak-postgres', 'loki', 'prometheus', 'tempo', 'traefik']);
    expect(await values('phase')).toEqual(['authentication', 'core', 'observability']);
    expect(await values('container')).toEqual(logging.map(container).sort());
  });

  test('Alloy may read, and nothing else', async () => {
    const attempt = (path: string, method = 'GET') => {
      const talk = `exec 3<>/dev/tcp/alloy-socket-proxy/2375 && printf '${method} ${path} HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3`;
      return platform.docker('exec', container('alloy'), 'bash', '-c', talk);
    };
    expect((await attempt('/v1.44/networks')).stdout).toContain(' 200 ');
    for (const path of ['/v1.44/info', '/v1.44/secrets', '/v1.44/containers/foreign/json', '/v1.44/images/json'])
      expect((await attempt(path)).stdout, path).toContain(' 403 ');
    // Of a method of which nothing is allowed.
    expect((await attempt('/v1.44/containers/create', 'POST')).stdout).toContain(' 405 ');
  });

  test('Grafana has the data sources and dashboards of what is picked', async () => {
    const login = Buffer.from(`local-admin:${await secret('grafana_admin_password')}`).toString('base64');
    const grafana = <T>(path: string) => ask<readonly T[]>('grafana', `http://127.0.0.1:3000/api/${path}`, `Authorization: Basic ${login}`);
    const sources = await grafana<{uid: string; url: string}>('datasources');
    expect(sources.map(({uid, url}) => `${uid} ${url}`)).toEqual([
      'loki http://loki:3100',
      'prometheus http://prometheus:9090',
      'tempo http://tempo:3200',
    ]);
    expect((await grafana<{uid: string}>('search?type=dash-db')).map(({uid}) => uid).sort()).toEqual([
      'grafana',
      'keycloak',
      'keycloak-postgres',
      'loki',
      'node-exporter',
      'overview',
      'prometheus',
      'requests',
      'tempo',
      'traefik',
    ]);
    await expect(ask('grafana', 'http://127.0.0.1:3000/api/datasources')).rejects.toThrow(/401/);
  });

  test('only Grafana is where people come in; nothing but the reverse proxy publishes a port', async () => {
    const containers = await platform.containers();
    expect(new Set(containers.filter(({ports}) => ports.length > 0).map(({service}) => service))).toEqual(new Set(['traefik']));
    const {stdout} = await platform.docker('network', 'inspect', '--format', '{{range .Containers}}{{.Name}} {{end}}', 'infra-dev_proxy');
    expect(stdout.trim().split(/\s+/).sort()).toEqual(['grafana', 'keycloak', 'traefik'].map(container));
  });

  test('a second rollout changes nothing', async () => {
    const [files, containers] = [await filesIn(platform.workspace), await platform.containers()];
    const again = await platform.run(...picked);
    expect(again.code, again.stderr).toBe(0);
    expect(await platform.containers()).toEqual(containers);
    expect(await filesIn(platform.workspace)).toEqual(files);
  });

  test('Promtail takes over where it is asked for', async () => {
    const changed = await platform.run(...picked, '--set', 'loki.shipper=promtail');
    expect(changed.code, changed.stderr).toBe(0);
    expect(summary(await platform.containers())).toMatchObject({
      promtail: 'running healthy',
      'promtail-folder': 'exited 0',
      'promtail-socket-proxy': 'running healthy',
    });
    await expect
      .poll(async () => (await ask<{data: readonly string[]}>('grafana', 'http://loki:3100/loki/api/v1/label/service/values')).data, {
        timeout: 30_000,
        interval: 500,
      })
      .toContain('promtail');
  });
});
