/** What Prometheus, Loki, Tempo and Grafana are told when they are picked together, and when they are not. */
import {beforeAll, describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import type {Catalog} from '../../source/catalog/catalog.ts';
import type {Answers} from '../../source/plan/answers.ts';
import type {Rendered} from '../../source/plan/rendered.ts';
import {stacks, theCatalog} from './support.ts';
import {all, below, contentOf, dashboardsOf, type Picks, questionsOf, serviceOf, sources, sourcesOf, writtenWith} from './watched.ts';

let catalog: Catalog;
beforeAll(async () => {
  catalog = await theCatalog();
});

const written = (picks: Picks, settings?: Answers['settings']) => writtenWith(catalog, picks, settings);

/** All that others watch, and nothing that watches. */
const everythingElse = (): Picks => {
  const others = [...catalog.components.values()].filter(({id, repeatable}) => !repeatable && !sources.some(source => source === id));
  return Object.fromEntries(others.map(({id, variants}) => [id, variants[0]?.id ?? '']));
};

/** Every subset of what Grafana can ask, but none at all. */
const subsets = Array.from({length: 2 ** sources.length - 1}, (_, index) => sources.filter((__, bit) => (index + 1) & (1 << bit)));

describe.each(subsets)('Grafana with %s %s %s', (...subset) => {
  const names = subset.filter(name => name !== undefined);
  const picks = () => Object.fromEntries([...names, 'grafana'].map(id => [id, 'standalone']));

  test('has just these data sources, which lead to each other and to no other', () => {
    const found = sourcesOf(written(picks()));
    expect(found.map(({uid}) => uid).sort()).toEqual([...names].sort());
    const leadsTo = found.flatMap(({jsonData}) => [...JSON.stringify(jsonData).matchAll(/"datasourceUid":"(\w+)"/g)].map(([, uid]) => uid));
    expect(leadsTo.filter(uid => !names.some(name => name === uid))).toEqual([]);
    const has = (uid: string, key: string) => found.some(source => source.uid === uid && key in source.jsonData);
    const both = (one: string, other: string) => [one, other].every(id => names.some(name => name === id));
    expect({
      metricToTrace: has('prometheus', 'exemplarTraceIdDestinations'),
      lineToTrace: has('loki', 'derivedFields'),
      traceToLines: has('tempo', 'tracesToLogsV2'),
      traceToMetrics: has('tempo', 'tracesToMetrics') && has('tempo', 'serviceMap'),
    }).toEqual({
      metricToTrace: both('prometheus', 'tempo'),
      lineToTrace: both('loki', 'tempo'),
      traceToLines: both('tempo', 'loki'),
      traceToMetrics: both('tempo', 'prometheus'),
    });
  });

  test('has only dashboards that it can fill, and opens with one that is there', () => {
    const rendered = written({...everythingElse(), ...picks()});
    const dashboards = dashboardsOf(rendered);
    expect(dashboards.length).toBeGreaterThan(0);
    const unanswerable = dashboards.flatMap(({name, dashboard}) =>
      questionsOf(dashboard).flatMap(({uid}) => (names.some(known => known === uid) ? [] : [`${name} asks ${uid}`])),
    );
    expect([...new Set(unanswerable)]).toEqual([]);
    const home = /^default_home_dashboard_path = \/etc\/grafana\/dashboards\/(.+)\.json$/m.exec(
      contentOf(rendered, 'config/grafana/grafana.ini'),
    );
    expect(home ? dashboards.map(({name}) => name) : [undefined]).toContain(home?.[1]);
  });
});

test('a trace identifier is found in what Traefik and Keycloak log', () => {
  const loki = sourcesOf(written(all)).find(({uid}) => uid === 'loki');
  const [field] = (loki?.jsonData.derivedFields ?? []) as {matcherRegex: string; url: string}[];
  const pattern = new RegExp(field?.matcherRegex.replace('(?i)', '') ?? '', 'i');
  const id = 'b636ac4c665ceb901f7fdc3fc7e80154';
  const lines = [
    `{"RequestMethod":"GET","TraceId":"${id}","SpanId":"d59cea113d0c2549"}`,
    `2026-08-05 15:27:07,144 traceId=${id}, parentId=d59cea113d0c2549, sampled=true WARN [org.keycloak.events] type="LOGIN_ERROR"`,
    `level=info trace_id="${id}" msg=done`,
  ];
  expect(lines.map(line => pattern.exec(line)?.[1])).toEqual([id, id, id]);
  expect(pattern.exec('nothing to trace here: id=12')).toBeNull();
  expect(field?.url).toBe('$${__value.raw}');
});

test('Prometheus takes in what others send only together with Tempo, which is the one that sends', () => {
  const flags = ['--web.enable-remote-write-receiver', '--enable-feature=exemplar-storage'];
  const command = (picks: Picks) => serviceOf(written(picks), 'prometheus').command as readonly string[];
  expect(command({prometheus: 'standalone'}).filter(flag => flags.includes(flag))).toEqual([]);
  const both = command({prometheus: 'standalone', tempo: 'standalone'});
  expect(both).toEqual(['--config.file=/etc/prometheus/prometheus.yaml', '--storage.tsdb.path=/prometheus', ...flags]);
  const tempo = (picks: Picks) => parse(contentOf(written(picks), 'config/tempo/tempo.yaml'));
  expect(tempo({tempo: 'standalone'})).not.toHaveProperty('metrics_generator');
  expect(tempo({prometheus: 'standalone', tempo: 'standalone'})).toMatchObject({
    metrics_generator: {storage: {remote_write: [{url: 'http://prometheus:9090/api/v1/write', send_exemplars: true}]}},
    overrides: {defaults: {metrics_generator: {processors: ['service-graphs', 'span-metrics']}}},
  });
});

test.each(Object.entries(stacks))('Traefik and Keycloak send traces with Tempo, and only then (%s)', (_, settings) => {
  const traefik = (rendered: Rendered) => parse(contentOf(rendered, 'config/traefik/traefik.yaml'));
  const without = written({keycloak: 'standalone'}, settings);
  expect(traefik(without)).not.toHaveProperty('tracing');
  expect(serviceOf(without, 'traefik').networks).not.toHaveProperty('monitoring');
  const traced = written({keycloak: 'standalone', tempo: 'standalone'}, {...settings, tempo: {sampling: 'tenth'}});
  expect(traefik(traced)).toEqual({
    ...traefik(without),
    tracing: {sampleRate: 0.1, otlp: {grpc: {endpoint: 'tempo:4317', insecure: true}}},
  });
  expect(serviceOf(traced, 'traefik').networks).toHaveProperty('monitoring');
  expect(serviceOf(traced, 'keycloak')).toMatchObject({
    environment: {KC_TRACING_ENABLED: 'true', KC_TRACING_ENDPOINT: 'http://tempo:4317'},
    networks: expect.arrayContaining(['monitoring']),
  });
});

/** Top-level keys, from the reference of each: grafana/loki v3.7 docs/sources/shared/configuration.md, grafana/tempo v3.0 manifest.md. */
const knownKeys = {
  'config/loki/loki/loki.yaml':
    'target auth_enabled server common analytics schema_config compactor ingester limits_config query_range storage_config ruler querier',
  'config/loki/promtail/promtail.yaml': 'global server clients positions scrape_configs target_config limits_config tracing',
  'config/tempo/tempo.yaml':
    'target server distributor storage backend_scheduler backend_worker live_store metrics_generator overrides usage_report querier query_frontend',
};

test.each(Object.entries(knownKeys))('%s has no key that its program would refuse', (path, keys) => {
  const shipper = path.includes('promtail') ? 'promtail' : 'alloy';
  const rendered = written(all, {...stacks['own certificate authority'], loki: {shipper}});
  expect(Object.keys(parse(contentOf(rendered, path))).filter(key => !keys.split(' ').includes(key))).toEqual([]);
});

test('logs, metrics and traces are kept as long as was asked for, in all places that have to know', () => {
  const rendered = written(all, {
    ...stacks['own certificate authority'],
    loki: {retention: '3'},
    tempo: {retention: '24'},
    prometheus: {retention: '7', max_size: '2'},
  });
  const read = (path: string) => parse(contentOf(rendered, path));
  expect(read('config/loki/loki/loki.yaml')).toMatchObject({
    limits_config: {retention_period: '3d'},
    compactor: {retention_enabled: true, delete_request_store: 'filesystem'},
  });
  expect(read('config/tempo/tempo.yaml')).toMatchObject({
    backend_scheduler: {provider: {compaction: {compaction: {block_retention: '24h'}}}},
    backend_worker: {compaction: {block_retention: '24h'}},
  });
  expect(read('config/prometheus/prometheus.yaml').storage.tsdb.retention).toEqual({time: '7d', size: '2GB'});
});

test.each(['alloy', 'promtail'])('%s labels lines alike, reads this project alone, and asks through a proxy of its own', shipper => {
  const rendered = written(all, {...stacks['own certificate authority'], loki: {shipper}});
  const [text = ''] = below(rendered, `config/loki/${shipper}/`).map(({content}) => content);
  const labels = ['component', 'phase', 'service', 'container'];
  expect([...text.matchAll(/target_label\s*[=:]\s*"?(\w+)/g)].map(([, label]) => label)).toEqual(labels);
  expect(text).toContain('com.docker.compose.project=infra-dev');
  expect(text).not.toContain('${');
  expect(new Set([...text.matchAll(/tcp:\/\/[\w.:-]+/g)].map(([address]) => address))).toEqual(
    new Set([`tcp://${shipper}-socket-proxy:2375`]),
  );
  expect(text).toContain('http://loki:3100/loki/api/v1/push');
  const other = shipper === 'alloy' ? 'promtail' : 'alloy';
  expect(serviceOf(rendered, shipper)).toHaveProperty('image');
  expect(serviceOf(rendered, other)).toEqual({});
  expect(below(rendered, `config/prometheus/scrape/${other}`)).toEqual([]);
});

describe('signing in to Grafana', () => {
  const ini = (picks: Picks, settings?: Answers['settings']) => contentOf(written(picks, settings), 'config/grafana/grafana.ini');

  test('goes through Keycloak when that is picked, and back to where Grafana is', () => {
    const settings = {...stacks['other ports'], keycloak: {realm: 'my-team'}, grafana: {host: 'look.example.com', users: 'editor'}};
    const rendered = written({...all, keycloak: 'standalone'}, settings);
    const text = contentOf(rendered, 'config/grafana/grafana.ini');
    expect(text).toContain('root_url = https://look.example.com:8443/\n');
    expect(text).toContain('auth_url = https://auth.infra.localhost:8443/realms/my-team/protocol/openid-connect/auth\n');
    expect(text).toContain('token_url = http://keycloak:8080/realms/my-team/protocol/openid-connect/token\n');
    expect(text).toContain("&& 'Admin' || contains(roles[*], 'user') && 'Editor'\n");
    expect(text.match(/\$\{\w+\}/g)).toBeNull();
    expect(text.match(/^(?:\w*(?:password|secret\w*)) = (?!\$__file\{\/run\/secrets\/\w+\}$).*$/gm)).toBeNull();
    expect(JSON.parse(contentOf(rendered, 'config/keycloak/clients/grafana.json'))).toMatchObject({
      clientId: 'grafana',
      secret: '__SECRET__',
      redirectUris: ['https://look.example.com:8443/login/generic_oauth'],
    });
    expect(serviceOf(rendered, 'grafana').secrets).toContain('grafana_oidc_secret');
    expect(serviceOf(rendered, 'keycloak-setup').secrets).toContain('grafana_oidc_secret');
  });

  test('has no Keycloak to go through when that is not picked', () => {
    const rendered = written(all);
    expect(ini(all)).not.toContain('generic_oauth');
    expect(serviceOf(rendered, 'grafana').secrets).toEqual(['grafana_admin_password', 'grafana_secret_key']);
    expect(rendered.secrets.map(({id}) => id)).not.toContain('grafana_oidc_secret');
  });

  test('whoever has no role is turned away, and so is everybody but administrators where that was asked for', () => {
    const settings = {...stacks['own certificate authority'], grafana: {users: 'nothing'}};
    const text = ini({...all, keycloak: 'standalone'}, settings);
    expect(text).toContain("role_attribute_path = contains(roles[*], 'admin') && 'Admin' || contains(roles[*], 'user') && ''\n");
    expect(text).toContain('role_attribute_strict = true\n');
  });
});
