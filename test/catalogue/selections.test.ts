/** Whatever can be picked is written as a platform that holds together: every pick alone, all pairs, all tiers, and thousands by chance. */
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import type {Catalog, Component, Input} from '../../source/catalog/catalog.ts';
import {filesOfSecret} from '../../source/catalog/secret-names.ts';
import type {Answers} from '../../source/plan/answers.ts';
import {withInstances} from '../../source/plan/instances.ts';
import type {ServiceModel} from '../../source/plan/model.ts';
import {render} from '../../source/plan/render.ts';
import type {Rendered} from '../../source/plan/rendered.ts';
import {applicableInputs, defaultAnswers, select} from '../../source/plan/select.ts';
import {mergeRendered, readServices} from '../../source/plan/services.ts';
import {type Compose, findCompose} from './compose.ts';
import {array, type ComposeFile, isTree, texts, tree} from './rule.ts';
import {theCatalog} from './support.ts';
import {brokenRules} from './support-rules.ts';

let catalog: Catalog;
let compose: Compose | {readonly reason: string};
let folder: string;

beforeAll(async () => {
  catalog = await theCatalog();
  compose = await findCompose();
  folder = await mkdtemp(join(tmpdir(), 'selections-'));
}, 300_000);
afterAll(() => rm(folder, {recursive: true, force: true}));

/** A component and a variant, as `--with` names them; something repeatable under a name. */
const picksOf = (component: Component): readonly (readonly [string, string])[] => {
  const id = component.repeatable ? `${component.id}.shop` : component.id;
  return component.variants.map(variant => [id, variant.id] as const);
};

const allPicks = () => [...catalog.components.values()].filter(({hidden}) => !hidden).flatMap(picksOf);

/** An answer to whatever has no default. */
const example = ({type, example: said}: Input): string => said ?? (type === 'email' ? 'ops@example.com' : 'example');

const answered = (answers: Answers): Answers => {
  const open = applicableInputs(catalog, answers).filter(({value}) => value === '');
  const settings = {...answers.settings};
  for (const {component, input} of open) settings[component] = {...settings[component], [input.id]: example(input)};
  return open.length === 0 ? answers : {...answers, settings};
};

const withPicks = (picks: readonly (readonly [string, string])[], more: Partial<Answers> = {}): Answers =>
  answered({...defaultAnswers(catalog), components: Object.fromEntries(picks), ...more});

/** Two that need one thing in different variants, and something that needs one of several: refused for good reasons, and only those. */
const goodReasons = [/ needs .* as [a-z-]+, and .* another variant\.$/, / has nothing to work with\.$/, / can not run together\.$/];

type Outcome = {readonly rendered: Rendered; readonly values: ReadonlyMap<string, string>} | {readonly refused: readonly string[]};

const attempt = (answers: Answers): Outcome => {
  const result = select(catalog, answers);
  if (!result.ok) return {refused: result.problems.map(({where, what}) => `${where}: ${what}`)};
  return {rendered: render(catalog, result.value), values: result.value.values};
};

const overlaysOf = ({files}: Rendered) =>
  files.flatMap(({path, model, once}) => (model === undefined || once ? [] : [{path, model: model as ComposeFile}]));

const namesOf = (value: unknown): readonly string[] =>
  isTree(value) ? Object.keys(value) : array(value).map(item => String(isTree(item) ? item.source : item));

/** Names that lead nowhere: each overlay has to load alone. */
const looseEnds = (rendered: Rendered, values: ReadonlyMap<string, string>): readonly string[] => {
  const made = new Set(rendered.secrets.flatMap(filesOfSecret));
  const written = rendered.files.map(({path}) => path);
  const owners = new Map<string, string>();
  const found: string[] = [];
  for (const {path, model} of overlaysOf(rendered)) {
    const services = model.services ?? {};
    const declared = (section: keyof ComposeFile) => Object.keys(model[section] ?? {});
    for (const [name, service] of Object.entries(services)) {
      const say = (what: string) => found.push(`${path}: ${name}: ${what}`);
      if (owners.has(name)) say(`is also in ${owners.get(name)}`);
      owners.set(name, path);
      if (typeof service.image !== 'string') say('has no image');
      for (const network of namesOf(service.networks)) if (!declared('networks').includes(network)) say(`network ${network}`);
      for (const secret of namesOf(service.secrets)) {
        if (!declared('secrets').includes(secret)) say(`secret ${secret} is not declared`);
        if (!made.has(secret)) say(`secret ${secret} is not made`);
      }
      for (const other of namesOf(service.depends_on)) if (!(other in services)) say(`waits for ${other}`);
      for (const mount of array(service.volumes)) {
        const source = isTree(mount) ? String(mount.source ?? '') : (String(mount).split(':')[0] ?? '');
        const isConfig = source.startsWith('./');
        if (isConfig && !written.some(file => file === source.slice(2) || file.startsWith(`${source.slice(2)}/`))) say(`mounts ${source}`);
        if (/^[a-z0-9][\w.-]*$/.test(source) && !declared('volumes').includes(source)) say(`volume ${source}`);
      }
    }
    for (const [, variable = '', rest = ''] of JSON.stringify(model).matchAll(/(?<!\$)\$\{([A-Z][A-Z0-9_]*)(.?)/g)) {
      if (rest === '}' && !values.has(variable)) found.push(`${path}: \${${variable}} has no value`);
    }
  }
  for (const {path, content} of rendered.files) {
    if (!path.startsWith('config/')) continue;
    for (const [, variable = ''] of content.matchAll(/\$\{([A-Z][A-Z0-9]*_(?:HOST|SUBNET|PORT|DOMAIN))\}/g))
      found.push(`${path}: \${${variable}} is not filled in`);
  }
  return found;
};

const merged = (rendered: Rendered): ComposeFile => {
  const models = overlaysOf(rendered).map(({model}) => model);
  const all = <K extends keyof ComposeFile>(key: K): NonNullable<ComposeFile[K]> => Object.assign({}, ...models.map(model => model[key]));
  return {services: all('services'), networks: all('networks'), volumes: all('volumes'), secrets: all('secrets')};
};

/** What is wrong with what these answers lead to; a refusal for a good reason is fine. */
const faults = (answers: Answers): readonly string[] => {
  const outcome = attempt(answers);
  if ('refused' in outcome) return outcome.refused.filter(problem => !goodReasons.some(reason => reason.test(problem)));
  return [...looseEnds(outcome.rendered, outcome.values), ...brokenRules(merged(outcome.rendered))];
};

describe('what is picked holds together', () => {
  test('every component in every variant, alone', () => {
    const picks = allPicks();
    expect(picks.length).toBeGreaterThan(1);
    expect(picks.flatMap(pick => faults(withPicks([pick])).map(fault => `${pick.join(':')}: ${fault}`))).toEqual([]);
  });

  test('every pair', () => {
    const picks = allPicks();
    const pairs = picks.flatMap((one, index) =>
      picks
        .slice(index + 1)
        .filter(([id]) => id !== one[0])
        .map(other => [one, other] as const),
    );
    const found = pairs.flatMap(pair => faults(withPicks(pair)).map(fault => `${pair.map(pick => pick.join(':')).join(' + ')}: ${fault}`));
    expect(found).toEqual([]);
  }, 300_000);

  test('every tier, in every environment', () => {
    for (const {id} of catalog.platform.tiers) {
      for (const {id: environment} of catalog.platform.environments) {
        const answers = answered({...defaultAnswers(catalog, id), environment});
        expect('refused' in attempt(answers) && attempt(answers), `${id} ${environment}`).toBe(false);
        expect(faults(answers), `${id} ${environment}`).toEqual([]);
      }
    }
  });
});

const hostNames = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(?:-[a-z0-9]{1,6})?$/);

/** A value that the input accepts; undefined: its default. */
const valueFor = ({type, choices, min = 0, max = 1000}: Input): fc.Arbitrary<string | undefined> => {
  const values: Readonly<Partial<Record<Input['type'], fc.Arbitrary<string>>>> = {
    choice: fc.constantFrom(...(choices.length > 0 ? choices.map(({id}) => id) : ['none'])),
    number: fc.integer({min, max}).map(String),
    port: fc.integer({min: 1024, max: 65_535}).map(String),
    name: hostNames,
    size: fc.constantFrom('64M', '512M', '2G'),
    host: fc.tuple(hostNames, hostNames).map(([a, b]) => `${a}.${b}.example.com`),
    image: fc.constantFrom('ghcr.io/example/shop:1.4.2', 'nginx:1.29.3', `registry.example:5000/a/b@sha256:${'0'.repeat(64)}`),
  };
  return fc.option(values[type] ?? fc.constant(undefined), {nil: undefined, freq: 2});
};

const anyAnswers = (): fc.Arbitrary<Answers> => {
  const components = [...catalog.components.values()].filter(({hidden}) => !hidden);
  const once = components.filter(({repeatable}) => !repeatable);
  const picks = fc.tuple(
    ...once.map(({id, variants}) => fc.option(fc.constantFrom(...variants.map(variant => [id, variant.id] as const)), {nil: undefined})),
  );
  const named = fc.tuple(
    ...components
      .filter(({repeatable}) => repeatable)
      .map(({id, variants}) =>
        fc.uniqueArray(hostNames, {maxLength: 3}).map(names => names.map(name => [`${id}.${name}`, variants[0]?.id ?? ''] as const)),
      ),
  );
  const basics = fc.record({
    environment: fc.constantFrom(...catalog.platform.environments.map(({id}) => id)),
    strategy: fc.constantFrom('incremental' as const, 'all-in-one' as const),
    domain: fc.constantFrom('infra.localhost', 'example.com', 'lab.internal', 'a.b.c.example.org'),
    seed: fc.integer(),
  });
  return fc.tuple(picks, named, basics).chain(([some, instances, {environment, strategy, domain}]) => {
    const picked = Object.fromEntries([...some.filter(pick => pick !== undefined), ...instances.flat()]);
    const base: Answers = {...defaultAnswers(catalog), components: picked, environment, strategy, settings: {platform: {domain}}};
    const asked = [...withInstances(catalog, base).components.values()].filter(({id}) => id in picked);
    const questions = asked.flatMap(({id, inputs}) => inputs.map(input => ({id, input})));
    return fc.tuple(...questions.map(({input}) => valueFor(input))).map(values => {
      const settings: Record<string, Record<string, string>> = {platform: {domain}};
      values.forEach((value, index) => {
        const question = questions[index];
        if (question && value !== undefined) settings[question.id] = {...settings[question.id], [question.input.id]: value};
      });
      return answered({...base, settings});
    });
  });
};

/** A choice that the domain or the environment does not allow, and two of one name or port, are refused as they should be. */
const alsoGood = [/ is not possible here: it needs another domain or environment\.$/, / is also .*\.$/];

test('thousands of selections by chance hold together too', () => {
  let accepted = 0;
  fc.assert(
    fc.property(anyAnswers(), answers => {
      const wrong = faults(answers).filter(fault => !alsoGood.some(reason => reason.test(fault)));
      accepted += 'refused' in attempt(answers) ? 0 : 1;
      expect(wrong).toEqual([]);
    }),
    {numRuns: 2000},
  );
  expect(accepted).toBeGreaterThan(500);
}, 600_000);

const writeAll = async ({files}: Rendered, workspace: string) => {
  for (const {path, content} of files) {
    await mkdir(dirname(join(workspace, path)), {recursive: true});
    await writeFile(join(workspace, path), content);
  }
};

const loads = async (run: Compose, answers: Answers, name: string): Promise<readonly string[]> => {
  const outcome = attempt(answers);
  if ('refused' in outcome) return [];
  const workspace = join(folder, name);
  await writeAll(outcome.rendered, workspace);
  const overlays = outcome.rendered.files.map(({path}) => path).filter(path => /^\d\d-.*\.yml$/.test(path));
  const ways = [['config', '--quiet'], ...overlays.map(overlay => ['--file', overlay, 'config', '--quiet'])];
  const results = await Promise.all(
    ways.map(way =>
      run(way, workspace).then(
        ({stderr}) => stderr,
        (error: unknown) => String(error),
      ),
    ),
  );
  return results.flatMap((said, index) => (said === '' ? [] : [`${ways[index]?.join(' ')}: ${said}`]));
};

test('docker compose accepts what is written: all tiers and some selections by chance, each overlay alone and all together', async context => {
  if ('reason' in compose) return context.skip(compose.reason);
  const tiers = catalog.platform.tiers.map(({id}) => answered(defaultAnswers(catalog, id)));
  const chance = fc.sample(anyAnswers(), {numRuns: 12, seed: 20});
  for (const [index, answers] of [...tiers, ...chance].entries()) {
    expect(await loads(compose, answers, `selection-${index}`), JSON.stringify(answers)).toEqual([]);
  }
}, 300_000);

test('the services of a tier fit into the memory that it asks for', () => {
  for (const {id, memory, hosts} of catalog.platform.tiers) {
    const outcome = attempt(answered(defaultAnswers(catalog, id)));
    if ('refused' in outcome) throw new Error(outcome.refused.join('\n'));
    const services = readServices(mergeRendered(outcome.rendered, outcome.values), '');
    const limits = services.filter(({isJob}) => !isJob).map(({memoryLimit = Number.NaN, replicas}) => memoryLimit * replicas);
    expect(
      limits.reduce((sum, limit) => sum + limit, 0),
      id,
    ).toBeLessThanOrEqual(memory * hosts);
  }
});

test('readers of YAML 1.1 and of YAML 1.2 understand the same', () => {
  for (const {id} of catalog.platform.tiers) {
    const outcome = attempt(answered(defaultAnswers(catalog, id)));
    if ('refused' in outcome) throw new Error(outcome.refused.join('\n'));
    for (const {path, content} of outcome.rendered.files.filter(({path}) => path.endsWith('.yml'))) {
      expect(parse(content, {version: '1.1'}), path).toEqual(parse(content, {version: '1.2'}));
    }
  }
});

test('what is planned without compose is what compose makes of the files', async context => {
  if ('reason' in compose) return context.skip(compose.reason);
  for (const {id} of catalog.platform.tiers) {
    const outcome = attempt(answered(defaultAnswers(catalog, id)));
    if ('refused' in outcome) throw new Error(outcome.refused.join('\n'));
    const workspace = join(folder, `model-${id}`);
    await writeAll(outcome.rendered, workspace);
    const {stdout} = await compose(['config', '--format', 'json'], workspace);
    const byName = (services: readonly ServiceModel[]) =>
      [...services]
        .sort((a, b) => a.name.localeCompare(b.name))
        .map(({dependsOn, ports, ...service}) => ({
          ...service,
          dependsOn: [...dependsOn].sort((a, b) => a.service.localeCompare(b.service)),
          ports: ports.map(({port, protocol}) => `${port}/${protocol}`),
        }));
    expect(byName(readServices(mergeRendered(outcome.rendered, outcome.values), 'x'))).toEqual(
      byName(readServices(JSON.parse(stdout), 'x')),
    );
  }
}, 120_000);

test('a network is declared alike in every overlay that uses it', () => {
  const outcome = attempt(answered(defaultAnswers(catalog, catalog.platform.tiers.at(-1)?.id)));
  if ('refused' in outcome) throw new Error(outcome.refused.join('\n'));
  const declared = overlaysOf(outcome.rendered).flatMap(({model}) => Object.entries(model.networks ?? {}));
  const shapes = new Map<string, Set<string>>();
  for (const [name, network] of declared) shapes.set(name, (shapes.get(name) ?? new Set()).add(JSON.stringify(tree(network))));
  expect([...shapes].filter(([, forms]) => forms.size > 1).map(([name]) => name)).toEqual([]);
  expect(texts([...shapes.keys()])).toContain('proxy');
});
