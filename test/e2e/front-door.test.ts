/** The real Traefik in front of stand-ins: what comes in by the published ports, and what does not. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {Finished} from '../helpers/cli.ts';
import {engineSupport, startEngineForTests, type TestEngine} from '../helpers/engine-for-tests.ts';
import {openPlatform, type Platform, platformForTest, summary} from '../helpers/platform.ts';
import {missingPrograms} from '../helpers/real-programs.ts';
import {type Visitor, visitorOf} from '../helpers/visitor.ts';

const support = await engineSupport();
const missing = missingPrograms(support, 'REAL_TRAEFIK');
const title = `the front door${missing === undefined ? '' : ` (not run: ${missing})`}`;

const application = (name: string, ...more: readonly string[]) => [
  ...['--with', `webapp.${name}`],
  ...['image=sandbox/webapp:1', 'path=/health', ...more].flatMap(setting => ['--set', `webapp.${name}.${setting}`]),
];
const selection = [...application('shop', 'replicas=2'), ...application('blog', 'sign_in=yes')];

/** What Traefik says at every start, whatever it is told. */
const always = /Traefik can reject some encoded characters/;
/** A Traefik that was built without its pages. */
const withoutPages = /Error appending dashboard to API router/;

describe.runIf(missing === undefined)(title, () => {
  let engine: TestEngine;
  let platform: Platform;
  let visitor: Visitor;
  let first: Finished;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
    visitor = await visitorOf(platform);
    first = await platform.run('up', '--yes', ...selection);
  });
  beforeEach(({onTestFailed}) => onTestFailed(() => platform.report()));
  afterAll(async () => {
    await visitor?.leave();
    await platform?.remove();
    await engine?.stop();
  });

  const statusOf = async (url: string, ...more: readonly string[]) => (await visitor.ask(url, ...more)).status;
  const password = async () => `admin:${await readFile(join(platform.workspace, 'secrets/traefik_dashboard_password'), 'utf8')}`.trim();
  const overview = async () => {
    const {body} = await visitor.ask('https://traefik.infra.localhost/api/overview', '-u', await password());
    return JSON.parse(body).http;
  };
  const logOf = async (of: Platform) => {
    const {stdout} = await of.docker('compose', 'logs', '--no-log-prefix', 'traefik');
    return stdout.split('\n').filter(line => line.startsWith('{')) as readonly string[];
  };
  const complaints = async (of: Platform) =>
    (await logOf(of)).filter(line => /"level":"(warn|error)"/.test(line) && !always.test(line) && !withoutPages.test(line));

  test('opens, knows every router, and has nothing to complain of', async () => {
    expect(first.code, first.stderr).toBe(0);
    await expect.poll(async () => (await overview()).routers, {timeout: 30_000}).toEqual({total: 9, warnings: 0, errors: 0});
    expect(await overview()).toMatchObject({services: {warnings: 0, errors: 0}, middlewares: {warnings: 0, errors: 0}});
    expect(await complaints(platform)).toEqual([]);
  });

  test.each([
    ['https://auth.infra.localhost/realms/platform/account/', 200],
    ['https://auth.infra.localhost/admin/', 200],
    ['https://auth.infra.localhost/metrics', 404],
    ['https://auth.infra.localhost/health/ready', 404],
    ['https://shop.infra.localhost/', 200],
    ['https://blog.infra.localhost/', 302],
    ['https://sso.infra.localhost/oauth2/sign_in', 302],
    ['https://sso.infra.localhost/', 404],
    ['https://traefik.infra.localhost/dashboard/', 401],
    ['https://traefik.infra.localhost/api/rawdata', 401],
    ['https://unknown.infra.localhost/', 404],
    ['https://infra.localhost/', 404],
  ])('%s is answered with %i, in a certificate of the own authority', async (url, status) => {
    expect(await statusOf(url)).toBe(status);
  });

  test('requests without encryption are sent to the same place with it, and TLS before 1.2 is refused', async () => {
    const {status, headers} = await visitor.ask('http://shop.infra.localhost/a?b=c');
    expect([status, headers.location]).toEqual([302, 'https://shop.infra.localhost/a?b=c']);
    await expect(visitor.ask('https://shop.infra.localhost/', '--tls-max', '1.1', '--ciphers', 'DEFAULT@SECLEVEL=0')).rejects.toThrow(
      /protocol version/,
    );
  });

  test('the dashboard opens with its password, and with no other', async () => {
    const url = 'https://traefik.infra.localhost/api/version';
    expect([await statusOf(url, '-u', await password()), await statusOf(url, '-u', 'admin:another')]).toEqual([200, 401]);
  });

  test('nobody can say that they come from elsewhere, or have signed in', async () => {
    const claims = ['X-Forwarded-For: 1.1.1.1', 'X_Forwarded_For: 1.1.1.1', 'X-Forwarded-Proto: http', 'X-Real-Ip: 1.1.1.1'];
    const {body} = await visitor.ask('https://shop.infra.localhost/headers', ...claims.flatMap(claim => ['-H', claim]));
    expect(body).toMatch(/^x-forwarded-proto: https$/m);
    expect(body).toMatch(/^x-forwarded-for: 172\.30\.0\.1$/m);
    expect(body).not.toMatch(/1\.1\.1\.1/);
  });

  test('what is secret in an address or a cookie is not in the log', async () => {
    await visitor.ask('https://shop.infra.localhost/x?code=not-to-be-seen', '-H', 'Cookie: session=not-to-be-seen');
    await visitor.ask('http://shop.infra.localhost/x?code=not-to-be-seen');
    await expect.poll(async () => (await logOf(platform)).filter(line => line.includes('"RequestPath":"/x"')).length).toBe(1);
    expect((await logOf(platform)).filter(line => line.includes('not-to-be-seen'))).toEqual([]);
  });

  test('a container that dies gets no more requests, and the one that takes its place does', async () => {
    const [one, other] = (await platform.containers()).filter(({service}) => service === 'webapp-shop').map(({id}) => id);
    const answering = async () => {
      const answers = [];
      for (let count = 0; count < 6; count++) answers.push((await visitor.ask('https://shop.infra.localhost/')).body.trim());
      return [...new Set(answers)].sort();
    };
    const short = (...ids: readonly (string | undefined)[]) => ids.map(id => id?.slice(0, 12)).sort();
    expect(await answering()).toEqual(short(one, other));
    await platform.docker('stop', '--time', '0', one ?? '');
    await expect.poll(answering, {timeout: 30_000}).toEqual(short(other));
    await platform.docker('start', one ?? '');
    await expect.poll(answering, {timeout: 30_000}).toEqual(short(one, other));
  });

  test('Traefik may read what it needs from the engine and nothing else; others may not ask', async () => {
    const from = async (service: string, path: string, ...more: readonly string[]) => {
      const url = `http://traefik-socket-proxy:2375${path}`;
      const {stderr} = await platform.docker(
        'compose',
        'exec',
        '-T',
        service,
        'wget',
        '-S',
        '-q',
        '-T',
        '5',
        '-O',
        '/dev/null',
        ...more,
        url,
      );
      return /HTTP\/1\.\d (\d+)/.exec(stderr)?.[1] ?? stderr.trim();
    };
    expect(await from('traefik', '/v1.44/containers/json')).toBe('200');
    for (const path of ['/v1.44/images/json', '/v1.44/info', '/v1.44/secrets', '/v1.44/containers/0a/logs'])
      expect(await from('traefik', path), path).toBe('403');
    expect(await from('traefik', '/v1.44/containers/create', '--post-data', '{}')).toBe('405');
    expect(await from('webapp-shop', '/v1.44/containers/json')).toMatch(/bad address/);
  });

  test('two environments on one engine each send to their own services', async context => {
    const second = await platformForTest(engine, context);
    const ports = ['traefik.http_port=8080', 'traefik.https_port=8443', 'traefik.url_port=with', 'platform.proxy_subnet=10.77.0.0/24'];
    const settings = ports.flatMap(setting => ['--set', setting]);
    const where = ['--environment', 'staging', '--domain', 'two.localhost', '--without', 'keycloak'];
    const up = await second.run('up', '--yes', ...where, ...settings, ...application('shop'));
    expect(up.code, up.stderr).toBe(0);
    const guest = await visitorOf(second);
    const ask = (url: string) => guest.ask(url).then(({status}) => status);
    await expect.poll(() => ask('https://shop.two.localhost:8443/'), {timeout: 30_000}).toBe(200);
    expect(await ask('https://shop.infra.localhost:8443/').catch(cause => String(cause))).toMatch(/certificate/);
    expect((await guest.ask('http://shop.two.localhost:8080/a')).headers.location).toBe('https://shop.two.localhost:8443/a');
    expect(await statusOf('https://shop.infra.localhost/')).toBe(200);
    expect(await complaints(second)).toEqual([]);
    await guest.leave();
    expect((await second.run('down', '--yes', '--volumes')).code).toBe(0);
  });

  test('without encryption everything is on the plain port', async () => {
    const up = await platform.run('up', '--yes', ...selection, '--set', 'traefik.tls=off');
    expect(up.code, up.stderr).toBe(0);
    await expect.poll(() => statusOf('http://shop.infra.localhost/'), {timeout: 30_000}).toBe(200);
    expect(await statusOf('http://traefik.infra.localhost/dashboard/')).toBe(401);
    expect((await visitor.ask('http://blog.infra.localhost/')).headers.location).toMatch(
      /^http:\/\/auth\.infra\.localhost\/realms\/platform\//,
    );
    await expect(visitor.ask('https://shop.infra.localhost/')).rejects.toThrow(/refused|connect/);
    expect(await complaints(platform)).toEqual([]);
  });

  test("with Let's Encrypt out of reach it starts all the same, and sends browsers to the encrypted port for good", async () => {
    const public_ = ['--domain', 'example.com', '--set', 'traefik.tls=acme', '--set', 'traefik.acme_email=ops@example.com'];
    const up = await platform.run('up', '--yes', ...selection, ...public_);
    expect(up.code, up.stderr).toBe(0);
    expect(summary(await platform.containers())).toMatchObject({traefik: 'running healthy', 'traefik-acme-folder': 'exited 0'});
    const {status, headers} = await visitor.ask('http://shop.example.com/a');
    expect([status, headers.location]).toEqual([301, 'https://shop.example.com/a']);
    await expect.poll(() => statusOf('https://shop.example.com/', '--insecure'), {timeout: 30_000}).toBe(200);
    expect((await visitor.ask('https://shop.example.com/', '--insecure')).headers['strict-transport-security']).toBe('max-age=15552000');
    const others = (await complaints(platform)).filter(line => !/acme/i.test(line));
    expect(others).toEqual([]);
  });
});
