/** The real Traefik, Keycloak and OAuth2 Proxy: somebody signs in to an application that has no sign-in of its own. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {Finished} from '../helpers/cli.ts';
import {engineSupport, startEngineForTests, type TestEngine} from '../helpers/engine-for-tests.ts';
import {openPlatform, type Platform, summary} from '../helpers/platform.ts';
import {missingPrograms} from '../helpers/real-programs.ts';
import {type Visitor, visitorOf} from '../helpers/visitor.ts';

const support = await engineSupport();
const missing = missingPrograms(support, 'REAL_TRAEFIK', 'REAL_KEYCLOAK', 'REAL_OAUTH2_PROXY');
const title = `signing in${missing === undefined ? '' : ` (not run: ${missing})`}`;

const settings = ['image=sandbox/webapp:1', 'path=/health', 'sign_in=yes'].flatMap(setting => ['--set', `webapp.blog.${setting}`]);
/** Keycloak builds itself and fills its database at the first start. */
const patience = 600_000;

describe.runIf(missing === undefined)(title, () => {
  let engine: TestEngine;
  let platform: Platform;
  let visitor: Visitor;
  let first: Finished;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
    visitor = await visitorOf(platform);
    first = await platform.run('up', '--yes', '--with', 'webapp.blog', ...settings, '--with', 'prometheus');
  }, patience);
  beforeEach(({onTestFailed}) => onTestFailed(() => platform.report()));
  afterAll(async () => {
    await visitor?.leave();
    await platform?.remove();
    await engine?.stop();
  });

  const inKeycloak = (script: string) => platform.docker('compose', 'exec', '-T', 'keycloak', 'bash', '-euc', script);
  const kcadm = '/opt/keycloak/bin/kcadm.sh';
  const page = 'https://blog.infra.localhost/headers?x=1';

  test('everything comes up healthy, and the job makes the client of the sign-in once', async () => {
    expect(first.code, first.stderr).toBe(0);
    expect(summary(await platform.containers())).toMatchObject({keycloak: 'running healthy', 'keycloak-setup': 'exited 0'});
    const again = await platform.docker('compose', 'run', '--rm', '--no-deps', '-T', 'keycloak-setup');
    expect(again.code, again.stderr).toBe(0);
    expect(again.stdout).toMatch(/^setup: done$/m);
    expect(`${again.stdout}${again.stderr}`).not.toMatch(/Created|brought/);
  });

  test('the realm is as its file says, and keeps what Keycloak brings', async () => {
    const {body} = await visitor.ask('https://auth.infra.localhost/realms/platform/.well-known/openid-configuration');
    expect(JSON.parse(body)).toMatchObject({issuer: 'https://auth.infra.localhost/realms/platform'});
    expect(JSON.parse(body).scopes_supported).toEqual(expect.arrayContaining(['openid', 'profile', 'email', 'roles']));
  });

  test('an address of the admin console that is written in another way is still one', async () => {
    for (const path of ['/%61dmin/', '//admin/', '/realms/%2e%2e/admin/', '/realms/x/../../admin/'])
      expect((await visitor.ask(`https://auth.infra.localhost${path}`)).headers.location, path).toMatch(/\/admin\/master\/console\//);
    for (const path of ['/realms/..%2fadmin/', '/realms/..%5cadmin/', '/realms/..;/admin/', '/;/admin/'])
      expect((await visitor.ask(`https://auth.infra.localhost${path}`)).status, path).toBeGreaterThanOrEqual(400);
  });

  test('a browser is sent to sign in, a program that wants JSON is told 401', async () => {
    expect((await visitor.ask(page)).headers.location).toMatch(
      /^https:\/\/auth\.infra\.localhost\/realms\/platform\/protocol\/openid-connect\/auth/,
    );
    expect((await visitor.ask(page, '-H', 'Accept: application/json')).status).toBe(401);
  });

  test(
    'who has an account comes back to the page that was asked for, and the application learns who it is and believes nobody else',
    async () => {
      const made = await inKeycloak(`export KC_CLI_PASSWORD=$(cat /run/secrets/keycloak_admin_password)
        set -- --config /tmp/kcadm.config
        ${kcadm} config credentials --server http://keycloak:8080 --realm master --user admin "$@"
        ${kcadm} create users -r platform -s username=ada -s enabled=true -s email=ada@example.com -s firstName=Ada -s lastName=L "$@"
        ${kcadm} set-password -r platform --username ada --new-password correct-horse-battery "$@"`);
      expect(made.code, made.stderr).toBe(0);
      const {body: form} = await visitor.ask(page, '-L');
      const action = /action="([^"]+)"/.exec(form)?.[1]?.replaceAll('&amp;', '&') ?? '';
      const fields = ['username=ada', 'password=correct-horse-battery'].flatMap(field => ['--data-urlencode', field]);
      const {body: arrived} = await visitor.ask(action, '-L', ...fields, '-w', '%{url_effective}');
      expect(arrived.endsWith(page), arrived).toBe(true);
      const claims = ['User', 'Email', 'Groups', 'Access-Token'].flatMap(name => ['-H', `X-Auth-Request-${name}: eve`]);
      const {status, body} = await visitor.ask(page, ...claims, '-H', 'X_Auth_Request_User: eve');
      expect(status).toBe(200);
      expect(body).toMatch(/^x-auth-request-user: [0-9a-f-]{36}$/m);
      expect(body).toMatch(/^x-auth-request-preferred-username: ada$/m);
      expect(body).toMatch(/^x-auth-request-groups: (?:.*,)?user(?:,.*)?$/m);
      expect(body).not.toMatch(/eve/);
    },
    patience,
  );

  test('what dashboards and alerts ask for is what the programs count', async () => {
    const counted = async (service: string, url: string) => {
      const asked = await platform.docker('compose', 'exec', '-T', 'prometheus', 'wget', '-qO-', url);
      expect(asked.code, `${service}: ${asked.stderr}`).toBe(0);
      return new Set([...asked.stdout.matchAll(/^([a-z]\w*)(?=[{ ])/gm)].map(([name]) => name));
    };
    const asked = async (component: string) => {
      const texts = await Promise.all(['alerts.yaml', 'dashboard.json'].map(name => readFile(join('assets', component, name), 'utf8')));
      return [...new Set(texts.join('\n').match(/\b[a-z]\w*_\w+(?=\{)/g))];
    };
    const traefik = await counted('traefik', 'http://traefik:65082/metrics');
    expect((await asked('traefik')).filter(name => !traefik.has(name))).toEqual([]);
    const keycloak = await counted('keycloak', 'http://keycloak:9000/metrics');
    expect((await asked('keycloak')).filter(name => !keycloak.has(name))).toEqual([]);
    const proxy = await counted('oauth2-proxy', 'http://oauth2-proxy:44180/metrics');
    expect((await asked('oauth2-proxy')).filter(name => !proxy.has(name))).toEqual([]);
  });
});
