/** A component that is left out again, on a host without Docker: its files in folders that others read as a whole go with it. */
import {appendFile, readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {environmentAt, runCli, temporaryFolder} from '../helpers/cli.ts';

const rule = 'config/prometheus/rules/redis.yaml';
const scrape = 'config/prometheus/scrape/redis.yaml';

const openWorkspace = async () => {
  const folder = await temporaryFolder();
  const env = {...environmentAt(folder), DOCKER_HOST: 'unix:///nonexistent/docker.sock'};
  const run = (...args: readonly string[]) => runCli(args, {env, cwd: folder});
  const first = await run('write', '--tier', 'minimal', '--without', 'keycloak', '--with', 'prometheus', '--with', 'redis');
  expect(first.code, first.stderr).toBe(0);
  return {run, at: (path: string) => join(folder, 'infra', path)};
};

const removal = 'nothing that is selected writes it any more';

test('the plan says which files go before anything changes, in words and as data, and write removes them', async () => {
  const {run, at} = await openWorkspace();
  const text = await readFile(at(rule), 'utf8');
  const shown = await run('plan', '--without', 'redis', '--exit-code');
  expect(shown.code).toBe(6);
  expect(shown.stdout.split('\n').filter(line => line.startsWith('  remove'))).toEqual(
    [rule, scrape].map(path => expect.stringMatching(new RegExp(`^ {2}remove +${path} +${removal}$`))),
  );
  expect(shown.stdout).toMatch(/, 2 to remove\.$/m);
  const {files, changes} = JSON.parse((await run('plan', '--without', 'redis', '--json')).stdout);
  expect(changes).toBe(true);
  expect(files.filter(({op}: {op: string}) => op === 'remove')).toEqual(
    [rule, scrape].map(path => ({id: `remove/${path}`, op: 'remove', resource: path, cause: removal, dependsOn: []})),
  );
  expect(await readFile(at(rule), 'utf8')).toBe(text);

  const written = await run('write', '--without', 'redis');
  expect(written.code, written.stderr).toBe(0);
  expect(written.stderr).toContain(`file ${rule}: Removed, ${removal}; its content is kept`);
  expect((await Promise.all(['rules', 'scrape'].map(name => readdir(at(`config/prometheus/${name}`))))).flat()).not.toContain('redis.yaml');
  expect(await readFile(at(`.infra-wizard/generations/2/files/${rule}`), 'utf8')).toBe(text);
  // Nobody reads these, and what nobody reads stays.
  expect((await readdir(at('config/redis'))).length).toBeGreaterThan(0);
  expect(await readdir(at('secrets'))).toContain('redis_password');

  await run('write', '--with', 'redis');
  expect(await readFile(at(rule), 'utf8')).toBe(text);
}, 120_000);

test('one that was edited stays, and so does one that the own overlay names: the plan says what to do', async () => {
  const {run, at} = await openWorkspace();
  await appendFile(at(rule), '# mine\n');
  await writeFile(at('90-docker-compose.Infra.dev.local.yml'), `services: {mine: {image: mine, volumes: ["./${scrape}:/scrape.yaml"]}}\n`);
  expect((await run('write', '--without', 'redis')).code).toBe(0);
  const {stdout} = await run('plan');
  expect(stdout).toMatch(
    new RegExp(
      `^ {2}leave +${rule} +of what is not selected any more; changed since it was written, and prometheus may still read it: remove it by hand$`,
      'm',
    ),
  );
  expect(stdout).toMatch(
    new RegExp(
      `^ {2}leave +${scrape} +of what is not selected any more; an overlay of yours names it: remove it by hand when nothing needs it$`,
      'm',
    ),
  );
  expect(await readFile(at(rule), 'utf8')).toMatch(/# mine\n$/);
  expect(await readFile(at(scrape), 'utf8')).not.toBe('');
}, 120_000);
