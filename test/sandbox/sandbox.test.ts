import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, it, vi} from 'vitest';
import {type Fault, type Sandbox, sandboxSupport, startSandbox} from './sandbox.ts';
import {composeStack, docker, imageOf, pull} from './test-helpers.ts';
import {unixRequest} from './unix-request.ts';

vi.setConfig({testTimeout: 90_000, hookTimeout: 300_000});
const support = await sandboxSupport();

it('says in one line whether this machine can run a sandbox', () => {
  expect(support).toEqual(support.ok ? {ok: true} : {ok: false, reason: expect.stringMatching(/^the sandbox .+[^\n]$/)});
});

describe.runIf(support.ok).each(['overlay2', 'containerd'] as const)('an engine with the %s image store', store => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({store});
  });
  afterEach(async () => {
    await sandbox.registry.clear();
    await sandbox.registry.setRate(undefined);
    await sandbox.reset();
  });
  afterAll(() => sandbox.stop());

  const attempt = (...args: readonly string[]) => sandbox.exec(['docker', 'run', '--rm', '--quiet', ...args]);

  it('is reached by docker and docker compose with its environment', async () => {
    const driver = await docker(sandbox, 'info', '--format', '{{.Driver}} {{json .DriverStatus}}');
    expect(driver.includes('io.containerd.snapshotter.v1')).toBe(store === 'containerd');
    expect(await docker(sandbox, 'compose', 'version', '--short')).toMatch(/^2\./);
  });

  it('pulls every real image and stand-in', async () => {
    for (const repository of ['library/postgres', 'library/traefik', 'wollomatic/socket-proxy', 'quay.io/keycloak/keycloak']) {
      const {status, lines, text} = await pull(sandbox, imageOf(sandbox, repository));
      expect(status, text).toBe(200);
      expect(lines.at(-1)?.status).toMatch(/^Status: Downloaded newer image/);
    }
  });

  // The containerd store speaks of a layer ten times a second: only one that takes longer is sure to be heard of.
  it('tells how far a download is at a limited rate', async () => {
    await sandbox.reset({images: true});
    await sandbox.registry.setRate(20e6);
    const {lines, text} = await pull(sandbox, imageOf(sandbox, 'library/traefik'));
    expect(lines.filter(line => line.status === 'Downloading').length, text).toBeGreaterThan(3);
  });

  it('runs PostgreSQL, Keycloak, Traefik and the socket proxy to health, locked down as the catalogue locks them', async () => {
    const up = await composeStack(sandbox, 'up', '--detach', '--wait', '--quiet-pull');
    expect(up.code, up.stderr).toBe(0);
    const states = await composeStack(sandbox, 'ps', '--format', '{{.Service}} {{.Health}}');
    expect(states.stdout.trim().split('\n').sort()).toEqual(['db healthy', 'keycloak healthy', 'socket-proxy healthy', 'traefik healthy']);

    const query = (password: string, sql: string) => {
      const psql = ['psql', '-h', 'db', '-U', 'keycloak', '-Atc', sql];
      return composeStack(sandbox, 'exec', '-T', '-e', `PGPASSWORD=${password}`, 'db', ...psql);
    };
    expect(await query('not-a-real-secret', 'select name from realm')).toMatchObject({code: 0, stdout: 'infra\n'});
    expect(await query('not-a-real-secret', 'select by from made')).toMatchObject({stdout: '/docker-entrypoint-initdb.d/20-row.sh\n'});
    expect(await query('wrong', 'select 1')).toMatchObject({code: 2, stderr: expect.stringContaining('password authentication failed')});

    const page = await sandbox.exec(['curl', '-sS', '-o', '/dev/null', '-w', '%{http_code} %{redirect_url}', 'http://127.0.0.1/']);
    expect(page.stdout).toBe('301 https://localhost/');

    const broken = join(sandbox.directory, 'broken');
    await mkdir(broken);
    await writeFile(join(broken, 'infra-realm.json'), '{"realm": ');
    const restart = await composeStack(
      sandbox,
      'run',
      '--rm',
      '--no-deps',
      '--volume',
      `${broken}:/opt/keycloak/data/import:ro`,
      'keycloak',
    );
    expect(restart).toMatchObject({code: 1, stderr: expect.stringContaining('infra-realm.json is not a realm in JSON')});
  });

  it('exits: ends with the code it is told', async () => {
    expect(await attempt('sandbox/exits:1')).toMatchObject({code: 3});
    expect(await attempt('--env', 'EXIT_CODE=9', 'sandbox/exits:1')).toMatchObject({code: 9});
  });

  it('hog: is killed at its memory limit', async () => {
    expect(await attempt('--memory', '64m', '--memory-swap', '64m', 'sandbox/hog:1')).toMatchObject({code: 137});
  });

  it('never-healthy: becomes unhealthy', async () => {
    const check = ['--health-cmd', 'healthcheck', '--health-interval', '100ms', '--health-retries', '1'];
    await docker(sandbox, 'run', '--detach', '--name', 'ill', ...check, 'sandbox/never-healthy:1');
    await vi.waitFor(
      async () => expect(await docker(sandbox, 'inspect', '--format', '{{.State.Health.Status}}', 'ill')).toBe('unhealthy'),
      30_000,
    );
  });

  it('postgres: refuses to start without a password', async () => {
    const result = await attempt(imageOf(sandbox, 'library/postgres'));
    expect(result).toMatchObject({code: 1, stderr: expect.stringContaining('superuser password is not specified')});
  });

  it('traefik: refuses to start without its configuration', async () => {
    const result = await attempt(imageOf(sandbox, 'library/traefik'));
    expect(result).toMatchObject({code: 1, stderr: expect.stringContaining('/etc/traefik/traefik.yml cannot be read')});
    expect(result.stdout).toMatch(/^sandbox stand-in for traefik/);
  });

  it('socket-proxy: exits when the socket is not accessible', async () => {
    const result = await attempt('--volume', '/var/run/docker.sock:/var/run/docker.sock:ro', imageOf(sandbox, 'wollomatic/socket-proxy'));
    expect(result).toMatchObject({code: 1, stderr: expect.stringContaining('socket not available')});
  });

  it('keycloak: exits when it cannot log in, and without an administrator', async () => {
    const image = imageOf(sandbox, 'quay.io/keycloak/keycloak');
    const database = [
      '--env',
      'KC_DB_URL=jdbc:postgresql://127.0.0.1/keycloak',
      '--env',
      'KC_DB_USERNAME=me',
      '--env',
      'KC_DB_PASSWORD=secret',
    ];
    expect(await attempt(...database, image, 'start')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('KC_BOOTSTRAP_ADMIN_PASSWORD is empty'),
    });
    const unreachable = await attempt(...database, '--env', 'KC_BOOTSTRAP_ADMIN_PASSWORD=secret', image, 'start');
    expect(unreachable).toMatchObject({code: 1, stderr: expect.stringContaining('could not log in to keycloak on 127.0.0.1:5432 as me')});
  });

  it('refuses an unknown tag, a private repository and too many pulls in the words of real registries', async () => {
    const unknown = await pull(sandbox, 'sandbox/sleeper:no-such-tag');
    expect(unknown).toMatchObject({status: 404, text: expect.stringMatching(/not found/)});
    await sandbox.registry.fail('sandbox/sleeper', {kind: 'credentials', username: 'me', password: 'secret'});
    expect((await pull(sandbox, 'sandbox/sleeper:1')).text).toMatch(/pull access denied/);
    const tooMany: Fault = {kind: 'status', at: 'manifest', status: 429};
    await sandbox.registry.fail('sandbox/sleeper', tooMany);
    expect((await pull(sandbox, 'sandbox/sleeper:1')).text).toMatch(/toomanyrequests|Too Many Requests/);
    expect((await sandbox.registry.requests()).at(-1)).toMatchObject({path: expect.stringContaining('/manifests/1'), status: 429});
  });

  it('lets in who has the credentials', async () => {
    await sandbox.registry.fail('sandbox/exits', {kind: 'credentials', username: 'me', password: 'secret'});
    const login = await sandbox.exec(['docker', 'login', '--username', 'me', '--password-stdin'], {input: 'secret'});
    expect(login).toMatchObject({code: 0, stdout: expect.stringContaining('Login Succeeded')});
    expect(await sandbox.exec(['docker', 'pull', 'sandbox/exits:1'])).toMatchObject({code: 0});
    expect(await sandbox.exec(['docker', 'logout'])).toMatchObject({code: 0});
  });

  it('resumes a download that was cut half-way', async () => {
    await sandbox.reset({images: true});
    await sandbox.registry.fail('wollomatic/socket-proxy', {kind: 'reset', afterBytes: 1_000_000, times: 1});
    const {lines} = await pull(sandbox, imageOf(sandbox, 'wollomatic/socket-proxy'));
    expect(lines.at(-1)?.status).toMatch(/^Status: Downloaded newer image/);
    expect(
      (await sandbox.registry.requests()).some(({path, status}) => path.includes('wollomatic/socket-proxy/blobs') && status === 206),
    ).toBe(true);
  });

  it('goes on with its data after being killed', async () => {
    await docker(sandbox, 'volume', 'create', 'kept');
    await docker(sandbox, 'run', '--detach', '--name', 'survivor', '--restart', 'always', 'sandbox/sleeper:1');
    await sandbox.killEngine();
    await expect(unixRequest(sandbox.socket, 'GET', '/_ping')).rejects.toThrow(/ECONNREFUSED|ENOENT/);
    await sandbox.startEngine();
    expect(await docker(sandbox, 'volume', 'ls', '--quiet')).toBe('kept');
    await vi.waitFor(
      async () => expect(await docker(sandbox, 'inspect', '--format', '{{.State.Status}}', 'survivor')).toBe('running'),
      30_000,
    );
  });

  it('cannot publish a port that is held', async () => {
    const release = await sandbox.holdPort(8099);
    const run = () => sandbox.exec(['docker', 'run', '--detach', '--publish', '8099:80', 'sandbox/sleeper:1']);
    expect(await run()).toMatchObject({code: 125, stderr: expect.stringMatching(/address already in use|port is already allocated/)});
    await release();
    expect(await run()).toMatchObject({code: 0});
  });

  it('is empty after a reset', async () => {
    await docker(sandbox, 'network', 'create', 'extra');
    await docker(sandbox, 'run', '--detach', '--volume', 'extra:/data', '--network', 'extra', 'sandbox/sleeper:1');
    await sandbox.reset({images: true});
    expect(await docker(sandbox, 'ps', '--all', '--quiet')).toBe('');
    expect(await docker(sandbox, 'volume', 'ls', '--quiet')).toBe('');
    expect(await docker(sandbox, 'image', 'ls', '--quiet')).toBe('');
    expect((await docker(sandbox, 'network', 'ls', '--format', '{{.Name}}')).split('\n').sort()).toEqual(['bridge', 'host', 'none']);
  });
});
