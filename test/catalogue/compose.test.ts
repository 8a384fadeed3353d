import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Catalog} from '../../source/catalog/catalog.ts';
import type {Rendered} from '../../source/plan/rendered.ts';
import {type Compose, findCompose} from './compose.ts';
import type {ComposeFile, Service} from './rule.ts';
import {renderStack, root, stacks, theCatalog} from './support.ts';

let compose: Awaited<ReturnType<typeof findCompose>>;
let catalog: Catalog;
let folder: string;

beforeAll(async () => {
  compose = await findCompose();
  catalog = await theCatalog();
  folder = await mkdtemp(join(tmpdir(), 'catalogue-'));
}, 300_000);
afterAll(() => rm(folder, {recursive: true, force: true}));

const config = async (run: Compose, files: readonly string[], cwd: string): Promise<ComposeFile> => {
  const {stdout} = await run(['-p', 'test', ...files.flatMap(file => ['-f', file]), 'config', '--format', 'json'], cwd);
  return JSON.parse(stdout);
};

/** Variants load alone; what is merged into them loads with them, and wiring with each variant of the other: services may wait for its services. */
const fragmentsToLoad = (): readonly (readonly string[])[] =>
  [...catalog.components.values()].flatMap(component => {
    const path = (name: string) => join(root, 'compose', component.id, name);
    return component.variants.flatMap(({id}) => {
      const inputs = component.inputs.filter(({when}) => (when?.variant ?? [id]).includes(id));
      const choices = inputs.flatMap(({choices}) => choices.flatMap(({fragment}) => (fragment ? [path(fragment)] : [])));
      const own = path(`${id}.yaml`);
      const wired = component.wiring
        .filter(({variant = id}) => variant === id)
        .flatMap(({fragment, other}) =>
          (catalog.components.get(other)?.variants ?? []).map(variant => [
            own,
            join(root, fragment.path),
            join(root, variant.fragment.path),
          ]),
        );
      return [[own], ...wired, ...choices.map(added => [own, added])];
    });
  });

const writeAll = async (rendered: Rendered, workspace: string): Promise<readonly string[]> => {
  for (const {path, content} of rendered.files) {
    await mkdir(dirname(join(workspace, path)), {recursive: true});
    await writeFile(join(workspace, path), content);
  }
  return rendered.files.map(({path}) => path).filter(path => /^\d\d-.*\.yml$/.test(path));
};

test('every fragment loads', async context => {
  if ('reason' in compose) return context.skip(compose.reason);
  const run = compose;
  const sets = fragmentsToLoad();
  expect(sets.length).toBeGreaterThanOrEqual(catalog.components.size);
  const results = await Promise.all(
    sets.map(files =>
      config(run, files, root).then(
        () => [],
        (error: unknown) => [`${files.join(' ')}: ${String(error)}`],
      ),
    ),
  );
  expect(results.flat()).toEqual([]);
}, 60_000);

describe.each(Object.entries(stacks))('the workspace with %s', (name, settings) => {
  test('loads as a whole, and each overlay alone', async context => {
    if ('reason' in compose) return context.skip(compose.reason);
    const workspace = join(folder, name.replaceAll(' ', '-'));
    const overlays = await writeAll(renderStack(catalog, settings), workspace);
    const {stderr} = await compose(['config', '--quiet'], workspace);
    expect(stderr).toBe('');
    for (const overlay of overlays) await config(compose, [overlay], workspace);
  }, 60_000);

  test('means to compose what is written: no service lost, every secret and configuration file there is one that is made', async context => {
    if ('reason' in compose) return context.skip(compose.reason);
    const rendered = renderStack(catalog, settings);
    const workspace = join(folder, `${name.replaceAll(' ', '-')}-model`);
    await writeAll(rendered, workspace);
    const {stdout} = await compose(['config', '--format', 'json'], workspace);
    const model = JSON.parse(stdout) as ComposeFile;
    expect(Object.keys(model.services ?? {}).sort()).toEqual(servicesWith(settings));
    const made = rendered.secrets.flatMap(({id, kind}) => (kind === 'random' || kind === 'htpasswd' ? [id] : [`${id}.crt`, `${id}.key`]));
    const mounted = Object.values(model.secrets ?? {}).map(secret => (secret as {file: string}).file.slice(`${workspace}/secrets/`.length));
    expect(mounted.filter(file => !made.includes(file))).toEqual([]);
    const written = rendered.files.map(({path}) => path);
    expect(
      configMounts(model, workspace).filter(source => !written.some(path => path === source || path.startsWith(`${source}/`))),
    ).toEqual([]);
  }, 60_000);
});

const servicesWith = (settings: (typeof stacks)[string]): readonly string[] => [
  'keycloak',
  'keycloak-postgres',
  'keycloak-setup',
  'traefik',
  ...(settings.traefik?.tls === 'acme' ? ['traefik-acme-folder'] : []),
  'traefik-socket-proxy',
];

const configMounts = (model: ComposeFile, workspace: string): readonly string[] =>
  Object.values<Service>(model.services ?? {})
    .flatMap(service => (service.volumes ?? []) as readonly {source: string}[])
    .map(({source}) => source)
    .filter(source => source.startsWith(`${workspace}/`))
    .map(source => source.slice(workspace.length + 1));
