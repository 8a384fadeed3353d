/** The command line as data: commands, options, and the help that is made of them. Pure. */

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  readonly value?: string;
  readonly summary: string;
}

export const options = {
  dir: {type: 'string', value: 'DIR', summary: 'the workspace (default ./infra)'},
  profile: {type: 'string', value: 'NAME|FILE', summary: 'start from saved answers'},
  tier: {type: 'string', value: 'T', summary: 'start from the components of a tier'},
  environment: {type: 'string', value: 'E', summary: 'dev, staging or prod'},
  strategy: {type: 'string', value: 'S', summary: 'incremental (phase by phase) or all-in-one'},
  domain: {type: 'string', value: 'D', summary: 'the domain under which everything answers'},
  with: {type: 'string', multiple: true, value: 'ID[:VARIANT]', summary: 'add a component (repeatable)'},
  without: {type: 'string', multiple: true, value: 'ID', summary: 'leave a component out (repeatable)'},
  set: {type: 'string', multiple: true, value: 'COMPONENT.INPUT=VALUE', summary: 'answer a setting (repeatable)'},
  ignore: {
    type: 'string',
    multiple: true,
    value: 'CHECK',
    summary: 'go on although this check fails, such as D41 (repeatable); noted in the journal',
  },
  'secret-file': {
    type: 'string',
    multiple: true,
    value: 'COMPONENT.SECRET=FILE',
    summary: 'a password of your own instead of a generated one (repeatable)',
  },
  'exit-code': {type: 'boolean', summary: 'exit with 6 when there is something to do'},
  phase: {type: 'string', value: 'ID', summary: 'stop after this phase'},
  watch: {type: 'boolean', summary: 'follow instead of printing once'},
  edited: {type: 'string', value: 'keep|take|stop', summary: 'what to do with generated files that you edited (default stop)'},
  'on-failure': {
    type: 'string',
    value: 'stop|continue|roll-back',
    summary: 'instead of asking, when a phase does not come up (default stop)',
  },
  forward: {type: 'boolean', summary: 'give up a roll back that has not ended, and roll out what is selected'},
  remove: {type: 'boolean', summary: 'remove what runs and is not selected any more; volumes are kept'},
  volumes: {type: 'boolean', summary: 'also remove the data volumes'},
  yes: {type: 'boolean', summary: 'do not ask'},
  json: {type: 'boolean', summary: 'one JSON document on standard output'},
  progress: {type: 'string', value: 'MODE', summary: 'auto, tty, plain, json or quiet'},
  'no-color': {type: 'boolean', summary: 'no colours (also: NO_COLOR)'},
  accessible: {type: 'boolean', summary: 'for a screen reader: lines that stay, questions by number (also: ACCESSIBLE)'},
  'reduced-motion': {type: 'boolean', summary: 'nothing moves by itself (also: REDUCED_MOTION)'},
  help: {type: 'boolean', summary: 'show this help'},
  version: {type: 'boolean', summary: 'show the version'},
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof options;

const selecting: readonly OptionName[] = ['dir', 'profile', 'tier', 'environment', 'strategy', 'domain', 'with', 'without', 'set'];
const common: readonly OptionName[] = ['progress', 'yes', 'no-color', 'accessible', 'reduced-motion', 'help', 'version'];

export interface CommandSpec {
  readonly name: string;
  /** What follows the name, as it is written in the usage line. */
  readonly operands: string;
  /** Least and most operands. */
  readonly arity: readonly [number, number];
  readonly summary: string;
  readonly options: readonly OptionName[];
  /** What else its help says, a line each. @default nothing */
  readonly notes?: readonly string[];
}

const command = (
  name: string,
  summary: string,
  own: readonly OptionName[],
  operands = '',
  arity: CommandSpec['arity'] = [0, 0],
): CommandSpec => ({
  name,
  operands,
  arity,
  summary,
  options: [...own, ...common],
});

/** The first has no name: it is the wizard. */
export const commands: readonly CommandSpec[] = [
  command('', 'the wizard, in a terminal', [...selecting, 'ignore']),
  command('catalog', 'components, variants, phase, images, memory, networks', ['json']),
  command('write', 'write the workspace; needs no Docker', [...selecting, 'edited', 'secret-file']),
  command('plan', 'what a rollout would do, and why; changes nothing', [...selecting, 'phase', 'remove', 'edited', 'json', 'exit-code']),
  command('up', 'write, pull, roll out, wait for health, phase by phase', [
    ...selecting,
    'phase',
    'remove',
    'edited',
    'ignore',
    'secret-file',
    'on-failure',
    'forward',
  ]),
  command('update', 'what newer builds the tags mean by now, and why; takes them into infra.lock.yml when you say so', [
    ...selecting,
    'json',
    'exit-code',
  ]),
  {
    ...command('status', 'live view in a terminal, otherwise one table', ['dir', 'watch', 'json']),
    notes: [
      'Exits with 0 when all is well or starting, with 1 when something is not well or nothing runs; drift is no illness.',
      'The live view exits with 0 when it is left.',
      '--json says it in words: health is well, starting, ill, lost or nothing; with --watch a document a line, at each change.',
    ],
  },
  command('logs', "follow a service's log", ['dir'], 'SERVICE', [1, 1]),
  command('report', 'the platform as deployed on one page of HTML, to read offline', ['dir'], '[FILE]', [0, 1]),
  command('doctor', 'check this host against the selection', [...selecting, 'ignore', 'json']),
  command('down', 'stop and remove containers and networks, listing them first', ['dir', 'volumes']),
  command(
    'profile',
    'saved answers: list, show NAME, save NAME, rename OLD NEW, copy FROM TO, export NAME, import FILE, remove NAME',
    [...selecting, 'json'],
    'ACTION [NAME|FILE] [NAME]',
    [1, 3],
  ),
];

const optionWord = (name: OptionName) => {
  const spec: OptionSpec = options[name];
  return `--${name}${spec.value ? ` ${spec.value}` : ''}`;
};

const columns = (rows: readonly (readonly [string, string])[]): readonly string[] => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
};

const optionLines = (names: readonly OptionName[]) => columns(names.map(name => [optionWord(name), options[name].summary]));

const exitCodes = [
  '  0 done · 1 failed, or rolled back · 2 wrong usage or bad input · 3 refused by a preflight check · 4 locked by another run',
  '  5 stopped half-way, resumable · 6 plan --exit-code found changes · 130/143 interrupted (resumable)',
];

/** Help of one command, or of the whole program. */
export const helpText = (name: string | undefined): string => {
  const spec = commands.find(candidate => candidate.name === name);
  if (spec && spec.name !== '') {
    const usage = ['infra-wizard', spec.name, spec.operands, '[OPTIONS]'].filter(Boolean).join(' ');
    return [
      `${usage}`,
      '',
      `  ${spec.summary}`,
      '',
      'Options:',
      ...optionLines(spec.options),
      ...(spec.notes ? ['', ...spec.notes] : []),
      '',
    ].join('\n');
  }
  return [
    'infra-wizard [COMMAND] [OPTIONS]',
    '',
    '  Stands up a modular Docker platform on this server, phase by phase, as plain compose overlays.',
    '',
    'Commands:',
    ...columns(commands.map(item => [[item.name || '(none)', item.operands].filter(Boolean).join(' '), item.summary])),
    '',
    'Options of all commands that select:',
    ...optionLines(selecting),
    '',
    'Options of all commands:',
    ...optionLines(common),
    '',
    'infra-wizard COMMAND --help lists the options of one command. Results go to standard output, progress and errors to standard error.',
    '',
    'Exit codes:',
    ...exitCodes,
    '',
  ].join('\n');
};
