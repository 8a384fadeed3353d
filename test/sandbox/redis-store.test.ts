import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {type Sandbox, sandboxSupport, startSandbox} from './sandbox.ts';
import {docker, imageOf} from './test-helpers.ts';

vi.setConfig({testTimeout: 90_000, hookTimeout: 300_000});
const support = await sandboxSupport();

describe.runIf(support.ok)('the images of Redis and of the object store', () => {
  let sandbox: Sandbox;
  let redis: string;
  let silo: string;
  const password = 'not-a-real-secret';

  beforeAll(async () => {
    sandbox = await startSandbox();
    redis = imageOf(sandbox, 'library/redis');
    silo = imageOf(sandbox, 'pgsty/silo');
    await docker(sandbox, 'network', 'create', 'shared');
    const credentials = ['--env', 'MINIO_ROOT_USER=admin', '--env', `MINIO_ROOT_PASSWORD=${password}`];
    await docker(
      sandbox,
      'run',
      '--detach',
      '--network',
      'shared',
      '--name',
      'store',
      ...credentials,
      silo,
      'server',
      '/data',
      '--console-address',
      ':9001',
    );
    await vi.waitFor(() => docker(sandbox, 'exec', 'store', 'silo', 'healthcheck', 'ready'), 30_000);
  });
  afterAll(() => sandbox.stop());

  /** Runs mc as an application's job would: with the address and the credentials in its environment. */
  const mc = (args: readonly string[], {secret = password, host = 'store', input = ''} = {}) => {
    const address = `MC_HOST_files=http://admin:${secret}@${host}:9000`;
    const options = ['--rm', '--interactive', '--network', 'shared', '--env', address, '--entrypoint', 'mc'];
    return sandbox.exec(['docker', 'run', ...options, silo, ...args], {input});
  };

  it('redis: started as root it hands its folder over and steps down', async () => {
    await docker(sandbox, 'run', '--detach', '--name', 'cache', '--volume', 'kept:/data', redis);
    await vi.waitFor(async () => expect(await docker(sandbox, 'exec', 'cache', 'redis-cli', 'ping')).toBe('PONG'), 30_000);
    expect(await docker(sandbox, 'exec', 'cache', 'stat', '-c', '%u', '/data', '/proc/1')).toBe('999\n999');
    expect(await docker(sandbox, 'run', '--rm', redis, '--version')).toMatch(/Redis server v=8\./);
  });

  it('silo: refuses to start with half of its credentials, and without a drive that it can write to', async () => {
    const half = await sandbox.exec(['docker', 'run', '--rm', '--env', 'MINIO_ROOT_USER=admin', silo, 'server', '/data']);
    expect(half).toMatchObject({code: 1, stderr: expect.stringContaining('have to be given together')});
    expect(half.stdout).toMatch(/^sandbox stand-in for silo/);
    const other = await sandbox.exec(['docker', 'run', '--rm', '--user', '1000:1000', silo, 'server', '/data']);
    expect(other).toMatchObject({code: 1, stderr: expect.stringContaining('uid 1000 cannot write to the drive /data')});
  });

  it('mc: does what the server lets root do, and says what it does not know', async () => {
    expect(await mc(['ready', 'files'])).toMatchObject({code: 0});
    expect(await mc(['mb', '--ignore-existing', 'files/shop'])).toMatchObject({code: 0});
    expect(await mc(['admin', 'user', 'add', 'files', 'shop', 'secret-of-shop'])).toMatchObject({code: 0});
    expect(await mc(['admin', 'user', 'add', 'files'], {input: 'shop\nsecret-of-shop\n'})).toMatchObject({code: 0});
    expect(await mc(['admin', 'user', 'add', 'files'], {input: 'shop\n'})).toMatchObject({code: 1});
    expect(await mc(['admin', 'policy', 'create', 'files', 'shop', '/etc/passwd'])).toMatchObject({code: 1});
    expect(await mc(['admin', 'policy', 'attach', 'files', 'readwrite', '--user', 'shop'])).toMatchObject({code: 0});
    expect(await mc(['alias', 'set', 'other', 'http://store:9000'], {input: `admin\n${password}\n`})).toMatchObject({code: 0});
    expect(await mc(['frobnicate'])).toMatchObject({code: 1, stderr: expect.stringContaining('not known here: mc frobnicate')});
  });

  it('mc: fails with another password, and where no server is', async () => {
    for (const words of [
      ['mb', 'files/shop'],
      ['admin', 'user', 'add', 'files', 'shop', 'secret-of-shop'],
      ['admin', 'info', 'files'],
    ]) {
      expect(await mc(words, {secret: 'something-else'}), words.join(' ')).toMatchObject({code: 1});
      expect(await mc(words, {host: 'nowhere'}), words.join(' ')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('Unable to connect'),
      });
    }
  });
});
