/** argv -> Invocation, or what is wrong with it in one sentence. Pure. */
import {parseArgs} from 'node:util';
import {ExitCode, UserError} from '../errors.ts';
import {nearest} from '../plan/nearest.ts';
import {commands, type OptionName, options} from './usage.ts';

export interface Invocation {
  /** Empty: the wizard. */
  readonly command: string;
  readonly operands: readonly string[];
  readonly flags: Flags;
}

/** Values as they were typed; what they mean is checked where they are used. */
export interface Flags {
  readonly dir?: string;
  readonly profile?: string;
  readonly tier?: string;
  readonly environment?: string;
  readonly strategy?: string;
  readonly domain?: string;
  readonly with: readonly string[];
  readonly without: readonly string[];
  readonly set: readonly string[];
  readonly ignore: readonly string[];
  readonly secretFile: readonly string[];
  readonly phase?: string;
  readonly edited?: string;
  readonly onFailure?: string;
  readonly progress?: string;
  readonly exitCode: boolean;
  readonly watch: boolean;
  readonly remove: boolean;
  readonly forward: boolean;
  readonly volumes: boolean;
  readonly yes: boolean;
  readonly json: boolean;
  readonly noColor: boolean;
  readonly accessible: boolean;
  readonly reducedMotion: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

const usageError = (what: string, next: string) => new UserError(what, {next: [next], exitCode: ExitCode.usage});

const suggestion = (name: string, known: readonly string[], help: string) => {
  const near = nearest(name, known);
  return near ? `Did you mean "${near}"?` : help;
};

const split = (argv: readonly string[]) => {
  try {
    return parseArgs({args: [...argv], options, allowPositionals: true, strict: false, tokens: true});
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : String(error), 'See infra-wizard --help.');
  }
};

type Token = ReturnType<typeof split>['tokens'][number];

const checkOption = (token: Token, allowed: readonly OptionName[], command: string) => {
  if (token.kind !== 'option') return;
  const name = allowed.find(candidate => candidate === token.name);
  const where = command ? `infra-wizard ${command}` : 'infra-wizard';
  if (name === undefined) {
    const help = `See ${where} --help.`;
    if (Object.hasOwn(options, token.name)) throw usageError(`There is no option ${token.rawName} together with "${where}".`, help);
    throw usageError(`There is no option ${token.rawName}.`, suggestion(token.name, allowed, help));
  }
  const needsValue = options[name].type === 'string';
  if (needsValue && (token.value === undefined || (token.value === '' && token.inlineValue))) {
    throw usageError(`${token.rawName} needs a value.`, `See ${where} --help.`);
  }
  if (needsValue && token.inlineValue === false && token.value?.startsWith('--')) {
    throw usageError(`${token.rawName} needs a value, and ${token.value} is an option.`, `See ${where} --help.`);
  }
  if (!needsValue && token.value !== undefined) throw usageError(`${token.rawName} takes no value.`, `Write just ${token.rawName}.`);
};

/** Throws UserError with exit code 2. */
export const parseInvocation = (argv: readonly string[]): Invocation => {
  const {values, positionals, tokens} = split(argv);
  const [command = '', ...operands] = positionals;
  const spec = commands.find(({name}) => name === command);
  const names = commands.map(({name}) => name).filter(Boolean);
  if (!spec) throw usageError(`There is no command "${command}".`, suggestion(command, names, `Commands: ${names.join(', ')}.`));
  for (const token of tokens) checkOption(token, spec.options, command);
  const flags = flagsOf(values);
  const [least, most] = spec.arity;
  if (!flags.help && (operands.length < least || operands.length > most)) {
    throw usageError(
      operands.length < least
        ? `infra-wizard ${command} needs ${spec.operands}.`
        : `infra-wizard ${command} does not take "${operands[most]}".`,
      `Usage: infra-wizard ${[command, spec.operands].filter(Boolean).join(' ')} [OPTIONS]`,
    );
  }
  return {command, operands, flags};
};

type Values = ReturnType<typeof split>['values'];

const flagsOf = (values: Values): Flags => {
  const one = (name: OptionName) => (typeof values[name] === 'string' ? {[name]: values[name]} : {});
  const many = (name: OptionName) => (Array.isArray(values[name]) ? values[name].map(String) : []);
  const flag = (name: OptionName) => values[name] === true;
  return {
    ...one('dir'),
    ...one('profile'),
    ...one('tier'),
    ...one('environment'),
    ...one('strategy'),
    ...one('domain'),
    ...one('phase'),
    ...one('edited'),
    ...(typeof values['on-failure'] === 'string' && {onFailure: values['on-failure']}),
    ...one('progress'),
    with: many('with'),
    without: many('without'),
    set: many('set'),
    ignore: many('ignore'),
    secretFile: many('secret-file'),
    exitCode: flag('exit-code'),
    watch: flag('watch'),
    remove: flag('remove'),
    forward: flag('forward'),
    volumes: flag('volumes'),
    yes: flag('yes'),
    json: flag('json'),
    noColor: flag('no-color'),
    accessible: flag('accessible'),
    reducedMotion: flag('reduced-motion'),
    help: flag('help'),
    version: flag('version'),
  };
};
