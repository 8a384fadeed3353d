import {expect, test} from 'vitest';
import {chooseMode, choosesAccessible, choosesColor, choosesStill, type ModeFacts} from '../../source/display/mode.ts';

const terminal: ModeFacts = {isTty: true, env: {TERM: 'xterm-256color'}};

test.each<[string, ModeFacts, string]>([
  ['a terminal', terminal, 'tty'],
  ['a terminal of a CI service', {...terminal, env: {TERM: 'xterm', CI: 'true'}}, 'plain'],
  ['a terminal with CI switched off', {...terminal, env: {TERM: 'xterm', CI: 'false'}}, 'tty'],
  ['a terminal with CI empty', {...terminal, env: {TERM: 'xterm', CI: ''}}, 'tty'],
  ['a dumb terminal', {...terminal, env: {TERM: 'dumb'}}, 'plain'],
  ['a terminal without TERM', {...terminal, env: {}}, 'tty'],
  ['a terminal without colour', {...terminal, env: {TERM: 'xterm', NO_COLOR: '1'}}, 'tty'],
  ['no terminal', {isTty: false, env: {TERM: 'xterm'}}, 'plain'],
  ['--json', {...terminal, json: true}, 'json'],
  ['--json --progress plain', {...terminal, json: true, flag: 'plain'}, 'plain'],
  ['--progress tty in CI', {...terminal, flag: 'tty', env: {TERM: 'xterm', CI: '1'}}, 'tty'],
  ['--progress tty without a terminal', {isTty: false, flag: 'tty', env: {}}, 'plain'],
  ['--progress tty on a dumb terminal', {...terminal, flag: 'tty', env: {TERM: 'dumb'}}, 'plain'],
  ['--progress quiet', {...terminal, flag: 'quiet'}, 'quiet'],
  ['--progress json without a terminal', {isTty: false, flag: 'json', env: {}}, 'json'],
  ['--progress auto', {...terminal, flag: 'auto'}, 'tty'],
])('%s', (_, facts, mode) => {
  expect(chooseMode(facts)).toBe(mode);
});

test('colour needs a terminal that has it and nobody against it', () => {
  const facts = {noColor: false, isTty: true, env: {TERM: 'xterm'}};
  expect([
    choosesColor(facts),
    choosesColor({...facts, noColor: true}),
    choosesColor({...facts, isTty: false}),
    choosesColor({...facts, env: {NO_COLOR: '1'}}),
    choosesColor({...facts, env: {NO_COLOR: ''}}),
    choosesColor({...facts, env: {TERM: 'dumb'}}),
  ]).toEqual([true, false, false, false, true, false]);
});

test.each([
  [true, {}, true],
  [false, {}, false],
  [false, {ACCESSIBLE: '1', REDUCED_MOTION: '1'}, true],
  [false, {ACCESSIBLE: 'yes', REDUCED_MOTION: 'yes'}, true],
  [false, {ACCESSIBLE: '', REDUCED_MOTION: ''}, false],
  [false, {ACCESSIBLE: '0', REDUCED_MOTION: '0'}, false],
  [false, {ACCESSIBLE: 'False', REDUCED_MOTION: 'false'}, false],
  [true, {ACCESSIBLE: '0', REDUCED_MOTION: '0'}, true],
])('a screen reader, or stillness: with the flag %s and %j it is %s', (flag, env, expected) => {
  expect([choosesAccessible({flag, env}), choosesStill({flag, env})]).toEqual([expected, expected]);
});

test('for a screen reader nothing is drawn, even where a full screen is asked for', () => {
  for (const flag of ['auto', 'tty'] as const) expect(chooseMode({flag, isTty: true, accessible: true, env: {}})).toBe('plain');
});
