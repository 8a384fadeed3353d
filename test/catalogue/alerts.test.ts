/** When alerts fire, and when they do not: told by Prometheus's own tool, from numbers as services would tell them. */
import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {stringify} from 'yaml';
import {noTools, type Tool, unpackTool} from '../sandbox/tools.ts';
import {root} from './support.ts';

const run = promisify(execFile);
const files = [
  'prometheus/rules/general.yaml',
  'prometheus/rules/prometheus.yaml',
  'prometheus/rules/node-exporter.yaml',
  'loki/alerts.yaml',
  'loki/alerts-alloy.yaml',
  'tempo/alerts.yaml',
  'grafana/alerts.yaml',
  'traefik/alerts.yaml',
  'keycloak/alerts.yaml',
  'keycloak-postgres/alerts.yaml',
].map(path => join(root, 'assets', path));

const reason = await noTools();
let folder: string;
let promtool: Tool;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alerts-'));
  if (reason === undefined) promtool = await unpackTool('promtool', [], 'forky');
});
afterAll(() => rm(folder, {recursive: true, force: true}));

/** Numbers by series, as the tool writes them: `5+10x90` begins with 5 and grows by 10 for 90 minutes. */
type Series = Readonly<Record<string, string>>;

/** What the tool has against `expected` being just the alerts that fire after so many minutes. */
const complaint = async (series: Series, minutes: number, expected: readonly string[]): Promise<string> => {
  const file = join(folder, 'test.yaml');
  const input = Object.entries(series).map(([name, values]) => ({series: name, values}));
  const samples = expected.map(alertname => ({labels: `{alertname="${alertname}"}`, value: 1}));
  const expr = 'group by (alertname) (ALERTS{alertstate="firing"})';
  const tests = [
    {
      interval: '1m',
      input_series: input,
      promql_expr_test: [{expr, eval_time: `${minutes}m`, ...(samples.length > 0 && {exp_samples: samples})}],
    },
  ];
  await writeFile(file, stringify({rule_files: files, evaluation_interval: '1m', tests}));
  return run(promtool.path, ['test', 'rules', file], {env: promtool.env}).then(
    () => '',
    (error: {stdout?: string; stderr?: string}) => `${error.stdout}${error.stderr}`,
  );
};

const disk = (free: number): Series => ({
  'node_filesystem_avail_bytes{instance="n",mountpoint="/"}': `${free}x200`,
  'node_filesystem_size_bytes{instance="n",mountpoint="/"}': '100x200',
  'node_filesystem_readonly{instance="n",mountpoint="/"}': '0x200',
});
const service = (code: string, values: string): Series => ({
  [`traefik_service_requests_total{service="shop@docker",code="${code}"}`]: values,
});
const day = 24 * 3600;

const cases: readonly (readonly [string, Series, number, readonly string[]])[] = [
  ['all is well', {'up{job="traefik",instance="t"}': '1x60', ...disk(50), ...service('200', '0+60x60')}, 60, []],
  ['something answers no more that has no alert of its own', {'up{job="shop",instance="s"}': '0x10'}, 5, ['InstanceDown']],
  ['something answers no more that has one', {'up{job="traefik",instance="t"}': '0x20'}, 15, ['TraefikDown']],
  ['something misses one question', {'up{job="shop",instance="s"}': '1 1 0 1 1 1'}, 5, []],
  ['a database is away, but its exporter is not', {'pg_up{job="keycloak-postgres"}': '0x10'}, 5, ['KeycloakPostgresDown']],
  ['something starts again and again', {'process_start_time_seconds{instance="s"}': '0+60x30'}, 20, ['InstanceRestarts']],
  ['something was started anew', {'process_start_time_seconds{instance="s"}': '100x10 900x10'}, 12, []],
  ['a disk has 8 % left', disk(8), 60, ['DiskAlmostFull']],
  ['a disk has 2 % left', disk(2), 60, ['DiskAlmostFull', 'DiskFull']],
  [
    'a disk fills up within hours',
    {...disk(0), 'node_filesystem_avail_bytes{instance="n",mountpoint="/"}': '60-0.2x200'},
    190,
    ['DiskFullSoon'],
  ],
  ['a disk fills up within weeks', {...disk(0), 'node_filesystem_avail_bytes{instance="n",mountpoint="/"}': '39-0.0001x200'}, 190, []],
  ['something can not be written to at all', {...disk(0), 'node_filesystem_readonly{instance="n",mountpoint="/"}': '1x200'}, 60, []],
  [
    'there is more to do than the processors can',
    {
      'node_load15{instance="n"}': '7x60',
      'node_cpu_seconds_total{instance="n",cpu="0",mode="idle"}': '1x60',
      'node_cpu_seconds_total{instance="n",cpu="1",mode="idle"}': '1x60',
    },
    30,
    ['LoadHigh'],
  ],
  ['a process was ended for want of memory', {'node_vmstat_oom_kill{instance="n"}': '0x10 1x10'}, 15, ['OutOfMemoryKills']],
  ['one in five requests finds nobody', {...service('200', '0+48x30'), ...service('502', '0+12x30')}, 20, ['ServiceUnreachable']],
  ['one in ten requests ends with an error', {...service('200', '0+54x30'), ...service('500', '0+6x30')}, 20, ['ServiceErrors']],
  ['nobody asks for anything', {...service('200', '100x30'), ...service('502', '7x30')}, 20, []],
  ['people are told that there is no such page', {...service('404', '0+60x30')}, 20, []],
  ['a certificate is good for ten days', {'traefik_tls_certs_not_after{cn="a"}': `${10 * day}x120`}, 90, ['CertificateExpires']],
  ['a certificate is good for two months', {'traefik_tls_certs_not_after{cn="a"}': `${60 * day}x120`}, 90, []],
  [
    'somebody guesses passwords',
    {'keycloak_user_events_total{realm="platform",event="login",error="invalid_user_credentials"}': '0+10x30'},
    20,
    ['SignInsFail'],
  ],
  ['people sign in', {'keycloak_user_events_total{realm="platform",event="login",error=""}': '0+100x30'}, 20, []],
  [
    'Loki has only just begun to remove what is old',
    {loki_compactor_apply_retention_last_successful_run_timestamp_seconds: '0x400'},
    390,
    [],
  ],
  [
    'Loki has stopped removing what is old',
    {loki_compactor_apply_retention_last_successful_run_timestamp_seconds: '60x400'},
    390,
    ['LokiRetentionStopped'],
  ],
  ['log lines get lost', {'loki_write_dropped_entries_total{reason="ingester_error"}': '0x5 9x20'}, 10, ['AlloyDropsLines']],
];

describe.runIf(reason === undefined)(reason === undefined ? 'alerts' : `alerts (not run: ${reason})`, () => {
  test.each(cases)('when %s', async (_, series, minutes, expected) => {
    expect(await complaint(series, minutes, expected)).toBe('');
  });

  test('of another kind would be noticed', async () => {
    expect(await complaint({'up{job="shop",instance="s"}': '0x10'}, 5, [])).toContain('InstanceDown');
    expect(await complaint({'up{job="shop",instance="s"}': '1x10'}, 5, ['InstanceDown'])).toContain('InstanceDown');
  });
});
