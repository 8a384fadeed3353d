/** What an operator edits in the written folder is seen, is rolled out once, and stays. */
import {appendFile, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {openPlatform, type Platform} from '../helpers/platform.ts';

const support = await engineSupport();

describe.runIf(support.kind !== 'none')(titled('a written folder that is edited', support), () => {
  let engine: TestEngine;
  let platform: Platform;

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
  });
  afterAll(async () => {
    await platform?.remove();
    await engine?.stop();
  });

  const up = async (...args: readonly string[]) => {
    const {code, stderr} = await platform.run('up', '--yes', '--phase', 'core', ...args);
    expect(code, stderr).toBe(0);
  };
  const plan = async (...args: readonly string[]) => platform.run('plan', '--exit-code', '--phase', 'core', ...args);
  const ids = async () => Object.fromEntries((await platform.containers()).map(({service, id}) => [service, id]));
  const drifts = async () => {
    const {services} = JSON.parse((await platform.run('status', '--json')).stdout);
    return services.flatMap(({name, drift}: {name: string; drift?: {cause: string}}) => (drift ? [`${name}: ${drift.cause}`] : []));
  };
  const inWorkspace = (path: string) => join(platform.workspace, path);
  const read = (path: string) => readFile(inWorkspace(path), 'utf8');
  /** Every service that has another container than before. */
  const madeAnew = async (before: Awaited<ReturnType<typeof ids>>) =>
    Object.entries(await ids()).flatMap(([service, id]) => (before[service] === id ? [] : [service]));
  const nothingToDo = async () => {
    const before = await ids();
    expect(await plan()).toMatchObject({code: 0, stdout: expect.stringContaining('Nothing to do')});
    expect(await drifts()).toEqual([]);
    await up();
    expect(await madeAnew(before)).toEqual([]);
  };

  beforeEach(() => up());

  test('a configuration file: plan and status name it, its service is made anew once, and it stays as it was edited', async () => {
    const path = 'config/traefik/traefik.yaml';
    await appendFile(inWorkspace(path), '# my own remark\n');
    const edited = await read(path);
    const before = await ids();
    const cause = `${path} changed since it was started`;
    const {code, stdout} = await plan();
    expect([code, stdout]).toEqual([
      6,
      expect.stringMatching(new RegExp(`^ {2}recreate {2}traefik +${cause.replaceAll('.', '\\.')}$`, 'm')),
    ]);
    expect(await drifts()).toEqual([`traefik: ${cause}`]);
    expect(await ids()).toEqual(before);
    await up();
    expect(await madeAnew(before)).toEqual(['traefik']);
    expect(await read(path)).toBe(edited);
    await nothingToDo();
  });

  test('one that is to be written anew and is kept: its service is made anew with it, once', async () => {
    const path = 'config/traefik/dynamic/dashboard.yaml';
    await appendFile(inWorkspace(path), '# my own remark\n');
    const edited = await read(path);
    const moved = ['--set', 'traefik.host=front.infra.localhost'];
    const refused = await platform.run('up', '--yes', '--phase', 'core', ...moved);
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining(`${path} was changed by hand`)]);
    const before = await ids();
    await up('--edited', 'keep', ...moved);
    expect(await madeAnew(before)).toEqual(['traefik']);
    expect(await read(path)).toBe(edited);
    await nothingToDo();
    const again = await ids();
    await appendFile(inWorkspace(path), '# and another\n');
    await up();
    expect(await madeAnew(again)).toEqual(['traefik']);
    await nothingToDo();
  });

  test('a generated overlay: what was edited is rolled out, and nothing more at the next run', async () => {
    const path = '11-docker-compose.Infra.dev.yml';
    const text = await read(path);
    await writeFile(inWorkspace(path), text.replace(/(\n {2}traefik:\n)/, '$1    environment: {COLOUR: green}\n'));
    const before = await ids();
    expect((await plan()).stdout).toMatch(/^ {2}recreate {2}traefik +its settings changed$/m);
    await up();
    expect(await madeAnew(before)).toEqual(['traefik']);
    await nothingToDo();
    await writeFile(inWorkspace(path), text);
  });

  test('variables of his own: the own overlay is made with them, and what is written anew leaves them alone', async () => {
    const overlay = '90-docker-compose.Infra.dev.local.yml';
    await appendFile(inWorkspace('.env'), '# for traefik\nMY_COLOUR=green\n');
    await writeFile(inWorkspace(overlay), 'services:\n  traefik:\n    environment:\n      COLOUR: $MY_COLOUR\n');
    await up();
    const environment = async () => {
      const {traefik = ''} = await ids();
      return (await platform.docker('inspect', '--format', '{{json .Config.Env}}', traefik)).stdout;
    };
    expect(await environment()).toContain('"COLOUR=green"');
    await nothingToDo();
    await up('--set', 'platform.domain=other.localhost');
    expect(await read('.env')).toMatch(/\nDOMAIN=other\.localhost\n[\s\S]*\n# for traefik\nMY_COLOUR=green\n$/);
    expect(await environment()).toContain('"COLOUR=green"');
    await nothingToDo();
  });
});
