import {chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, unlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import type {EditedAnswer} from '../../source/plan/edited.ts';
import {ownBorder} from '../../source/plan/own-variables.ts';
import type {RenderedFile} from '../../source/plan/rendered.ts';
import {generatedHash} from '../../source/workspace/observe-files.ts';
import {decideFiles, observeFiles, writeFiles} from '../../source/workspace/workspace.ts';
import {collect, file, modeOf, temporaryFolder, thrownBy} from './folders.ts';

const overlay = '12-docker-compose.Infra.dev.rooms.yml';
const own = '90-docker-compose.Infra.dev.local.yml';
const config = 'config/lamp/lamp.conf';

const dotenv = (image: string) => `IMAGE=${image}\nPORT=80\n\n${ownBorder}\n`;

const rendered = (image: string, setting: string): readonly RenderedFile[] => {
  const content = `services:\n  lamp:\n    image: ${image}\n    ports: ["80:80"]\n`;
  return [
    file(overlay, content, {model: parse(content)}),
    file(own, '# Your own.\nservices: {}\n', {once: true}),
    file('.env', dotenv(image), {mode: 0o600}),
    file(config, `${setting}\n`),
  ];
};
const before = rendered('lamp:1', 'dim');
const next = rendered('lamp:2', 'bright');

let directory: string;
const at = (path: string) => join(directory, path);
const read = (path: string) => readFileSync(at(path), 'utf8');
const edit = (path: string, from: string, to: string) => writeFileSync(at(path), read(path).replace(from, to));

const decide = async (answer: EditedAnswer, files = next) => decideFiles(directory, {files}, await observeFiles(directory, files), answer);
const write = async (answer: EditedAnswer, files = next) => {
  const decided = await decide(answer, files);
  return collect(writeFiles(directory, decided.files, decided.observed));
};
const lookOf = async (path: string, answer: EditedAnswer = {}) => (await decide(answer)).observed.find(one => one.path === path);

beforeEach(async () => {
  directory = join(temporaryFolder(), 'infra');
  await write({}, before);
});

describe('a generated overlay that was edited', () => {
  beforeEach(() => edit(overlay, 'image: lamp:1', 'image: lamp:1\n    init: true'));

  test('is refused as long as nothing was decided, with the diff and the flags', async () => {
    const error = await thrownBy(() => write({}));
    expect(error).toMatchObject({
      exitCode: 3,
      why: expect.stringContaining('-    init: true'),
      next: expect.arrayContaining([expect.stringContaining('--edited keep'), expect.stringContaining('--edited take')]),
    });
    expect(read(overlay)).toContain('init: true');
  });

  test('keeps the change: it moves to the own overlay, and what is new is written', async () => {
    expect(await lookOf(overlay)).toMatchObject({state: 'conflict', keep: {how: 'own-overlay'}});
    expect(await write('keep')).toEqual([
      `file/${overlay} done Written: what it should be changed; the previous content is kept`,
      `file/${own} done Written: what it should be changed; the previous content is kept`,
      'file/.env done Written: what it should be changed; the previous content is kept',
      `file/${config} done Written: what it should be changed; the previous content is kept`,
    ]);
    expect(read(overlay)).toBe(next[0]?.content);
    expect(read(own)).toBe(`# Your own.\nservices:\n  # Moved here from ${overlay}.\n  lamp:\n    init: true\n`);
    expect(readFileSync(at(`.infra-wizard/generations/2/files/${overlay}`), 'utf8')).toContain('init: true');
    expect(readFileSync(at(`.infra-wizard/generations/2/files/${own}`), 'utf8')).toBe('# Your own.\nservices: {}\n');
    expect((await decide({})).observed.map(({state}) => state)).toEqual(['same', 'same', 'same', 'same']);
  });

  test('and edited again later, the own overlay stays as it was and takes over more', async () => {
    await write('keep');
    edit(own, '# Your own.', '# My own.');
    edit(overlay, '["80:80"]', '["80:80", "81:81"]');
    await write('keep', rendered('lamp:3', 'bright'));
    expect(read(own)).toContain('# My own.');
    expect(parse(read(own))).toEqual({services: {lamp: {init: true, ports: ['81:81']}}});
  });

  test('takes the new one: the copy is put aside', async () => {
    await write('take');
    expect([read(overlay), read(own)]).toEqual([next[0]?.content, '# Your own.\nservices: {}\n']);
    expect(readFileSync(at(`.infra-wizard/generations/2/files/${overlay}`), 'utf8')).toContain('init: true');
  });

  test('is asked about again when it was edited between the look and the writing', async () => {
    const decided = await decide('take');
    edit(overlay, 'init: true', 'init: false');
    expect((await thrownBy(() => collect(writeFiles(directory, decided.files, decided.observed)))).message).toContain(
      'Nothing was written',
    );
    expect(read(overlay)).toContain('init: false');
  });

  test('can not be kept when something was removed, and says why', async () => {
    edit(overlay, '    ports: ["80:80"]\n', '');
    expect(await lookOf(overlay)).toMatchObject({
      keep: {how: 'not', why: ['services.lamp.ports was removed, and an overlay can only add and change.']},
    });
    const error = await thrownBy(() => write('keep'));
    expect(error).toMatchObject({exitCode: 3, why: 'services.lamp.ports was removed, and an overlay can only add and change.'});
    expect(read(config)).toBe('dim\n');
  });

  test('can not be kept when nobody knows what was written before', async () => {
    unlinkSync(at(`.infra-wizard/written/${overlay}`));
    expect(await lookOf(overlay)).toMatchObject({keep: {how: 'not', why: [expect.stringContaining('not known any more')]}});
    writeFileSync(at(`.infra-wizard/written/${overlay}`), 'services: {}\n');
    expect(await lookOf(overlay)).toMatchObject({keep: {how: 'not'}});
  });

  test('leaves the rights of the own overlay as they are, and refuses one that is a link', async () => {
    chmodSync(at(own), 0o600);
    await write('keep');
    expect(modeOf(at(own))).toBe('600');
    unlinkSync(at(own));
    symlinkSync('/dev/null', at(own));
    edit(overlay, '["80:80"]', '["80:80", "81:81"]');
    expect((await thrownBy(() => write('keep', rendered('lamp:3', 'bright')))).message).toContain('not an ordinary file');
  });
});

describe('an edited configuration file', () => {
  beforeEach(() => edit(config, 'dim', 'blue'));

  test('stays as it is when it is kept, and is not asked about again until something new is to be written', async () => {
    expect(await lookOf(config)).toMatchObject({keep: {how: 'file'}});
    expect(await write('keep')).toContain(`file/${config} skipped Kept: changed by hand; left alone`);
    expect(read(config)).toBe('blue\n');
    expect((await lookOf(config))?.state).toBe('edited');
    expect((await decide({}, rendered('lamp:2', 'dark'))).observed.at(-1)?.state).toBe('conflict');
  });

  test('and others can be decided otherwise, each by its path', async () => {
    edit(overlay, 'image: lamp:1', 'image: lamp:1\n    init: true');
    await write({[config]: 'take', [overlay]: 'keep'});
    expect([read(config), read(overlay)]).toEqual(['bright\n', next[0]?.content]);
    expect(parse(read(own))).toEqual({services: {lamp: {init: true}}});
  });
});

describe("the operator's own variables", () => {
  const border = `${ownBorder}\n`;
  const states = async (files = next) => (await decide({}, files)).observed.map(({path, state}) => `${path} ${state}`);

  test('below the border are no edit, and stay byte for byte when the rest is written anew', async () => {
    edit('.env', border, `${border}\n# mine\nMINE="a  b"\nMINE2=1`);
    expect(await states(before)).toContain('.env same');
    await write({}, before);
    expect(read('.env')).toBe(`${dotenv('lamp:1')}\n# mine\nMINE="a  b"\nMINE2=1`);
    await write({});
    expect(read('.env')).toBe(`${dotenv('lamp:2')}\n# mine\nMINE="a  b"\nMINE2=1`);
    expect(await states()).toContain('.env same');
  });

  test('among the generated ones stay where they are as long as nothing new is to be written', async () => {
    edit('.env', 'PORT', '# mine\nMINE=1\nPORT');
    const mine = read('.env');
    expect(await states(before)).toContain('.env edited');
    await write({}, before);
    expect(read('.env')).toBe(mine);
  });

  test('go below the border with their comments then, unasked, and what stood there stays behind them', async () => {
    edit('.env', border, `${border}LAST=1\n`);
    edit('.env', 'PORT', '# mine\nMINE=1\nPORT');
    expect(await lookOf('.env')).toMatchObject({state: 'outdated', note: 'MINE of yours moves to its end'});
    await write({});
    expect(read('.env')).toBe(`${dotenv('lamp:2')}# mine\nMINE=1\nLAST=1\n`);
    expect(modeOf(at('.env'))).toBe('600');
    expect(await states()).toContain('.env same');
    await write({}, rendered('lamp:3', 'bright'));
    expect(read('.env')).toBe(`${dotenv('lamp:3')}# mine\nMINE=1\nLAST=1\n`);
  });

  test('are not lost when a write was cut off after it was noted', async () => {
    edit('.env', 'PORT', 'MINE=1\nPORT');
    const mine = read('.env');
    await write({});
    const manifest = at('.infra-wizard/generations/2/manifest.json');
    const noted = JSON.parse(readFileSync(manifest, 'utf8'));
    const hash = generatedHash(mine);
    noted.files = noted.files.map((one: {path: string}) => (one.path === '.env' ? {...one, before: hash} : one));
    writeFileSync(manifest, JSON.stringify({...noted, finished: false}));
    writeFileSync(at('.env'), mine);
    writeFileSync(at('.infra-wizard/written/.env'), dotenv('lamp:1'));
    await write({});
    expect(read('.env')).toBe(`${dotenv('lamp:2')}MINE=1\n`);
  });

  test('are told apart from ours that were changed, which only the answers can change', async () => {
    edit('.env', 'lamp:1', 'lamp:mine\nMINE=1');
    expect(await states(before)).toContain('.env edited');
    const why = 'IMAGE is made of your answers, and all overlays depend on it: say it there, for example with --set.';
    expect(await lookOf('.env')).toMatchObject({state: 'conflict', keep: {how: 'not', why: [why]}});
    const next = expect.not.arrayContaining([expect.stringContaining('90-')]);
    const refused = {exitCode: 3, next: expect.arrayContaining([expect.stringContaining(ownBorder)])};
    expect(await thrownBy(() => write('keep'))).toMatchObject({...refused, why});
    expect(await thrownBy(() => write('keep'))).toMatchObject({next});
    expect(await thrownBy(() => write({}))).toMatchObject(refused);
    expect(read('.env')).toContain('lamp:mine');
    await write('take');
    expect(read('.env')).toBe(`${dotenv('lamp:2')}MINE=1\n`);
    expect(readFileSync(at('.infra-wizard/generations/2/files/.env'), 'utf8')).toContain('lamp:mine');
  });

  test('of a file that was there before we came are not touched unasked, and not lost when ours is taken', async () => {
    directory = join(temporaryFolder(), 'theirs');
    mkdirSync(directory);
    writeFileSync(at('.env'), '# another platform\nTHEIRS=1\nPORT=8080\n');
    const why = expect.stringContaining('It was there before');
    expect(await lookOf('.env')).toMatchObject({state: 'conflict', keep: {how: 'not', why: [why]}});
    expect(await thrownBy(() => write('keep'))).toMatchObject({exitCode: 3, why});
    expect(read('.env')).toBe('# another platform\nTHEIRS=1\nPORT=8080\n');
    await write('take');
    expect(read('.env')).toBe(`${dotenv('lamp:2')}# another platform\nTHEIRS=1\n`);
    expect(readFileSync(at('.infra-wizard/generations/1/files/.env'), 'utf8')).toContain('PORT=8080');
  });

  test('can not be told apart when nobody knows what was written before', async () => {
    unlinkSync(at('.infra-wizard/written/.env'));
    edit('.env', 'PORT', 'MINE=1\nPORT');
    expect(await lookOf('.env')).toMatchObject({
      state: 'conflict',
      keep: {how: 'not', why: [expect.stringContaining('not known any more')]},
    });
  });
});

test('a file of an older version gets the border, and nothing else changes', async () => {
  const older = before.map(one => (one.path === '.env' ? {...one, content: 'IMAGE=lamp:1\nPORT=80\n'} : one));
  directory = join(temporaryFolder(), 'older');
  await write({}, older);
  expect(await lookOf('.env')).toMatchObject({state: 'outdated'});
  await write({}, before);
  expect(read('.env')).toBe(dotenv('lamp:1'));
});

test('what keeps files out of version control can be kept as it is', async () => {
  const ignore = (content: string) => [...next, file('.gitignore', content)];
  await write({}, ignore('secrets/\n'));
  edit('.gitignore', 'secrets/', 'secrets/\nmine/');
  await write('keep', ignore('secrets/\n.env\n'));
  expect(read('.gitignore')).toBe('secrets/\nmine/\n');
});

test('nothing is read or made where no workspace is', async () => {
  const elsewhere = join(temporaryFolder(), 'none');
  const observed = await observeFiles(elsewhere, next);
  expect(await decideFiles(elsewhere, {files: next}, observed, 'keep')).toEqual({files: next, observed});
  expect(existsSync(elsewhere)).toBe(false);
});
