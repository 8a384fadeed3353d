/** Builds what every command gets, then runs the one that was asked for. */
import {once} from 'node:events';
import {resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {drained} from '../display/drained.ts';
import {columnsOf, hanging} from '../display/hanging.ts';
import {chooseMode, choosesAccessible, choosesColor, choosesStill, type ProgressFlag, progressModes} from '../display/mode.ts';
import type {Env} from '../engine/process.ts';
import {ExitCode, UserError} from '../errors.ts';
import {unknownName} from '../plan/nearest.ts';
import type {Problem} from '../plan/problem.ts';
import {createTheme} from '../ui/theme.ts';
import type {Flags, Invocation} from './arguments.ts';
import type {Command, Context, Shell} from './context.ts';
import {openLineTerminal} from './line-terminal.ts';
import {refuseProblems} from './problems.ts';
import {unblock} from './unblock.ts';

/** The process as `cli.tsx` passes it on. */
export interface Terminal {
  /** Folder that holds `compose/` and `assets/`. */
  readonly root: URL;
  readonly workingDirectory: string;
  readonly env: Env;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly signal: AbortSignal;
  readonly broken: AbortSignal;
}

/** Loaded when asked for: most commands need neither Ink nor dockerode. Without a command it is the wizard. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  catalog: async () => (await import('./catalog.ts')).catalogCommand,
  write: async () => (await import('./write.ts')).writeCommand,
  plan: async () => (await import('./plan.ts')).planCommand,
  update: async () => (await import('./update.ts')).updateCommand,
  up: async () => (await import('./up.ts')).upCommand,
  status: async () => (await import('./status.ts')).statusCommand,
  logs: async () => (await import('./status.ts')).logsCommand,
  report: async () => (await import('./report.ts')).reportCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  down: async () => (await import('./down.ts')).downCommand,
  profile: async () => (await import('./profile.ts')).profileCommand,
};

const progressFlag = ({progress = 'auto'}: Flags): ProgressFlag =>
  progressModes.find(mode => mode === progress) ??
  refuseProblems('This display does not exist.', {
    ok: false,
    problems: [unknownName('--progress', 'display', progress, progressModes)],
  });

/** A locale that is named and not UTF-8 gets plain figures; none at all is usual in containers, where the terminal is elsewhere. */
const isUnicode = ({LC_ALL, LC_CTYPE, LANG}: Env) => {
  const locale = LC_ALL || LC_CTYPE || LANG;
  return !locale || /utf-?8/i.test(locale);
};

const brokenCatalogue = (problems: readonly Problem[]) =>
  new UserError('The catalogue is broken; nothing was done.', {
    why: problems.map(({where, what, next}) => `${where}: ${what} ${next}`).join('\n'),
    next: ['Correct these files, or install infra-wizard again.'],
    exitCode: ExitCode.usage,
  });

const conversation =
  (terminal: Terminal): Shell['converse'] =>
  (output, signal) =>
    terminal.stdin.isTTY ? openLineTerminal({input: terminal.stdin, output: terminal[output], signal}) : undefined;

const questions = (terminal: Terminal) => async (question: string) => {
  const {signal} = terminal;
  const lines = conversation(terminal)('stderr', signal);
  if (!lines) return undefined;
  try {
    const answer = await lines.ask(question);
    signal.throwIfAborted();
    return answer ?? '';
  } finally {
    lines.close();
  }
};

const printer = (stream: NodeJS.WriteStream) => (lines: readonly string[]) =>
  void stream.write(
    hanging(lines, columnsOf(stream))
      .map(line => `${line}\n`)
      .join(''),
  );

const shellOf = ({flags, operands}: Invocation, terminal: Terminal): Shell => {
  const {env, stdin, stdout, stderr, signal, broken} = terminal;
  const isTty = Boolean(stdin.isTTY && stdout.isTTY);
  const accessible = choosesAccessible({flag: flags.accessible, env});
  return {
    directory: resolve(terminal.workingDirectory, flags.dir ?? 'infra'),
    workingDirectory: terminal.workingDirectory,
    env,
    flags,
    operands,
    mode: chooseMode({flag: progressFlag(flags), json: flags.json, isTty, accessible, env}),
    theme: createTheme({
      colour: choosesColor({noColor: flags.noColor, isTty, env}),
      unicode: isUnicode(env),
      still: choosesStill({flag: flags.reducedMotion, env}),
    }),
    accessible,
    out: text => void stdout.write(text),
    print: printer(stdout),
    read: async () => {
      const outputs = [stdout, stderr];
      if (signal.aborted || outputs.every(({writableLength}) => writableLength === 0)) return;
      const over = new AbortController();
      const asked = once(signal, 'abort', {signal: over.signal});
      await Promise.race([Promise.all(outputs.map(drained)), asked]).finally(() => over.abort());
    },
    err: text => void stderr.write(text),
    note: printer(stderr),
    regain: () => {
      for (const stream of [stdin, stdout, stderr]) unblock(stream);
    },
    signal,
    broken,
    ask: questions(terminal),
    converse: conversation(terminal),
    profileDirectory: env.INFRA_WIZARD_CONFIG_DIR || undefined,
    columns: columnsOf(stdout),
  };
};

const contextOf = async (shell: Shell, {root}: Terminal): Promise<Context> => {
  const {loadCatalog} = await import('../catalog/load.ts');
  const catalog = await loadCatalog(fileURLToPath(root));
  if (!catalog.ok) throw brokenCatalogue(catalog.problems);
  return {...shell, catalog: catalog.value};
};

/** The exit code; throws what `display/problem.ts` renders. */
export const dispatch = async (invocation: Invocation, terminal: Terminal): Promise<ExitCode> => {
  const shell = shellOf(invocation, terminal);
  const load = commands[invocation.command];
  if (load) return (await load())(await contextOf(shell, terminal));
  const {wizard} = await import('./wizard.ts');
  return wizard(shell, () => contextOf(shell, terminal));
};
