import {execFile} from 'node:child_process';
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {beforeAll, describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import type {Catalog} from '../../source/catalog/catalog.ts';
import {noTools, unpackTool} from '../sandbox/tools.ts';
import {readAsset, renderStack, root, stacks, theCatalog} from './support.ts';

const run = promisify(execFile);

let catalog: Catalog;
beforeAll(async () => {
  catalog = await theCatalog();
});

const fileOf = (settings: (typeof stacks)[string], path: string): string => {
  const content = renderStack(catalog, settings).files.find(file => file.path === path)?.content;
  if (content === undefined) throw new Error(`${path} is not written`);
  return content;
};

const scripts = async (): Promise<readonly string[]> =>
  (await readdir(join(root, 'assets'), {recursive: true})).filter(name => name.endsWith('.sh')).map(name => join(root, 'assets', name));

test('shell scripts are well-formed', async () => {
  const found = await scripts();
  expect(found.length).toBeGreaterThan(0);
  for (const script of found) await run('bash', ['-n', script]);
});

test('shell scripts pass shellcheck', async context => {
  const reason = await noTools();
  if (reason !== undefined) return context.skip(reason);
  const {path, env} = await unpackTool('shellcheck', ['libffi8', 'libgmp10']);
  await run(path, [...(await scripts())], {env});
});

test('scripts look whether a secret can be read before they read it', async () => {
  // Bash 5.2 with errexit ends at `if ! value=$(<file)` when the file can not be opened, and what is said after it is never said.
  for (const script of await scripts()) {
    const lines = (await readFile(script, 'utf8')).split('\n').filter(line => /if .*! \w+=\$\(</.test(line));
    expect(
      lines.filter(line => !/if \[\[ ! -r \S+ \]\] \|\| !/.test(line)),
      script,
    ).toEqual([]);
  }
});

describe.each(Object.entries(stacks))('configuration with %s', (_, settings) => {
  test('leaves no variable unfilled', () => {
    const left = renderStack(catalog, settings)
      .files.filter(({path}) => /\.(ya?ml|json)$/.test(path) && path.startsWith('config/'))
      .flatMap(({path, content}) => (content.match(/\$\{[A-Z_]+\}/g) ?? []).map(name => `${path}: ${name}`));
    expect(left).toEqual([]);
  });

  test('is YAML and JSON that parses', () => {
    for (const {path, content} of renderStack(catalog, settings).files) {
      if (path.endsWith('.json')) expect(JSON.parse(content)).toEqual(expect.any(Object));
      else if (/^config\/.*\.yaml$/.test(path)) expect(parse(content) ?? {}).toEqual(expect.any(Object));
    }
  });

  test('has a Traefik that never shows its dashboard unasked, and finds all middlewares that it names', () => {
    const start = parse(fileOf(settings, 'config/traefik/traefik.yaml'));
    expect(start.api).toEqual({dashboard: true, insecure: false, disableDashboardAd: true});
    const dynamic = renderStack(catalog, settings)
      .files.filter(({path}) => path.startsWith('config/traefik/dynamic/'))
      .map(({content}) => parse(content) ?? {});
    const defined = dynamic.flatMap(file => Object.keys(file.http?.middlewares ?? {}));
    const named = [
      ...Object.values<{http?: {middlewares?: string[]}}>(start.entryPoints).flatMap(({http}) => http?.middlewares ?? []),
      ...dynamic.flatMap(file =>
        Object.values<{middlewares?: string[]}>(file.http?.routers ?? {}).flatMap(router => router.middlewares ?? []),
      ),
      ...[
        ...renderStack(catalog, settings)
          .files.map(({content}) => content)
          .join('\n')
          .matchAll(/[a-z-]+@file/g),
      ].map(([name]) => name),
    ].map(name => name.replace(/@file$/, ''));
    expect(named.filter(name => !defined.includes(name))).toEqual([]);
    const dashboard = dynamic.find(file => file.http?.routers?.['traefik-dashboard'])?.http;
    expect(dashboard.routers['traefik-dashboard'].middlewares).toContain('dashboard-users');
    expect(dashboard.middlewares['dashboard-users'].basicAuth.usersFile).toBe('/run/secrets/traefik_dashboard_users');
  });
});

test('the ways to encrypt start Traefik alike in everything that has nothing to do with encryption', async () => {
  const [acme, local, off] = await Promise.all(
    ['acme', 'local', 'off'].map(async name => parse(await readAsset(`traefik/traefik-${name}.yaml`))),
  );
  const {certificatesResolvers, ...ofAcme} = acme;
  expect(Object.keys(certificatesResolvers)).toEqual(['letsencrypt']);
  const withoutEdge = (file: {entryPoints: object}) => ({
    ...file,
    entryPoints: {...file.entryPoints, web: undefined, websecure: undefined},
  });
  expect(withoutEdge(ofAcme)).toEqual(withoutEdge(local));
  expect(withoutEdge(off)).toEqual(withoutEdge(local));
  expect({...acme.entryPoints.websecure, http: undefined}).toEqual({...local.entryPoints.websecure, http: undefined});
  expect(off.entryPoints.web.transport).toEqual(local.entryPoints.websecure.transport);
});

test('a change of the encryption leaves no file behind for Traefik to read, nor is there a port of its own that people would type', async () => {
  const [first, ...others] = ['no encryption', 'own certificate authority', "Let's Encrypt"].map(name =>
    renderStack(catalog, stacks[name] ?? {})
      .files.map(({path}) => path)
      .filter(path => path.startsWith('config/traefik/dynamic/')),
  );
  for (const other of others) expect(other).toEqual(first);
  for (const name of ['acme', 'local', 'off']) {
    const {traefik, metrics} = parse(await readAsset(`traefik/traefik-${name}.yaml`)).entryPoints;
    for (const {address} of [traefik, metrics]) expect(Number(address.split(':')[1])).toBeGreaterThan(61_000);
  }
});

test('without encryption nothing listens for it; with encryption plain requests are only sent away', async () => {
  const off = parse(fileOf(stacks['no encryption'] ?? {}, 'config/traefik/traefik.yaml'));
  expect(Object.keys(off.entryPoints)).toEqual(['web', 'traefik', 'metrics']);
  expect(off.entryPoints.web.http.redirections).toBeUndefined();
  const local = parse(fileOf(stacks['own certificate authority'] ?? {}, 'config/traefik/traefik.yaml'));
  expect(local.entryPoints.web.http.redirections.entryPoint).toEqual({to: 'websecure', scheme: 'https', permanent: false});
  expect([local.entryPoints.web.asDefault, local.entryPoints.websecure.asDefault]).toEqual([undefined, true]);
});

test('an application learns who somebody is from the sign-in alone: what a browser says under such a name is taken away', async () => {
  const {forwardAuth} = parse(await readAsset('oauth2-proxy/sign-in.yaml')).http.middlewares['sign-in'];
  const taken = new RegExp(forwardAuth.authResponseHeadersRegex ?? '(?!)');
  // All that OAuth2 Proxy sets with OAUTH2_PROXY_SET_XAUTHREQUEST and OAUTH2_PROXY_PASS_ACCESS_TOKEN, and applications look for.
  const names = ['User', 'Email', 'Preferred-Username', 'Groups', 'Access-Token'].map(name => `X-Auth-Request-${name}`);
  expect(names.filter(name => !taken.test(name))).toEqual([]);
  expect(forwardAuth.trustForwardHeader).toBe(false);
});

test('ports that people have to type are in every address, and Traefik listens on them inside too', () => {
  const {values} = renderStack(catalog, stacks['other ports'] ?? {});
  expect([values.get('URL_SCHEME'), values.get('URL_PORT'), values.get('WEB_PORT'), values.get('WEBSECURE_PORT')]).toEqual([
    'https',
    ':8443',
    '8080',
    '8443',
  ]);
  expect(parse(fileOf(stacks['other ports'] ?? {}, 'config/traefik/traefik.yaml')).entryPoints.websecure.address).toBe(':8443');
});

test('the realm is the one that was asked for, locks accounts that are guessed at, and keeps the built-in client scopes', () => {
  const settings = {...stacks['own certificate authority'], keycloak: {realm: 'my-team'}};
  const realm = JSON.parse(fileOf(settings, 'config/keycloak/import/realm.json'));
  expect(realm).toMatchObject({
    realm: 'my-team',
    enabled: true,
    sslRequired: 'external',
    registrationAllowed: false,
    bruteForceProtected: true,
    defaultGroups: ['/users'],
  });
  expect(realm.roles.realm.map(({name}: {name: string}) => name)).toEqual(['admin', 'user']);
  // A realm file that names client scopes loses Keycloak's own: no profile, no e-mail, and an account page that refuses everybody.
  expect(realm).not.toHaveProperty('clientScopes');
});
