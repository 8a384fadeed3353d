/** What components tell Prometheus and Grafana about themselves: checked by Prometheus's own tool, for whatever is in the catalogue. */
import {execFile} from 'node:child_process';
import {mkdir, mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, dirname, join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {parse, stringify} from 'yaml';
import {allAssets} from '../../source/catalog/belongings.ts';
import type {Catalog, Component, Input} from '../../source/catalog/catalog.ts';
import type {Answers} from '../../source/plan/answers.ts';
import {render} from '../../source/plan/render.ts';
import type {Rendered} from '../../source/plan/rendered.ts';
import {applicableInputs, defaultAnswers, select} from '../../source/plan/select.ts';
import {noTools, type Tool, unpackTool} from '../sandbox/tools.ts';
import {stacks, theCatalog} from './support.ts';

const run = promisify(execFile);
const sources = ['prometheus', 'loki', 'tempo'] as const;

let catalog: Catalog;
let folder: string;
beforeAll(async () => {
  catalog = await theCatalog();
  folder = await mkdtemp(join(tmpdir(), 'observability-'));
});
afterAll(() => rm(folder, {recursive: true, force: true}));

type Picks = Readonly<Record<string, string>>;

/** An answer to whatever has no default. */
const example = ({type, example: said}: Input) => said ?? (type === 'email' ? 'ops@example.com' : 'example');

const written = (components: Picks, settings: Answers['settings'] = stacks['own certificate authority'] ?? {}): Rendered => {
  const answers = {...defaultAnswers(catalog), components, settings};
  const open = applicableInputs(catalog, answers).filter(({value}) => value === '');
  const answered: Record<string, Record<string, string>> = structuredClone(settings) as Record<string, Record<string, string>>;
  for (const {component, input} of open) answered[component] = {...answered[component], [input.id]: example(input)};
  const result = select(catalog, {...answers, settings: answered});
  if (!result.ok) throw new Error(result.problems.map(({where, what}) => `${where}: ${what}`).join('\n'));
  return render(catalog, result.value);
};

const contentOf = (rendered: Rendered, path: string): string => {
  const content = rendered.files.find(file => file.path === path)?.content;
  if (content === undefined) throw new Error(`${path} is not written`);
  return content;
};

const below = (rendered: Rendered, start: string) => rendered.files.filter(({path}) => path.startsWith(start));

const all: Picks = {prometheus: 'standalone', loki: 'standalone', tempo: 'standalone', grafana: 'standalone'};

/** Everything that watches, with each component in each variant, and with each choice that brings files of its own. */
const watchedSelections = (): readonly (readonly [string, Rendered])[] => {
  const picked = (id: string) => (catalog.components.get(id)?.repeatable ? `${id}.shop` : id);
  const first: Picks = {...all, ...Object.fromEntries(['traefik', 'keycloak'].map(id => [id, 'standalone']))};
  const variants = [...catalog.components.values()]
    .filter(({hidden}) => !hidden)
    .flatMap(({id, variants: list}) =>
      list.map(variant => [`${id}:${variant.id}`, written({...first, [picked(id)]: variant.id})] as const),
    );
  const choices = [...catalog.components.values()].flatMap(({id, inputs, hidden, repeatable}) =>
    hidden || repeatable
      ? []
      : inputs.flatMap(input =>
          input.choices
            .filter(({files}) => files.some(({into}) => into !== undefined))
            .map(choice => {
              const settings = {...stacks['own certificate authority'], [id]: {[input.id]: choice.id}};
              return [`${id}.${input.id}=${choice.id}`, written(first, settings)] as const;
            }),
        ),
  );
  return [...variants, ...choices];
};

const tool = async (): Promise<Tool> => unpackTool('promtool', [], 'forky');
const promtool = async (found: Tool, ...args: readonly string[]): Promise<string> =>
  run(found.path, [...args], {env: found.env}).then(
    () => '',
    (error: {stdout?: string; stderr?: string}) => `${error.stdout}${error.stderr}`,
  );

/** The configuration of Prometheus as files, where its tool finds them and the secrets that they name. */
const lay = async (rendered: Rendered, name: string): Promise<string> => {
  const place = join(folder, name.replaceAll(/[^a-z0-9]/g, '-'));
  for (const {id} of rendered.secrets) {
    await mkdir(join(place, 'secrets'), {recursive: true});
    await writeFile(join(place, 'secrets', id), 'x');
  }
  for (const {path, content} of below(rendered, 'config/prometheus/')) {
    await mkdir(dirname(join(place, path)), {recursive: true});
    await writeFile(join(place, path), content.replaceAll('/run/secrets/', `${join(place, 'secrets')}/`));
  }
  const file = join(place, 'config/prometheus/prometheus.yaml');
  // Debian's tool is of Prometheus 3.5, and this came with 3.8 (https://github.com/prometheus/prometheus/pull/17026).
  const {storage, ...rest} = parse(contentOf(rendered, 'config/prometheus/prometheus.yaml'));
  expect(storage).toEqual({tsdb: {retention: {time: expect.stringMatching(/^\d+d$/), size: expect.stringMatching(/^\d+GB$/)}}});
  await writeFile(file, stringify(rest));
  return dirname(file);
};

test('Prometheus accepts what every component tells it to ask and to watch', async context => {
  const reason = await noTools();
  if (reason !== undefined) return context.skip(reason);
  const found = await tool();
  const broken = join(folder, 'broken.yaml');
  await writeFile(broken, stringify({groups: [{name: 'broken', rules: [{alert: 'Broken', expr: 'up =='}]}]}));
  expect(await promtool(found, 'check', 'rules', broken)).toContain('could not parse expression');
  const complaints: string[] = [];
  for (const [name, rendered] of watchedSelections()) {
    const place = await lay(rendered, name);
    const rules = (await readdir(join(place, 'rules'))).map(file => join(place, 'rules', file));
    expect(rules.length, name).toBeGreaterThan(3);
    complaints.push(await promtool(found, 'check', 'config', join(place, 'prometheus.yaml')));
    complaints.push(await promtool(found, 'check', 'rules', '--lint=all', '--lint-fatal', ...rules));
  }
  expect(complaints.filter(Boolean)).toEqual([]);
}, 300_000);

interface Scraped {
  readonly job_name: string;
  readonly static_configs?: readonly {readonly labels?: Readonly<Record<string, string>>}[];
  readonly relabel_configs?: readonly {readonly target_label?: string; readonly replacement?: string}[];
}

/** What a component has Prometheus ask. */
const jobsOf = (component: Component): readonly Scraped[] =>
  allAssets(component)
    .filter(({to, into = component.id}) => into === 'prometheus' && to.startsWith('scrape/'))
    .flatMap(({from}) => (parse(component.assets.get(from) ?? '') as {scrape_configs: readonly Scraped[]}).scrape_configs);

const rulesOf = (component: Component): string =>
  allAssets(component)
    .filter(({to, into = component.id}) => into === 'prometheus' && to.startsWith('rules/'))
    .map(({from}) => component.assets.get(from) ?? '')
    .join('\n');

test('whatever is asked says which component it belongs to, and has an alert for when it does not answer', () => {
  const wrong = [...catalog.components.values()].flatMap(component =>
    jobsOf(component).flatMap(({job_name: job, static_configs: fixed = [], relabel_configs: relabelled = []}) => {
      const fixedLabels = fixed.every(({labels}) => labels?.component === component.id) && fixed.length > 0;
      const labelled = fixedLabels || relabelled.some(rule => rule.target_label === 'component' && rule.replacement === component.id);
      const watched = new RegExp(`\\bup\\{job=~?"[^"]*\\b${job}\\b[^"]*"\\} == 0`).test(rulesOf(component));
      return [
        ...(labelled ? [] : [`${component.id}: job ${job} lacks the label component: ${component.id}`]),
        ...(watched ? [] : [`${component.id}: no alert for up{job="${job}"} == 0`]),
      ];
    }),
  );
  expect(wrong).toEqual([]);
  expect([...catalog.components.values()].flatMap(jobsOf).length).toBeGreaterThan(8);
});

test('every alert says how bad it is, what is wrong, and what that means', () => {
  const alerts = [...catalog.components.values()].flatMap(component =>
    allAssets(component)
      .filter(({to, into = component.id}) => into === 'prometheus' && to.startsWith('rules/'))
      .flatMap(({from}) => parse(component.assets.get(from) ?? '').groups as {rules: readonly Record<string, unknown>[]}[])
      .flatMap(({rules}) => rules.filter(rule => 'alert' in rule).map(rule => ({component: component.id, ...rule}))),
  );
  const incomplete = alerts.filter(alert => {
    const {labels, annotations} = alert as {labels?: {severity?: string}; annotations?: Record<string, string>};
    return !/^(warning|critical)$/.test(labels?.severity ?? '') || !annotations?.summary || !annotations.description;
  });
  expect(incomplete).toEqual([]);
  const names = alerts.map(alert => String((alert as {alert?: string}).alert));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

interface Target {
  readonly datasource?: {readonly uid?: string};
  readonly expr?: string;
  readonly query?: string;
}
interface Panel {
  readonly type: string;
  readonly title?: string;
  readonly datasource?: {readonly uid?: string};
  readonly targets?: readonly Target[];
  readonly panels?: readonly Panel[];
}
interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
}

const dashboardsOf = (rendered: Rendered): readonly {readonly name: string; readonly dashboard: Dashboard}[] =>
  below(rendered, 'config/grafana/dashboards/').map(({path, content}) => ({name: basename(path, '.json'), dashboard: JSON.parse(content)}));

const panelsOf = ({panels}: {readonly panels?: readonly Panel[]}): readonly Panel[] =>
  (panels ?? []).flatMap(panel => (panel.type === 'row' ? panelsOf(panel) : [panel]));

const questionsOf = (dashboard: Dashboard) =>
  panelsOf(dashboard).flatMap(({title, datasource, targets = []}) =>
    targets.map(target => ({title, uid: target.datasource?.uid ?? datasource?.uid ?? '', text: target.expr ?? target.query ?? ''})),
  );

/** Grafana fills these in before it asks. */
const asAsked = (text: string) =>
  text
    .replaceAll(/\$__(rate_interval|interval|auto)/g, '5m')
    .replaceAll('$__range', '6h')
    .replaceAll(/\$\{?[a-z_]+(?::\w+)?\}?/g, 'x');

test('dashboards have a name of their own, and every panel asks something', () => {
  for (const [selection, rendered] of watchedSelections()) {
    const dashboards = dashboardsOf(rendered);
    expect(dashboards.map(({dashboard}) => dashboard.uid).sort(), selection).toEqual(dashboards.map(({name}) => name).sort());
    const titles = dashboards.map(({dashboard}) => dashboard.title);
    expect(
      titles.filter((title, index) => !title || titles.indexOf(title) !== index),
      selection,
    ).toEqual([]);
    for (const {name, dashboard} of dashboards) {
      expect(dashboard.schemaVersion, name).toBeGreaterThanOrEqual(39);
      const silent = panelsOf(dashboard).filter(({type, targets = []}) => type !== 'text' && targets.length === 0);
      expect(silent, name).toEqual([]);
      const questions = questionsOf(dashboard);
      expect(questions.length, name).toBeGreaterThan(0);
      expect(
        questions.filter(({uid, text}) => !sources.some(source => source === uid) || text.trim() === ''),
        name,
      ).toEqual([]);
    }
  }
});

test('what panels ask is understood: Prometheus by its own tool, Loki and Tempo by their selectors', async context => {
  const reason = await noTools();
  if (reason !== undefined) return context.skip(reason);
  const questions = new Map(
    watchedSelections()
      .flatMap(([, rendered]) => dashboardsOf(rendered))
      .flatMap(({name, dashboard}) => questionsOf(dashboard).map(question => [`${name}: ${question.title}: ${question.text}`, question])),
  );
  const of = (source: string) => [...questions.values()].filter(({uid}) => uid === source);
  const rules = of('prometheus').map(({text}, index) => ({record: `panel:${index}`, expr: asAsked(text)}));
  expect(rules.length).toBeGreaterThan(50);
  const file = join(folder, 'panels.yaml');
  await writeFile(file, stringify({groups: [{name: 'panels', rules}]}));
  expect(await promtool(await tool(), 'check', 'rules', file)).toBe('');
  expect(of('loki').filter(({text}) => !/\{\w+=~?"[^"]+"(?:, ?\w+=~?"[^"]+")*\}/.test(text))).toEqual([]);
  expect(of('tempo').filter(({text}) => !/^\{ .+ \}$/.test(text))).toEqual([]);
});

interface Source {
  readonly uid: string;
  readonly name: string;
  readonly url: string;
  readonly jsonData: Readonly<Record<string, unknown>>;
}

const sourcesOf = (rendered: Rendered): readonly Source[] =>
  below(rendered, 'config/grafana/provisioning/datasources/').flatMap(({content}) => parse(content).datasources);

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
    const rendered = written({...picks(), keycloak: 'standalone'});
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

/** A service as it is written, whichever overlay it is in. */
const serviceOf = (rendered: Rendered, name: string): Record<string, unknown> =>
  rendered.files.flatMap(({path, content}) => (/^\d\d-/.test(path) ? (parse(content).services?.[name] ?? []) : []))[0] ?? {};

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
