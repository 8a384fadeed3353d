/** What Jenkins, the sign-in for applications, and applications themselves are set up with. */
import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import type {Catalog} from '../../source/catalog/catalog.ts';
import {filesOfSecret} from '../../source/catalog/secret-names.ts';
import type {Answers} from '../../source/plan/answers.ts';
import {render} from '../../source/plan/render.ts';
import {defaultAnswers, select} from '../../source/plan/select.ts';
import {noTools, unpackTool} from '../sandbox/tools.ts';
import {array, type ComposeFile, type Service, texts, tree} from './rule.ts';
import {readAsset, theCatalog} from './support.ts';

const run = promisify(execFile);
const domain = {platform: {domain: 'infra.localhost'}};

let catalog: Catalog;
let folder: string;
beforeAll(async () => {
  catalog = await theCatalog();
  folder = await mkdtemp(join(tmpdir(), 'applications-'));
});
afterAll(() => rm(folder, {recursive: true, force: true}));

const platformOf = (picks: readonly string[], settings: Answers['settings'] = {}) => {
  const variant = (id: string) => catalog.components.get(id.split('.')[0] ?? '')?.variants[0]?.id ?? '';
  const components = Object.fromEntries(picks.map(id => [id, variant(id)]));
  const result = select(catalog, {...defaultAnswers(catalog), components, settings: {...domain, ...settings}});
  if (!result.ok) throw new Error(result.problems.map(({where, what}) => `${where}: ${what}`).join('\n'));
  const rendered = render(catalog, result.value);
  const services: Readonly<Record<string, Service>> = Object.assign(
    {},
    ...rendered.files.filter(({path}) => /^\d\d-.*\.yml$/.test(path)).map(({content}) => (parse(content) as ComposeFile).services ?? {}),
  );
  const file = (path: string) => rendered.files.find(candidate => candidate.path === path)?.content;
  return {...rendered, services, file};
};

const application = (settings: Readonly<Record<string, string>> = {}) =>
  platformOf(['webapp.shop'], {'webapp.shop': {image: 'registry.example/shop:1.0', ...settings}});

describe('a client that Keycloak is given', () => {
  /** Of everything that signs people in: each has a client, and a secret of the name that the setup job looks for. */
  const clients = () => {
    const signsIn = [...catalog.components.values()].filter(({files}) => files.some(({into}) => into === 'keycloak'));
    // What can not be picked alone comes with the first of those that it works with.
    const company = signsIn.flatMap(({requiresOneOf}) => requiresOneOf.slice(0, 1));
    const platform = platformOf(['keycloak', ...signsIn.map(({id}) => id), ...company]);
    return {platform, ids: signsIn.map(({id}) => id)};
  };

  test('is made of everything that signs people in, with its secret at hand', () => {
    const {platform, ids} = clients();
    expect(ids).toEqual(expect.arrayContaining(['jenkins', 'oauth2-proxy']));
    for (const id of ids) {
      expect(platform.file(`config/keycloak/clients/${id}.json`), id).toContain('"secret": "__SECRET__"');
      const secret = `${id.replaceAll('-', '_')}_oidc_secret`;
      expect(platform.secrets.flatMap(filesOfSecret)).toContain(secret);
      expect(texts(platform.services['keycloak-setup']?.secrets)).toContain(secret);
      expect(texts(platform.services[id]?.secrets)).toContain(secret);
    }
  });

  test('leads back to one address, keeps a secret, and has no way in but the code flow with PKCE', () => {
    const {platform, ids} = clients();
    for (const id of ids) {
      const client = JSON.parse(platform.file(`config/keycloak/clients/${id}.json`) ?? '');
      expect(client, id).toMatchObject({
        clientId: id,
        publicClient: false,
        standardFlowEnabled: true,
        implicitFlowEnabled: false,
        directAccessGrantsEnabled: false,
        serviceAccountsEnabled: false,
        webOrigins: [],
        redirectUris: [expect.stringMatching(/^https:\/\/[a-z0-9.-]+\.infra\.localhost\/[A-Za-z0-9/_]+$/)],
      });
      expect(client.attributes['pkce.code.challenge.method'], id).toBe('S256');
    }
  });

  test('is not there without Keycloak', () => {
    const {files, secrets, services} = platformOf(['jenkins']);
    expect(files.map(({path}) => path).filter(path => path.startsWith('config/keycloak/'))).toEqual([]);
    expect(secrets.map(({id}) => id)).not.toContain('jenkins_oidc_secret');
    expect(texts(services.jenkins?.secrets)).toEqual(['jenkins_admin_password', 'platform_ca.crt']);
  });
});

describe.each([
  {way: 'with Keycloak', picks: ['jenkins', 'keycloak'], realm: 'oic'},
  {way: 'alone', picks: ['jenkins'], realm: 'local'},
])('Jenkins $way', ({picks, realm}) => {
  const configuration = () => {
    const platform = platformOf(picks);
    const written = ['jenkins', 'sign-in'].map(name => platform.file(`config/jenkins/casc/${name}.yaml`) ?? '');
    return {platform, written, files: written.map(text => parse(text) as Readonly<Record<string, unknown>>)};
  };

  test('lets nobody in but by its realm, and somebody by a password of its own', () => {
    const {files} = configuration();
    const jenkins = tree(files[1]?.jenkins);
    expect(Object.keys(tree(jenkins.securityRealm))).toEqual([realm]);
    expect(JSON.stringify(jenkins.securityRealm)).toContain(`\${jenkins_admin_password}`);
    const entries = array(tree(tree(jenkins.authorizationStrategy).globalMatrix).entries);
    const granted = entries.flatMap(entry => Object.values(tree(entry)).map(who => [tree(who).name, texts(tree(who).permissions)]));
    expect(granted[0]).toEqual(['admin', ['Overall/Administer']]);
    expect(granted.map(([name]) => name)).not.toContain('anonymous');
    expect(granted.slice(1).flatMap(([, permissions]) => permissions)).not.toContain('Overall/Administer');
  });

  test('finds every secret that its configuration names, and says nothing twice', () => {
    const {platform, written, files} = configuration();
    const named = [...written.join('\n').matchAll(/\$\{([a-z_]+)\}/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(texts(platform.services.jenkins?.secrets)).toContain(name);
    const keys = files.flatMap(file =>
      Object.entries(file).flatMap(([root, value]) => Object.keys(tree(value)).map(key => `${root}.${key}`)),
    );
    expect(keys).toEqual([...new Set(keys)]);
  });

  test('builds nothing on the controller, and has no door for agents but the one for browsers', () => {
    const {files, platform} = configuration();
    expect(files[0]).toMatchObject({
      jenkins: {numExecutors: 0, slaveAgentPort: -1},
      unclassified: {location: {url: 'https://jenkins.infra.localhost/'}},
    });
    expect(platform.services.jenkins).not.toHaveProperty('ports');
    expect(tree(platform.services.jenkins?.labels)['traefik.http.routers.jenkins.rule']).toContain(`!PathPrefix(\`/prometheus\`)`);
  });
});

test('every plugin has a version', async () => {
  const lines = (await readAsset('jenkins/plugins.txt')).split('\n').filter(line => line !== '' && !line.startsWith('#'));
  expect(lines.filter(line => !/^[a-z0-9-]+:\d[A-Za-z0-9._-]*$/.test(line))).toEqual([]);
  expect(lines.map(line => line.split(':')[0])).toEqual(
    expect.arrayContaining(['configuration-as-code', 'oic-auth', 'matrix-auth', 'prometheus']),
  );
});

describe('an application', () => {
  test('is given no privilege but what stepping down from root takes', () => {
    const {services} = application();
    expect(services['webapp-shop']).toMatchObject({
      image: expect.stringContaining('WEBAPP_SHOP_IMAGE'),
      cap_drop: ['ALL'],
      cap_add: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'NET_BIND_SERVICE', 'SETGID', 'SETUID'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  test('joins a network, gets a secret and a job only for what it was given', () => {
    const plain = application();
    expect(Object.keys(plain.services).filter(name => name.startsWith('webapp'))).toEqual(['webapp-shop']);
    expect(plain.services['webapp-shop']).toMatchObject({networks: ['proxy']});
    expect(plain.services['webapp-shop']).not.toHaveProperty('secrets');
    const rich = application({database: 'postgres', cache: 'redis', storage: 'object-store', sign_in: 'yes'});
    const own = Object.keys(rich.services).filter(name => name.startsWith('webapp'));
    expect(own.sort()).toEqual(['webapp-shop', 'webapp-shop-database', 'webapp-shop-storage']);
    expect(rich.services['webapp-shop']).toMatchObject({
      networks: ['proxy', 'dbnet', 'cachenet', 'stornet'],
      secrets: ['webapp_shop_db_password', 'redis_password', 'webapp_shop_s3_secret_key'],
      environment: {DATABASE_NAME: 'webapp_shop_db', S3_BUCKET: 'webapp-shop', REDIS_HOST: 'redis'},
    });
    expect(rich.services).toHaveProperty('oauth2-proxy');
    expect(rich.services).toHaveProperty('keycloak');
  });

  test.each(['postgres', 'mariadb'])("never learns the password of %s's administrator", database => {
    const {services, secrets} = application({database});
    const administrator = texts(services['webapp-shop-database']?.secrets).filter(name => name !== 'webapp_shop_db_password');
    expect(administrator).toHaveLength(1);
    expect(secrets.map(({id}) => id)).toContain(administrator[0]);
    expect(texts(services['webapp-shop']?.secrets)).toEqual(['webapp_shop_db_password']);
  });
});

describe.each(['jenkins', 'oauth2-proxy'])('what Prometheus is told of %s', id => {
  test('passes promtool', async context => {
    const reason = await noTools();
    if (reason !== undefined) return context.skip(reason);
    const {path, env} = await unpackTool('prometheus', []);
    const promtool = path.replace(/prometheus$/, 'promtool');
    await writeFile(join(folder, `${id}-alerts.yaml`), await readAsset(`${id}/alerts.yaml`));
    await writeFile(join(folder, `${id}.yaml`), `${await readAsset(`${id}/scrape.yaml`)}rule_files: [${id}-alerts.yaml]\n`);
    const {stdout} = await run(promtool, ['check', 'config', join(folder, `${id}.yaml`)], {env});
    expect(stdout).toMatch(/SUCCESS: [1-9]\d* rules found/);
  });

  test('is told under its own name', async () => {
    const [job] = parse(await readAsset(`${id}/scrape.yaml`)).scrape_configs;
    expect(job).toMatchObject({job_name: id, static_configs: [{labels: {component: id}}]});
    const rules = parse(await readAsset(`${id}/alerts.yaml`)).groups.flatMap((group: {rules: readonly unknown[]}) => group.rules);
    expect(rules[0]).toMatchObject({expr: `up{job="${id}"} == 0`});
    expect(JSON.parse(await readAsset(`${id}/dashboard.json`))).toMatchObject({uid: id, schemaVersion: 39});
  });
});
