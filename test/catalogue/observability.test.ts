/** What components tell Prometheus and Grafana about themselves: checked by Prometheus's own tool, for whatever is in the catalogue. */
import {execFile} from 'node:child_process';
import {mkdir, mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {parse, stringify} from 'yaml';
import {allAssets} from '../../source/catalog/belongings.ts';
import type {Catalog, Component} from '../../source/catalog/catalog.ts';
import type {Rendered} from '../../source/plan/rendered.ts';
import {noTools, type Tool, unpackTool} from '../sandbox/tools.ts';
import {theCatalog} from './support.ts';
import {below, contentOf, dashboardsOf, panelsOf, questionsOf, sources, watchedSelections} from './watched.ts';

const run = promisify(execFile);

let catalog: Catalog;
let folder: string;
beforeAll(async () => {
  catalog = await theCatalog();
  folder = await mkdtemp(join(tmpdir(), 'observability-'));
});
afterAll(() => rm(folder, {recursive: true, force: true}));

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
  for (const [name, rendered] of watchedSelections(catalog)) {
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
      const watched = new RegExp(`\\bup\\{[^}]*\\bjob=~?"[^"]*\\b${job}\\b`).test(rulesOf(component));
      return [
        ...(labelled ? [] : [`${component.id}: job ${job} lacks the label component: ${component.id}`]),
        ...(watched ? [] : [`${component.id}: no alert asks for up{job="${job}"}`]),
      ];
    }),
  );
  expect(wrong).toEqual([]);
  expect([...catalog.components.values()].flatMap(jobsOf).length).toBeGreaterThan(8);
});

interface Alert {
  readonly alert?: string;
  readonly labels?: {readonly severity?: string};
  readonly annotations?: Readonly<Record<string, string>>;
}

test('every alert has a name of its own and says how bad it is, what is wrong, and what that means', () => {
  for (const [selection, rendered] of watchedSelections(catalog)) {
    const alerts = below(rendered, 'config/prometheus/rules/')
      .flatMap(({content}) => parse(content).groups as {rules: readonly Alert[]}[])
      .flatMap(({rules}) => rules.filter(({alert}) => alert !== undefined));
    const incomplete = alerts.filter(
      ({labels, annotations}) =>
        !/^(info|warning|critical)$/.test(labels?.severity ?? '') || !annotations?.summary || !annotations.description,
    );
    expect(incomplete, selection).toEqual([]);
    const names = alerts.map(({alert}) => alert);
    expect(
      names.filter((name, index) => names.indexOf(name) !== index),
      selection,
    ).toEqual([]);
  }
});

/** Grafana fills these in before it asks. */
const asAsked = (text: string) =>
  text
    .replaceAll(/\$__(rate_interval|interval|auto)/g, '5m')
    .replaceAll('$__range', '6h')
    .replaceAll(/\$\{?[a-z_]+(?::\w+)?\}?/g, 'x');

test('dashboards have a name of their own, and every panel asks something', () => {
  for (const [selection, rendered] of watchedSelections(catalog)) {
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
    watchedSelections(catalog)
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
