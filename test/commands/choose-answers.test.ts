import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {parseInvocation} from '../../source/commands/arguments.ts';
import {chooseAnswers} from '../../source/commands/choose-answers.ts';
import {knownPhase} from '../../source/commands/phases.ts';
import {refuseProblems} from '../../source/commands/problems.ts';
import {readProfileFile} from '../../source/commands/profile-file.ts';
import {urlsOf} from '../../source/commands/review.ts';
import {UserError} from '../../source/errors.ts';
import type {Answers} from '../../source/plan/answers.ts';
import {linksOf} from '../../source/plan/consequences.ts';
import {problemLines, selected, smallCatalog} from '../helpers/small-catalogue.ts';

const catalog = smallCatalog();
const saved: Answers = {
  tier: 'small',
  environment: 'prod',
  strategy: 'all-in-one',
  components: {door: 'standalone', candle: 'standalone'},
  settings: {platform: {domain: 'saved.example'}, door: {http_port: '8080', host: 'gate.example'}},
};

const choose = (line: string, from?: Answers) =>
  chooseAnswers(catalog, from, parseInvocation(['up', ...line.split(' ').filter(Boolean)]).flags);
const chosen = (line: string, from?: Answers): Answers => {
  const result = choose(line, from);
  if (!result.ok) throw new Error(problemLines(result.problems).join('\n'));
  return result.value;
};
const problems = (line: string) => {
  const result = choose(line);
  return result.ok ? [] : problemLines(result.problems);
};

describe('answers', () => {
  test('without anything are the defaults', () => {
    expect(chosen('')).toEqual({
      tier: 'small',
      environment: 'dev',
      strategy: 'incremental',
      components: {door: 'standalone'},
      settings: {},
    });
  });

  test('that were saved stay as they are', () => {
    expect(chosen('', saved)).toEqual(saved);
  });

  test('that were saved are changed by what was said, and by nothing else', () => {
    const line =
      '--environment dev --strategy incremental --domain new.example --with lamp:cluster --without candle --set door.http_port=9090 --set lamp.colour=a=b';
    expect(chosen(line, saved)).toEqual({
      tier: 'small',
      environment: 'dev',
      strategy: 'incremental',
      components: {door: 'standalone', lamp: 'cluster'},
      settings: {
        platform: {domain: 'new.example'},
        door: {http_port: '9090', host: 'gate.example'},
        lamp: {colour: 'a=b'},
      },
    });
    expect(saved.settings.door).toEqual({http_port: '8080', host: 'gate.example'});
  });

  test('a tier brings its components, and keeps settings', () => {
    expect(chosen('--tier large --with mirror', saved)).toMatchObject({
      tier: 'large',
      components: {door: 'standalone', lamp: 'cluster', mirror: 'standalone'},
      settings: saved.settings,
    });
  });

  test('a component without variant gets its first; what is added and left out is left out', () => {
    expect(chosen('--with lamp').components).toEqual({door: 'standalone', lamp: 'standalone'});
    expect(chosen('--with lamp --without lamp').components).toEqual({door: 'standalone'});
  });

  test('a setting may be empty, and may hold line breaks', () => {
    const flags = {...parseInvocation(['up']).flags, set: ['lamp.colour=', 'door.note=a\nb']};
    const result = chooseAnswers(catalog, undefined, flags);
    expect(result.ok && result.value.settings).toEqual({lamp: {colour: ''}, door: {note: 'a\nb'}});
  });

  test('everything that makes no sense is said at once', () => {
    expect(
      problems('--with lmap:cluster --with televison --without door --without candel --set door --set .=1 --strategy fast --tier lagre'),
    ).toEqual([
      '--with: There is no component "lmap". Did you mean "lamp"?',
      '--with: There is no component "televison". Known: door, candle, lamp, battery, mirror.',
      '--without: There is no component "candel". Did you mean "candle"?',
      '--without: Door is part of every platform. Leave out --without door.',
      '--set: "door" is not a setting. Write --set COMPONENT.INPUT=VALUE.',
      '--set: ".=1" is not a setting. Write --set COMPONENT.INPUT=VALUE.',
      '--strategy: There is no strategy "fast". Known: incremental, all-in-one.',
      '--tier: There is no tier "lagre". Did you mean "large"?',
    ]);
  });
});

describe('a component that was saved and is not known', () => {
  const later: Answers = {
    ...saved,
    components: {...saved.components, lmap: 'standalone', television: 'standalone'},
    settings: {...saved.settings, television: {channel: '1'}},
  };

  test('is refused: to leave it out unasked would be to remove it', () => {
    const result = choose('', later);
    expect(result.ok ? [] : problemLines(result.problems)).toEqual([
      'components: The saved answers name lmap, which this infra-wizard does not know. Did you mean "lamp"? Use the infra-wizard that saved them, or the newest: npx infra-wizard@latest. To go on without it: --without lmap',
      'components: The saved answers name television, which this infra-wizard does not know. Use the infra-wizard that saved them, or the newest: npx infra-wizard@latest. To go on without it: --without television',
    ]);
  });

  test('can be left out by name, with its settings', () => {
    expect(chosen('--without lmap --without television', later)).toEqual(saved);
  });

  test('is left out by a tier, as everything else that was saved', () => {
    expect(chosen('--tier small', later)).toMatchObject({components: {door: 'standalone'}, settings: saved.settings});
    expect(chosen('--tier small', later).settings).not.toHaveProperty('television');
  });
});

const thrown = async (work: () => unknown): Promise<unknown> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) return {what: error.message, why: error.why, next: error.next, exitCode: error.exitCode};
    throw error;
  }
};

describe('problems', () => {
  const one = {where: '--tier', what: 'There is no tier "x".', next: 'Known: small.'};
  const other = {where: 'door', what: 'No.', next: 'Yes.'};

  test('one is the error itself, several are listed under a title', async () => {
    expect(await thrown(() => refuseProblems('These do not fit.', {ok: false, problems: [one]}))).toEqual({
      what: 'There is no tier "x".',
      why: 'Found in --tier.',
      next: ['Known: small.'],
      exitCode: 2,
    });
    expect(await thrown(() => refuseProblems('These do not fit.', {ok: false, problems: [one, other]}))).toEqual({
      what: 'These do not fit.',
      why: '--tier: There is no tier "x". Known: small.\ndoor: No. Yes.',
      next: ['Correct these, then run the same command again.'],
      exitCode: 2,
    });
    expect(refuseProblems('', {ok: true, value: 7})).toBe(7);
  });

  test('a phase that does not exist', async () => {
    expect([knownPhase(catalog, undefined), knownPhase(catalog, 'second')]).toEqual([undefined, 'second']);
    expect(await thrown(() => knownPhase(catalog, 'secnd'))).toEqual({
      what: 'There is no phase "secnd".',
      why: 'Found in --phase.',
      next: ['Did you mean "second"?'],
      exitCode: 2,
    });
  });
});

test('a profile is read from a file, and from nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'profile-'));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  const path = (name: string) => join(folder, name);
  await writeFile(path('good.yml'), 'tier: small\n');
  await writeFile(path('large.yml'), 'x'.repeat(256 * 1024 + 1));
  await mkdir(path('folder.yml'));
  expect(await readProfileFile(path('good.yml'))).toBe('tier: small\n');
  const refusal = (name: string, why: unknown) => ({
    what: `The profile ${path(name)} can not be read.`,
    why,
    next: ['Check the path.'],
    exitCode: 2,
  });
  expect(await thrown(() => readProfileFile(path('large.yml')))).toEqual(
    refusal('large.yml', 'It is larger than 256 KiB, which no profile is.'),
  );
  expect(await thrown(() => readProfileFile(path('folder.yml')))).toEqual(refusal('folder.yml', 'It is not a file.'));
  expect(await thrown(() => readProfileFile(path('none.yml')))).toEqual(refusal('none.yml', expect.stringMatching(/^ENOENT/)));
});

test('what answers once everything runs', () => {
  const selection = selected(catalog, {settings: {platform: {domain: 'example.com'}, door: {lock: 'chain'}}});
  expect(linksOf(catalog, selection)).toEqual([
    {
      title: 'Door bell',
      url: 'https://door.example.com/bell',
      login: 'admin, password in secrets/door_password',
      origin: {kind: 'setting', component: 'door', input: 'host'},
    },
  ]);
  expect([...urlsOf(catalog, selection)]).toEqual([['door', 'https://door.example.com/bell']]);
});
