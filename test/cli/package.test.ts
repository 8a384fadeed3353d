/** The package as npm publishes it: packed, installed into an empty folder without a network, and run there. */
import {mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {beforeAll, describe, expect, test} from 'vitest';
import {environmentAt, type Finished, startProgram, temporaryFolder} from '../helpers/cli.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Bytes: the program, and the catalogue beside it. */
const largest = {program: 3e6, catalogue: 1e6};

const sizeOf = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const files = entries.filter(entry => entry.isFile());
  const sizes = await Promise.all(files.map(({parentPath, name}) => stat(join(parentPath, name))));
  return sizes.reduce((sum, {size}) => sum + size, 0);
};

describe('the packed package', () => {
  let folder: string;
  let installed: string;

  /** A registry that nobody answers at: everything has to be in the package. */
  const npm = (args: readonly string[], cwd: string): Promise<Finished> =>
    startProgram(['npm', ...args], {
      env: {
        ...environmentAt(folder),
        npm_config_registry: 'http://127.0.0.1:9/',
        npm_config_cache: join(folder, 'cache'),
        npm_config_audit: 'false',
        npm_config_fund: 'false',
        npm_config_update_notifier: 'false',
        npm_config_loglevel: 'error',
        DOCKER_HOST: 'unix:///nonexistent/docker.sock',
      },
      cwd,
    }).finished;
  const npx = (...args: readonly string[]) => npm(['exec', '--offline', '--', 'infra-wizard', ...args], join(folder, 'app'));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'infra-wizard-package-'));
    installed = join(folder, 'app/node_modules/infra-wizard');
    await mkdir(join(folder, 'app'));
    await writeFile(join(folder, 'app/package.json'), '{"name": "app", "private": true}\n');
    const packed = await npm(['pack', '--pack-destination', folder], root);
    expect(packed, packed.stderr).toMatchObject({code: 0});
    const added = await npm(['install', '--offline', join(folder, packed.stdout.trim().split('\n').at(-1) ?? '')], join(folder, 'app'));
    expect(added, added.stderr).toMatchObject({code: 0});
    return () => rm(folder, {recursive: true, force: true});
  });

  test('brings no dependency and no script that runs at installation', async () => {
    const {dependencies, optionalDependencies, scripts = {}} = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
    expect({dependencies, optionalDependencies}).toEqual({dependencies: undefined, optionalDependencies: undefined});
    expect(Object.keys(scripts).filter(name => /install|prepare/.test(name))).toEqual([]);
    const modules = (await readdir(join(folder, 'app/node_modules'))).filter(name => !name.startsWith('.'));
    expect(modules).toEqual(['infra-wizard']);
  });

  test('is small and holds the program, the catalogue, the licences and no sources', async () => {
    expect(await sizeOf(join(installed, 'dist'))).toBeLessThan(largest.program);
    for (const folder of ['compose', 'assets']) expect(await sizeOf(join(installed, folder))).toBeLessThan(largest.catalogue);
    const names = (await readdir(installed)).filter(name => !/^README/.test(name));
    expect(names.sort()).toEqual(['LICENSE', 'assets', 'compose', 'dist', 'package.json']);
    expect(await readFile(join(installed, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8')).toMatch(/dockerode[\s\S]*react|react[\s\S]*dockerode/);
  });

  test('says its version', async () => {
    const {version} = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect(await npx('--version')).toEqual({code: 0, stdout: `${version}\n`, stderr: ''});
  });

  test('lists its catalogue', async () => {
    const {code, stdout} = await npx('catalog', '--json');
    const components = new Set(JSON.parse(stdout).map(({component}: {component: string}) => component));
    expect({code, traefik: components.has('traefik'), keycloak: components.has('keycloak')}).toEqual({
      code: 0,
      traefik: true,
      keycloak: true,
    });
  });

  test('writes a workspace without Docker', async () => {
    const workspace = await temporaryFolder();
    const written = await npx('write', '--dir', join(workspace, 'infra'));
    expect(written).toMatchObject({code: 0, stdout: `${join(workspace, 'infra')}\n`});
    expect((await readdir(join(workspace, 'infra'))).sort()).toEqual([
      '.env',
      '.gitignore',
      '.infra-wizard',
      '11-docker-compose.Infra.dev.yml',
      '15-docker-compose.Infra.dev.security.yml',
      '90-docker-compose.Infra.dev.local.yml',
      'config',
      'secrets',
    ]);
  });

  test.each([
    ['v18.0.0', '18.0.0'],
    ['v20.18.3', '20.18.3'],
  ])('says in one sentence that Node.js %s is too old', async (named, version) => {
    const preload = join(folder, 'old-node.cjs');
    await writeFile(
      preload,
      `for (const [target, key, value] of [[process.versions, 'node', '${version}'], [process, 'version', '${named}']]) Object.defineProperty(target, key, {value});`,
    );
    const argv = [process.execPath, '--require', preload, join(installed, 'dist/infra-wizard.cjs'), 'catalog'];
    expect(await startProgram(argv, {env: environmentAt(folder)}).finished).toEqual({
      code: 1,
      stdout: '',
      stderr: `infra-wizard needs Node.js 20.19 or newer; this is ${named}.\nRun it once with a newer one:  npx -y -p node@24 -p infra-wizard infra-wizard\n`,
    });
  });
});
