import {expect, test} from 'vitest';
import {jsonLine} from '../../source/display/json.ts';
import {problemJson, problemLines} from '../../source/display/problem.ts';
import {ExternalError, UserError} from '../../source/errors.ts';

const user = new UserError('The folder ./infra cannot be written', {
  why: 'The file system is mounted read-only.\n(EROFS)',
  next: ['Choose another folder with --dir.', 'Then run:\ninfra-wizard up'],
  exitCode: 3,
});

test('what the operator can mend: what, why, next', () => {
  expect(problemLines(user)).toEqual([
    'error: The folder ./infra cannot be written',
    '  The file system is mounted read-only.',
    '  (EROFS)',
    '  next: Choose another folder with --dir.',
    '  next: Then run:',
    '        infra-wizard up',
  ]);
  expect(JSON.parse(problemJson(user))).toEqual({
    error: {
      kind: 'user',
      what: 'The folder ./infra cannot be written',
      why: ['The file system is mounted read-only.', '(EROFS)'],
      said: [],
      next: ['Choose another folder with --dir.', 'Then run:\ninfra-wizard up'],
      exitCode: 3,
    },
  });
});

test('another program: its command and its last words', () => {
  const error = new ExternalError(['docker', 'compose', 'up', '-d', 'web'], 1, [
    'service "web" refers to',
    '\u001b[31mundefined network\u001b[0m',
  ]);
  expect(problemLines(error)).toEqual([
    'error: docker compose up ended with code 1',
    '  The command was: docker compose up -d web',
    '  | service "web" refers to',
    '  | undefined network',
    '  next: Mend what it says, then run this again: it goes on from where it was.',
  ]);
});

test('problems of the answers: all at once', () => {
  const problems = [
    {where: 'web', what: 'it needs cache.', next: 'Add it: --with cache'},
    {where: 'profile.yml:3', what: 'tier is missing', next: 'Add it: --with cache'},
  ];
  expect(problemLines(problems)).toEqual([
    'error: There are 2 problems',
    '  web: it needs cache.',
    '  profile.yml:3: tier is missing',
    '  next: Add it: --with cache',
  ]);
});

test('everything else is a bug and says so, with where it is', () => {
  const lines = problemLines(new TypeError('x is undefined'));
  expect(lines[0]).toBe('error: infra-wizard has a bug: x is undefined');
  expect(lines[1]).toMatch(/^ {2}\| at .*problem\.test\.ts/);
  expect(lines.at(-1)).toBe('  next: Nothing is lost: run the same command again to go on.');
  expect(problemLines('thrown text')[0]).toBe('error: infra-wizard has a bug: thrown text');
  expect(JSON.parse(problemJson(undefined))).toMatchObject({error: {kind: 'bug', exitCode: 1}});
});

test('hostile text is harmless in lines and comes through JSON unchanged but escaped', () => {
  const hostile = 'a\u001b]52;c;x\u0007\u009b2J\u202e\u{e0041}b';
  expect(problemLines(new UserError(hostile)).join('\n')).toBe('error: ab');
  const line = jsonLine({id: 'service/web', kind: 'service', status: 'done', text: hostile, at: 1});
  expect(line).toMatch(/^[\u0020-\u007e]*$/);
  expect(JSON.parse(line)).toEqual({id: 'service/web', kind: 'service', status: 'done', text: hostile, at: 1});
});
