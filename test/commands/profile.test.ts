/** Profiles as an operator or a script says it, one command after the other: real files, the real catalogue. */
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, onTestFinished, test} from 'vitest';
import {parse} from 'yaml';
import {loadCatalog} from '../../source/catalog/load.ts';
import {parseInvocation} from '../../source/commands/arguments.ts';
import type {Context} from '../../source/commands/context.ts';
import {profileCommand} from '../../source/commands/profile.ts';
import {profileServices} from '../../source/commands/profile-services.ts';
import {writeCommand} from '../../source/commands/write.ts';
import {UserError} from '../../source/errors.ts';
import type {ProfileChange} from '../../source/ui/services.ts';
import {createTheme} from '../../source/ui/theme.ts';

const loaded = await loadCatalog(fileURLToPath(new URL('../..', import.meta.url)));
if (!loaded.ok) throw new Error('The catalogue is broken.');
const catalog = loaded.value;

const opened = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'infra-wizard-test-'));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  const store = join(folder, 'config', 'profiles.json');
  const contextOf = (line: readonly string[], more: Partial<Context>) => {
    const {flags, operands} = parseInvocation(line);
    const said = {out: '', err: ''};
    const context: Context = {
      directory: join(folder, 'infra'),
      env: {DOCKER_HOST: 'unix:///nonexistent/docker.sock'},
      flags,
      operands,
      mode: 'plain',
      theme: createTheme(),
      out: text => {
        said.out += text;
      },
      print: lines => {
        said.out += lines.map(line => `${line}\n`).join('');
      },
      read: async () => undefined,
      err: text => {
        said.err += text;
      },
      note: lines => {
        said.err += lines.map(line => `${line}\n`).join('');
      },
      regain: () => undefined,
      signal: new AbortController().signal,
      ask: async () => undefined,
      accessible: false,
      broken: new AbortController().signal,
      converse: () => undefined,
      profileDirectory: join(folder, 'config'),
      workingDirectory: folder,
      columns: undefined,
      catalog,
      ...more,
    };
    return {context, said};
  };
  /** Every word a value of its own: `save shop --with redis`. */
  const profile = async (line: string, more: Partial<Context> = {}) => {
    const {context, said} = contextOf(['profile', ...line.split(' ')], more);
    await profileCommand(context);
    return said;
  };
  const write = async (line: string) => {
    const {context} = contextOf(['write', ...line.split(' ').filter(Boolean)], {});
    await writeCommand(context);
  };
  const refused = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      if (error instanceof UserError) return {what: error.message, why: error.why ?? '', next: error.next, exitCode: error.exitCode};
      throw error;
    }
    throw new Error('nothing was refused');
  };
  const shown = async (name: string) => JSON.parse((await profile(`show ${name} --json`)).out).answers;
  const names = async () => JSON.parse((await profile('list --json')).out).map(({name}: {name: string}) => name);
  const change = (asked: ProfileChange) => profileServices(contextOf(['profile', 'list'], {}).context).change(asked);
  return {folder, store, profile, write, refused, shown, names, change};
};

const day = /\d{4}-\d\d-\d\d \d\d:\d\d/g;

describe('profiles are listed', () => {
  const three = async () => {
    const one = await opened();
    await one.profile('save shop --environment prod --domain shop.localhost --with redis');
    await one.profile('save blog');
    const {profiles} = JSON.parse(await readFile(one.store, 'utf8'));
    await writeFile(one.store, JSON.stringify({profiles: {...profiles, later: {version: 9, name: 'later', more: []}}}));
    return one;
  };

  test('with what tells them apart, by name or by number as there is room', async () => {
    const {profile} = await three();
    const wide = (await profile('list')).out.replace(day, 'DAY and TIME    ');
    expect(`\n${wide}`).toMatchInlineSnapshot(`
      "
      NAME   SAVED (UTC)        ENVIRONMENT  TIER     DOMAIN           COMPONENTS
      blog   DAY and TIME       dev          minimal  infra.localhost  traefik keycloak
      later  newer version (9)
      shop   DAY and TIME       prod         minimal  shop.localhost   traefik keycloak redis
      "
    `);
    const narrow = (await profile('list', {columns: 80})).out.replace(day, 'DAY and TIME    ');
    expect(`\n${narrow}`).toMatchInlineSnapshot(`
      "
      NAME   SAVED (UTC)        ENVIRONMENT  TIER     DOMAIN           COMPONENTS
      blog   DAY and TIME       dev          minimal  infra.localhost  2
      later  newer version (9)
      shop   DAY and TIME       prod         minimal  shop.localhost   3
      "
    `);
  });

  test('as JSON, those of a newer version as such', async () => {
    const {profile} = await three();
    expect(JSON.parse((await profile('list --json')).out)).toMatchObject([
      {name: 'blog', version: 1, answers: {environment: 'dev'}},
      {name: 'later', version: 9, newer: true},
      {name: 'shop', version: 1, answers: {environment: 'prod', settings: {platform: {domain: 'shop.localhost'}}}},
    ]);
  });

  test('and one of a newer version is refused by everything else, with every byte left as it was', async () => {
    const {store, profile, write, refused} = await three();
    const before = await readFile(store);
    const lines = [
      'show later',
      'export later',
      'remove later --yes',
      'rename later x',
      'copy later x',
      'save later',
      'copy shop later --yes',
    ];
    for (const line of lines) {
      expect(await refused(() => profile(line)), line).toMatchObject({
        what: 'The profile "later" cannot be used here',
        why: expect.stringContaining('version 9, saved by a newer infra-wizard'),
        exitCode: 2,
      });
    }
    expect(await refused(() => write('--profile later'))).toMatchObject({exitCode: 2, what: 'The profile "later" cannot be used here'});
    expect(await readFile(store)).toEqual(before);
  });
});

test('what is said on top of a profile is used, and recorded only when that is asked for', async () => {
  const {folder, store, profile, write, shown} = await opened();
  await profile('save shop --environment prod');
  const before = await readFile(store);
  await write('--profile shop --with redis --domain other.localhost --set traefik.http_port=8080');
  expect(await readdir(join(folder, 'infra'))).toContain('18-docker-compose.Infra.prod.cache.yml');
  expect(await readFile(store)).toEqual(before);
  await profile('save shop --profile shop --with redis --set traefik.http_port=8080');
  expect(await shown('shop')).toMatchObject({
    environment: 'prod',
    components: {redis: 'standalone'},
    settings: {traefik: {http_port: '8080'}},
  });
});

describe('nothing that is saved is lost unasked:', () => {
  const two = async () => {
    const one = await opened();
    await one.profile('save shop --environment prod');
    await one.profile('save blog --with redis');
    await writeFile(join(one.folder, 'blog.yml'), (await one.profile('export blog')).out);
    return one;
  };

  test.each([
    ['save shop --with redis', ['blog', 'shop']],
    ['rename blog shop', ['shop']],
    ['copy blog shop', ['blog', 'shop']],
    ['import FOLDER/blog.yml shop', ['blog', 'shop']],
  ])('%s', async (given, names) => {
    const {folder, store, profile, refused, shown, names: listed} = await two();
    const line = given.replace('FOLDER', folder);
    const before = await readFile(store);
    expect(await refused(() => profile(line))).toEqual({
      what: 'Nothing was changed: it was not confirmed.',
      why: expect.stringMatching(/^This replaces the profile shop, saved on .* UTC\. Go on\? There is no terminal to ask\.$/),
      next: ['Add --yes to do it without asking.'],
      exitCode: 2,
    });
    expect((await profile(line, {ask: async () => 'n'})).err).toBe('Nothing was changed.\n');
    expect(await readFile(store)).toEqual(before);
    await profile(line, {ask: async () => 'y'});
    expect(await listed()).toEqual(names);
    expect(await shown('shop')).toMatchObject({environment: 'dev', components: {redis: 'standalone'}});
  });

  test('remove', async () => {
    const {store, profile, refused, names} = await two();
    const before = await readFile(store);
    expect(await refused(() => profile('remove shop'))).toMatchObject({
      why: expect.stringMatching(/^Remove the profile shop, saved on .* UTC\? There is no terminal to ask\.$/),
      exitCode: 2,
    });
    expect((await profile('remove shop', {ask: async () => ''})).err).toBe('Nothing was removed.\n');
    expect(await readFile(store)).toEqual(before);
    expect(JSON.parse((await profile('remove shop --yes --json')).out)).toMatchObject({name: 'shop', version: 1});
    expect(await names()).toEqual(['blog']);
  });

  test('the same answers again are no loss', async () => {
    const {profile, names} = await two();
    await profile('save blog --with redis');
    expect(await names()).toEqual(['blog', 'shop']);
  });
});

test('a profile that is not there is refused with the nearest', async () => {
  const {profile, refused} = await opened();
  await profile('save shop');
  for (const line of ['show shpo', 'rename shpo x', 'copy shpo x', 'export shpo', 'remove shpo --yes'])
    expect(await refused(() => profile(line)), line).toMatchObject({
      what: 'There is no profile "shpo"',
      next: ['Did you mean shop?', expect.anything()],
    });
});

test('an exported profile comes back as it was, under its name or another', async () => {
  const {folder, profile, write, shown} = await opened();
  await profile('save shop --with redis:cluster --domain shop.localhost');
  const text = (await profile('export shop')).out;
  const path = join(folder, 'shop.yml');
  await writeFile(path, text);
  await profile('remove shop --yes');
  await profile(`import ${path}`);
  await profile(`import ${path} store`);
  expect([await shown('shop'), await shown('store')]).toEqual([parse(text).answers, parse(text).answers]);
  await write(`--profile ${path}`);
});

describe('in the wizard', () => {
  test('a profile is exported beside what is there, and imported from a path below the folder', async () => {
    const {folder, profile, change, names} = await opened();
    await profile('save shop');
    const path = join(folder, 'shop.yml');
    expect(await change({kind: 'export', name: 'shop', replace: false})).toEqual({kind: 'done', said: `shop is exported to ${path}.`});
    await writeFile(path, 'mine\n');
    expect(await change({kind: 'export', name: 'shop', replace: false})).toEqual({
      kind: 'exists',
      question: `There is a file ${path} already. Replace it?`,
    });
    expect(await readFile(path, 'utf8')).toBe('mine\n');
    await change({kind: 'export', name: 'shop', replace: true});
    expect(await change({kind: 'import', path: 'shop.yml', replace: false})).toMatchObject({kind: 'exists'});
    await change({kind: 'remove', name: 'shop'});
    expect(await names()).toEqual([]);
    expect(await change({kind: 'import', path: './shop.yml', replace: false})).toEqual({
      kind: 'done',
      said: `shop is imported from ${path}.`,
    });
    expect(await names()).toEqual(['shop']);
  });

  test('renaming and copying say what is in the way before they replace it', async () => {
    const {profile, change, names} = await opened();
    await profile('save shop');
    await profile('save blog');
    for (const kind of ['copy', 'rename'] as const) {
      expect(await change({kind, from: 'shop', to: 'blog', replace: false})).toMatchObject({
        kind: 'exists',
        question: expect.stringMatching(/^There is a profile blog already, saved on .* UTC\. Replace it\?$/),
      });
    }
    expect(await change({kind: 'copy', from: 'shop', to: 'store', replace: false})).toMatchObject({kind: 'done'});
    expect(await change({kind: 'rename', from: 'shop', to: 'blog', replace: true})).toMatchObject({kind: 'done'});
    expect(await names()).toEqual(['blog', 'store']);
  });
});
