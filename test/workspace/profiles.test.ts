import {execFile, execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {UserError} from '../../source/errors.ts';
import type {Answers} from '../../source/plan/answers.ts';
import {isNewer, type Profile} from '../../source/plan/saved-profile.ts';
import {printableLine} from '../../source/printable.ts';
import {exportProfile, importProfile, openProfiles} from '../../source/workspace/profiles.ts';
import {modeOf, temporaryFolder, thrownBy} from './folders.ts';
import {buildProgram} from './programs.ts';

const answers: Answers = {
  tier: 'minimal',
  environment: 'dev',
  strategy: 'incremental',
  components: {cache: 'cluster', web: 'standalone'},
  settings: {platform: {domain: 'example.test', dbnet_subnet: '172.31.60.0/24'}, web: {since: '12:30', on: 'yes'}},
};
const profile: Profile = {version: 1, name: 'shop', savedAt: '2026-03-01T12:00:00.000Z', answers};

const yaml = `version: 1
name: "shop"
savedAt: "2026-03-01T12:00:00.000Z"
answers:
  tier: "minimal"
  environment: "dev"
  strategy: "incremental"
  components:
    cache: "cluster"
    web: "standalone"
  settings:
    platform:
      domain: "example.test"
      dbnet_subnet: "172.31.60.0/24"
    web:
      since: "12:30"
      on: "yes"
`;

const refusal = (text: string): UserError => {
  try {
    importProfile(text, 'shop.yml');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

test('a profile is exported as YAML in which every text is quoted, and imported as it was', () => {
  const lines = exportProfile(profile).split('\n');
  expect(
    lines.slice(0, 3).every(line => line.startsWith('# ')),
    lines.join('\n'),
  ).toBe(true);
  expect(lines.slice(3).join('\n')).toBe(yaml);
  expect(importProfile(exportProfile(profile), 'shop.yml')).toEqual(profile);
  expect(importProfile(yaml, 'shop.yml')).toEqual(profile);
});

test('line ends of Windows and a byte order mark do not matter', () => {
  expect(importProfile(`\ufeff${yaml.replaceAll('\n', '\r\n')}`, 'shop.yml')).toEqual(profile);
});

test('every set of answers survives export and import', () => {
  const name = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,10}$/).filter(text => !/token|secret|credential|passw|passphrase|key$/.test(text));
  const value = fc
    .string({maxLength: 15, unit: 'grapheme'})
    .filter(text => printableLine(`.${text}.`) === `.${text}.` && !/\$[256a]|:\/\//.test(text));
  const record = fc.record({
    tier: name,
    environment: name,
    strategy: fc.constantFrom('incremental', 'all-in-one'),
    components: fc.dictionary(name, name),
    settings: fc.dictionary(name, fc.dictionary(name, value)),
  });
  fc.assert(
    fc.property(record, given => {
      const one = {...profile, answers: given as Answers};
      expect(importProfile(exportProfile(one), 'x')).toEqual(one);
    }),
    {numRuns: 300},
  );
});

test.each([
  [
    'an unknown key',
    yaml.replace('  tier: "minimal"\n', '  tier: "minimal"\n  colour: "red"\n'),
    'shop.yml:6: answers.colour is not a key that is known here',
  ],
  ['a missing key', yaml.replace('  tier: "minimal"\n', ''), 'shop.yml:4: answers.tier is missing'],
  ['a wrong type', yaml.replace('"12:30"', '5'), 'shop.yml:16: answers.settings.web.since is not text: put it into quotes'],
  [
    'a mapping that is a list',
    yaml.replace(/components:\n.*\n.*\n/, 'components: [cache]\n'),
    'shop.yml:8: answers.components is not a mapping of component to variant',
  ],
  ['an unknown strategy', yaml.replace('"incremental"', '"fast"'), 'shop.yml:7: answers.strategy is none of incremental, all-in-one'],
  [
    'a newer version',
    yaml.replace('version: 1', 'version: 2').replace('name:', 'title:'),
    'shop.yml:1: it is of version 2, saved by a newer infra-wizard: this one reads up to version 1',
  ],
  ['__proto__', yaml.replace('cache:', '__proto__:'), 'shop.yml:9: the key __proto__ is not allowed'],
  ['constructor', yaml.replace('cache:', '"constructor":'), 'shop.yml:9: the key constructor is not allowed'],
  ['a key that is no text', yaml.replace('cache:', '7:'), 'shop.yml:9: the key 7 is not text'],
  ['a duplicate key', yaml.replace('web: "standalone"', 'cache: "standalone"'), 'shop.yml:10: Map keys must be unique'],
  ['an anchor', yaml.replace('"minimal"', '&a "minimal"'), 'shop.yml:5: anchors are not allowed'],
  ['a tag', yaml.replace('"minimal"', '!!str "minimal"'), 'shop.yml:5: tags are not allowed'],
  ['a merge key', yaml.replace('    cache: "cluster"\n', '    <<: {a: "b"}\n'), 'shop.yml:9: merge keys are not allowed'],
  ['two documents', `${yaml}---\nb: 1\n`, 'shop.yml:18: it holds more than one document'],
  [
    'a bad name',
    yaml.replace('"shop"', '"../shop"'),
    'shop.yml:2: name is no name: lower-case letters, digits, - and _, at most 63, beginning with a letter or digit',
  ],
  ['a NUL byte', `${yaml}\0`, 'shop.yml: it holds NUL bytes'],
  ['nothing', '', 'shop.yml: it is empty'],
  ['more than 256 KB', `${yaml}#${'x'.repeat(300_000)}`, 'shop.yml: it is larger than 256 KB'],
  ['text that is no mapping', 'just words\n', 'shop.yml:1: the profile is not a mapping'],
  [
    'control characters',
    yaml.replace('"yes"', '"a\\u001bb"'),
    'shop.yml:17: answers.settings.web.on holds line breaks, control characters or hidden ones',
  ],
  [
    'a control character of 8 bits',
    yaml.replace('"yes"', '"a\\u009b31mb"'),
    'shop.yml:17: answers.settings.web.on holds line breaks, control characters or hidden ones',
  ],
  [
    'text that runs backwards',
    yaml.replace('"yes"', '"a\\u202eb"'),
    'shop.yml:17: answers.settings.web.on holds line breaks, control characters or hidden ones',
  ],
  [
    'a version that is none',
    yaml.replace('version: 1', 'version: "one"'),
    'shop.yml:1: version is not a version that this infra-wizard reads: it reads up to 1',
  ],
  [
    'a name that moves the cursor',
    yaml.replace('"shop"', '"shop\\e[2J"'),
    'shop.yml:2: name is no name: lower-case letters, digits, - and _, at most 63, beginning with a letter or digit',
  ],
])('%s is refused with its line', (_, text, why) => {
  expect(refusal(text)).toMatchObject({message: 'The profile in shop.yml cannot be read', why, exitCode: 2});
  expect(refusal(text).next.join()).not.toBe('');
});

test('all problems are said at once', () => {
  const {why} = refusal(yaml.replace('"minimal"', '7').replace('"dev"', '"D E V"').replace('"fast"', '1'));
  expect(why?.split('\n')).toHaveLength(2);
});

test('bombs of aliases and of depth are refused quickly', () => {
  const aliases = `a: &a [x,x]\n${Array.from({length: 30}, (_, index) => `k${index}: &b${index} [*a,*a,*a]`).join('\n')}\n`;
  expect(refusal(aliases).why).toContain('shop.yml:1: anchors are not allowed');
  expect(refusal(`a: ${'['.repeat(40)}${']'.repeat(40)}`).why).toBe('shop.yml:1: it is nested deeper than 32 levels');
  expect(refusal('['.repeat(5000)).exitCode).toBe(2);
  expect(refusal(`${'- '.repeat(2000)}x`).exitCode).toBe(2);
});

test('anything at all is imported or refused as the operator’s to mend', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({unit: 'binary'}), fc.json()), text => {
      expect(refusal(text)).toBeInstanceOf(UserError);
    }),
    {numRuns: 500},
  );
});

const secrets: Readonly<Record<string, string>> = {
  'a private key': '-----BEGIN EC PRIVATE KEY-----',
  'an AWS key': 'AKIAIOSFODNN7EXAMPLE',
  'a GitHub token': `ghp_${'a1B2'.repeat(9)}`,
  'a JSON web token': 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc',
  'a bcrypt hash': '$2b$10$abcdefghijklmnopqrstuv',
  'an address with a password': 'postgres://app:hunter2@db/shop',
  'a generated password': 'k3JdPq9ZtVw7LmXb2RcY',
  'hexadecimal of 32': '0123456789abcdef0123456789abcdef',
};

test.each(Object.keys(secrets))('%s is neither saved nor imported', async kind => {
  const value = secrets[kind] ?? '';
  expect(refusal(yaml.replace('"12:30"', JSON.stringify(value))).why).toBe(
    'shop.yml:16: answers.settings.web.since looks like a secret: secrets are generated into the workspace and never saved',
  );
  const profiles = await openProfiles({directory: temporaryFolder()});
  const error = await thrownBy(() => profiles.save('shop', {...answers, settings: {web: {note: value}}}));
  expect(error).toMatchObject({exitCode: 2});
  expect(JSON.stringify(error)).not.toContain(value);
  expect(await profiles.list()).toEqual([]);
});

test('a setting whose name is that of a secret is refused, and ordinary values are not', () => {
  expect(refusal(yaml.replace('since:', 'admin_password:')).why).toContain('would hold a secret');
  const ordinary = [
    'admin@example.test',
    'https://auth.example.test/realms/main',
    '172.30.0.0/24',
    '/srv/Data/2026/Q1',
    'Europe/Berlin',
    'registry.example.test:5000/team/app:1.2.3',
    '',
  ];
  for (const value of ordinary)
    expect(importProfile(yaml.replace('"12:30"', JSON.stringify(value)), 'x').answers.settings.web).toMatchObject({since: value});
});

test('profiles are saved for their user alone, listed by name, loaded and removed', async () => {
  const directory = temporaryFolder();
  const profiles = await openProfiles({directory});
  await profiles.save('shop', answers);
  await profiles.save('a-first', {...answers, tier: 'ha'});
  await profiles.save('shop', {...answers, tier: 'standard'});
  expect((await profiles.list()).map(saved => `${saved.name} ${isNewer(saved) ? 'newer' : saved.answers.tier}`)).toEqual([
    'a-first ha',
    'shop standard',
  ]);
  expect(await (await openProfiles({directory})).load('shop')).toMatchObject({version: 1, name: 'shop', answers: {tier: 'standard'}});
  expect(modeOf(join(directory, 'profiles.json'))).toBe('600');
  await profiles.remove('shop');
  expect((await profiles.list()).map(({name}) => name)).toEqual(['a-first']);
});

test('a profile that is not there is refused with what there is', async () => {
  const profiles = await openProfiles({directory: temporaryFolder()});
  expect(await thrownBy(() => profiles.load('shop'))).toMatchObject({why: 'None was saved yet.', exitCode: 2});
  await profiles.save('shop', answers);
  expect(await thrownBy(() => profiles.remove('shpo'))).toMatchObject({
    message: 'There is no profile "shpo"',
    why: 'Saved are: shop.',
    next: ['Did you mean shop?', 'See what there is: infra-wizard profile list'],
  });
});

const spoil: Readonly<Record<string, (path: string) => void>> = {
  'cut off': path => writeFileSync(path, readFileSync(path).subarray(0, 200)),
  'with NUL bytes': path => writeFileSync(path, '\0\0\0'),
  'with an unknown key': path => writeFileSync(path, readFileSync(path, 'utf8').replace('"tier"', '"teir"')),
  'with __proto__': path => writeFileSync(path, readFileSync(path, 'utf8').replace('"tier"', '"__proto__"')),
  'with other things': path => writeFileSync(path, '{"other": {}}'),
  'with a profile of another name': path => writeFileSync(path, readFileSync(path, 'utf8').replace('"name": "shop"', '"name": "other"')),
};

test.each(Object.keys(spoil))('a file of profiles %s is refused with what to do and stays as it is', async kind => {
  const directory = temporaryFolder();
  const path = join(directory, 'profiles.json');
  await (await openProfiles({directory})).save('shop', answers);
  spoil[kind]?.(path);
  const before = readFileSync(path);
  const profiles = await openProfiles({directory});
  for (const action of [
    () => profiles.list(),
    () => profiles.load('shop'),
    () => profiles.save('shop', answers),
    () => profiles.remove('shop'),
  ]) {
    const error = await thrownBy(action);
    expect(error).toMatchObject({message: expect.stringContaining(path), why: expect.stringMatching(/./), exitCode: 2});
    expect(error).toMatchObject({next: expect.arrayContaining([expect.stringMatching(/./)])});
  }
  expect(readFileSync(path)).toEqual(before);
});

test.each(['link', 'pipe', 'folder', 'huge file'])('a %s in the place of the profiles is refused and not waited on', async kind => {
  const directory = temporaryFolder();
  const path = join(directory, 'profiles.json');
  if (kind === 'link') symlinkSync('/etc/hostname', path);
  if (kind === 'pipe') execFileSync('mkfifo', [path]);
  if (kind === 'folder') mkdirSync(path);
  if (kind === 'huge file') writeFileSync(path, ' '.repeat(300_000));
  const profiles = await openProfiles({directory});
  expect(await thrownBy(() => profiles.list())).toMatchObject({exitCode: 2});
  expect(await thrownBy(() => profiles.save('shop', answers))).toMatchObject({exitCode: 2});
  expect(existsSync(path)).toBe(true);
});

describe('a profile of a newer version', () => {
  const withNewer = async () => {
    const directory = temporaryFolder();
    const path = join(directory, 'profiles.json');
    await (await openProfiles({directory})).save('shop', answers);
    const {profiles} = JSON.parse(readFileSync(path, 'utf8'));
    const later = {version: 7, name: 'later', savedAt: 5, cluster: {of: ['many', {things: 1.5}]}};
    writeFileSync(path, `${JSON.stringify({profiles: {...profiles, later}}, null, 2)}\n`);
    return {path, later, profiles: await openProfiles({directory})};
  };

  test('is listed as such, and everything else about it is refused, with every byte left as it was', async () => {
    const {path, profiles} = await withNewer();
    const before = readFileSync(path);
    expect((await profiles.list()).map(saved => (isNewer(saved) ? saved : saved.name))).toEqual([
      {name: 'later', version: 7, newer: true},
      'shop',
    ]);
    for (const action of [
      () => profiles.load('later'),
      () => profiles.find('later'),
      () => profiles.save('later', answers),
      () => profiles.remove('later'),
      () => profiles.copy('later', 'other'),
      () => profiles.rename('later', 'other'),
      () => profiles.copy('shop', 'later', {replace: true}),
      () => profiles.rename('shop', 'later', {replace: true}),
    ]) {
      expect(await thrownBy(action)).toMatchObject({
        message: 'The profile "later" cannot be used here',
        why: 'later: it is of version 7, saved by a newer infra-wizard: this one reads up to version 1',
        next: [expect.stringContaining('npx infra-wizard@latest')],
        exitCode: 2,
      });
    }
    expect(readFileSync(path)).toEqual(before);
  });

  test('stays as it is when others are saved, renamed and removed', async () => {
    const {path, later, profiles} = await withNewer();
    await profiles.save('more', answers);
    await profiles.rename('shop', 'store');
    await profiles.remove('more');
    const {profiles: stored} = JSON.parse(readFileSync(path, 'utf8'));
    expect(Object.keys(stored)).toEqual(['later', 'store']);
    expect(stored.later).toEqual(later);
  });
});

describe('copying and renaming', () => {
  const two = async () => {
    const profiles = await openProfiles({directory: temporaryFolder()});
    await profiles.save('shop', answers);
    await profiles.save('store', {...answers, tier: 'ha'});
    const names = async () => (await profiles.list()).map(saved => `${saved.name} ${isNewer(saved) ? 'newer' : saved.answers.tier}`);
    return {profiles, names};
  };

  test('keep the answers and the day they are of', async () => {
    const {profiles, names} = await two();
    const {savedAt} = await profiles.load('shop');
    expect(await profiles.copy('shop', 'shop-2')).toEqual({version: 1, name: 'shop-2', savedAt, answers});
    expect(await profiles.rename('shop-2', 'shop-3')).toEqual({version: 1, name: 'shop-3', savedAt, answers});
    expect(await names()).toEqual(['shop minimal', 'shop-3 minimal', 'store ha']);
  });

  test('never replace another profile unasked', async () => {
    const {profiles, names} = await two();
    for (const action of [() => profiles.copy('shop', 'store'), () => profiles.rename('shop', 'store')]) {
      expect(await thrownBy(action)).toMatchObject({
        message: 'There is a profile "store" already',
        why: expect.stringMatching(/^It was saved on \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/),
        next: ['Choose another name, or add --yes to replace it.'],
        exitCode: 2,
      });
    }
    expect(await names()).toEqual(['shop minimal', 'store ha']);
    await profiles.rename('shop', 'store', {replace: true});
    expect(await names()).toEqual(['store minimal']);
  });

  test('to its own name change nothing, and names that are none are refused', async () => {
    const {profiles, names} = await two();
    await profiles.rename('shop', 'shop');
    for (const name of ['', 'Shop', '../shop', 'shop\u001b[2J', 's'.repeat(64)])
      expect(await thrownBy(() => profiles.rename('shop', name))).toMatchObject({exitCode: 2});
    expect(await thrownBy(() => profiles.copy('shpo', 'x'))).toMatchObject({next: expect.arrayContaining(['Did you mean shop?'])});
    expect(await names()).toEqual(['shop minimal', 'store ha']);
  });
});

test('more profiles than could be read again are refused, and those that are there stay', async () => {
  const directory = temporaryFolder();
  const path = join(directory, 'profiles.json');
  const profiles = await openProfiles({directory});
  const large = (letter: string) => ({
    ...answers,
    settings: {web: Object.fromEntries([...Array(120).keys()].map(n => [`note${n}`, `${letter} `.repeat(500)]))},
  });
  await profiles.save('one', large('a'));
  const before = readFileSync(path);
  expect(
    await thrownBy(async () => {
      await profiles.save('two', large('b'));
      await profiles.save('three', large('c'));
    }),
  ).toMatchObject({message: 'This profile cannot be saved', exitCode: 2});
  expect((await profiles.list()).map(({name}) => name)).toContain('one');
  expect(readFileSync(path).length).toBeGreaterThanOrEqual(before.length);
});

test('processes that save at the same time lose nothing of each other', async () => {
  const directory = temporaryFolder();
  const program = buildProgram('saver');
  const savers = ['a', 'b', 'c', 'd'];
  await Promise.all(savers.map(saver => promisify(execFile)(process.execPath, [program, directory, saver, '8'])));
  const names = (await (await openProfiles({directory})).list()).map(({name}) => name);
  expect(names).toEqual(savers.flatMap(saver => [...Array(8).keys()].map(index => `${saver}${index}`)));
});
