import {describe, expect, test} from 'vitest';
import {type Flags, parseInvocation} from '../../source/commands/arguments.ts';
import {commands, helpText, options} from '../../source/commands/usage.ts';
import {UserError} from '../../source/errors.ts';

const nothing: Flags = {
  with: [],
  without: [],
  set: [],
  ignore: [],
  secretFile: [],
  exitCode: false,
  watch: false,
  remove: false,
  forward: false,
  volumes: false,
  yes: false,
  json: false,
  noColor: false,
  accessible: false,
  reducedMotion: false,
  help: false,
  version: false,
};

test.each<[string, string, readonly string[], Partial<Flags>]>([
  ['', '', [], {}],
  ['--domain example.com', '', [], {domain: 'example.com'}],
  ['catalog --json', 'catalog', [], {json: true}],
  ['plan --exit-code --phase core', 'plan', [], {exitCode: true, phase: 'core'}],
  [
    'up --dir=/srv/infra --tier standard --environment prod --strategy all-in-one',
    'up',
    [],
    {dir: '/srv/infra', tier: 'standard', environment: 'prod', strategy: 'all-in-one'},
  ],
  ['up --ignore D41 --ignore d42,D43', 'up', [], {ignore: ['D41', 'd42,D43']}],
  ['up --with a --with b:cluster --without c --set d.e=f=g', 'up', [], {with: ['a', 'b:cluster'], without: ['c'], set: ['d.e=f=g']}],
  ['--tier small up', 'up', [], {tier: 'small'}],
  ['status --watch --no-color', 'status', [], {watch: true, noColor: true}],
  ['logs door', 'logs', ['door'], {}],
  ['logs -- -door', 'logs', ['-door'], {}],
  ['down --volumes --yes', 'down', [], {volumes: true, yes: true}],
  ['profile list', 'profile', ['list'], {}],
  ['profile export mine --profile ./x.yml', 'profile', ['export', 'mine'], {profile: './x.yml'}],
  ['logs --help', 'logs', [], {help: true}],
  ['--version', '', [], {version: true}],
  ['up --set=door.note=--x', 'up', [], {set: ['door.note=--x']}],
])('infra-wizard %s', (line, command, operands, flags) => {
  expect(parseInvocation(line.split(' ').filter(Boolean))).toEqual({command, operands, flags: {...nothing, ...flags}});
});

const refused = (line: string) => {
  try {
    parseInvocation(line.split(' ').filter(Boolean));
  } catch (error) {
    if (error instanceof UserError) return `${error.message} ${error.next.join(' ')} (${error.exitCode})`;
    throw error;
  }
  return 'accepted';
};

describe('refused with exit code 2:', () => {
  test.each([
    ['upp', 'There is no command "upp". Did you mean "up"? (2)'],
    [
      'deploy',
      'There is no command "deploy". Commands: catalog, write, plan, up, update, status, logs, report, doctor, down, profile. (2)',
    ],
    ['up --teir small', 'There is no option --teir. Did you mean "tier"? (2)'],
    ['up --nonsense', 'There is no option --nonsense. See infra-wizard up --help. (2)'],
    ['up -x', 'There is no option -x. See infra-wizard up --help. (2)'],
    ['--nonsense', 'There is no option --nonsense. See infra-wizard --help. (2)'],
    ['status --tier small', 'There is no option --tier together with "infra-wizard status". See infra-wizard status --help. (2)'],
    ['catalog --watch', 'There is no option --watch together with "infra-wizard catalog". See infra-wizard catalog --help. (2)'],
    ['--json', 'There is no option --json together with "infra-wizard". See infra-wizard --help. (2)'],
    ['up --tier', '--tier needs a value. See infra-wizard up --help. (2)'],
    ['up --tier=', '--tier needs a value. See infra-wizard up --help. (2)'],
    ['up --tier --yes', '--tier needs a value, and --yes is an option. See infra-wizard up --help. (2)'],
    ['up --yes=no', '--yes takes no value. Write just --yes. (2)'],
    ['up now', 'infra-wizard up does not take "now". Usage: infra-wizard up [OPTIONS] (2)'],
    ['logs', 'infra-wizard logs needs SERVICE. Usage: infra-wizard logs SERVICE [OPTIONS] (2)'],
    ['logs a b', 'infra-wizard logs does not take "b". Usage: infra-wizard logs SERVICE [OPTIONS] (2)'],
    [
      'profile',
      'infra-wizard profile needs ACTION [NAME|FILE] [NAME]. Usage: infra-wizard profile ACTION [NAME|FILE] [NAME] [OPTIONS] (2)',
    ],
    ['profile save a b c', 'infra-wizard profile does not take "c". Usage: infra-wizard profile ACTION [NAME|FILE] [NAME] [OPTIONS] (2)'],
  ])('%s', (line, said) => {
    expect(refused(line)).toBe(said);
  });
});

/** The contract that scripts rely on. */
const selecting = ['dir', 'profile', 'tier', 'environment', 'strategy', 'domain', 'with', 'without', 'set'];
const common = ['progress', 'yes', 'no-color', 'help', 'version'];
const contract: Readonly<Record<string, readonly string[]>> = {
  '': selecting,
  catalog: ['json'],
  write: selecting,
  plan: [...selecting, 'phase', 'json', 'exit-code'],
  up: [...selecting, 'phase'],
  status: ['dir', 'watch', 'json'],
  logs: ['dir'],
  doctor: [...selecting, 'json'],
  down: ['dir', 'volumes'],
  profile: [...selecting, 'json'],
};

describe('help', () => {
  test('every command has the options of the contract', () => {
    for (const [name, own] of Object.entries(contract)) {
      const spec = commands.find(command => command.name === name);
      expect([name, spec?.options]).toEqual([name, expect.arrayContaining([...own, ...common])]);
    }
    expect(commands.map(({name}) => name)).toEqual(expect.arrayContaining(Object.keys(contract)));
  });

  test.each(commands.map(({name}) => name).filter(Boolean))('of %s names all its options, each on a line that fits', name => {
    const text = helpText(name);
    const spec = commands.find(command => command.name === name);
    for (const option of spec?.options ?? [])
      expect(text).toMatch(new RegExp(`^  --${option} .*${options[option].summary.replace(/[()]/g, '\\$&')}$`, 'm'));
    expect(text.split('\n')[0]).toMatch(new RegExp(`^infra-wizard ${name}.* \\[OPTIONS\\]$`));
    expect(Math.max(...text.split('\n').map(line => line.length))).toBeLessThanOrEqual(120);
  });

  test('of the whole names all commands, the options of all, and all exit codes', () => {
    const text = helpText(undefined);
    for (const {name, summary} of commands)
      expect(text).toMatch(new RegExp(`^  ${name || '\\(none\\)'}.*${summary.replace(/[()]/g, '\\$&')}$`, 'm'));
    for (const option of [...selecting, ...common]) expect(text).toMatch(new RegExp(`^  --${option} `, 'm'));
    for (const code of ['0 done', '1 failed', '2 wrong usage', '3 refused', '4 locked', '5 stopped', '6 plan', '130/143 interrupted'])
      expect(text).toContain(code);
    expect(helpText('')).toBe(text);
  });
});
