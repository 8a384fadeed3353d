/** What every command gets. Built once, in `cli.tsx`. */
import type {Catalog} from '../catalog/catalog.ts';
import type {DisplayMode} from '../display/mode.ts';
import type {Env} from '../engine/process.ts';
import type {ExitCode} from '../errors.ts';
import type {Answers} from '../plan/answers.ts';
import type {Theme} from '../ui/theme.ts';
import {loadWorkspaceAnswers} from '../workspace/answers.ts';
import {importProfile, openProfiles, type Profiles} from '../workspace/profiles.ts';
import type {Flags} from './arguments.ts';
import {chooseAnswers} from './choose-answers.ts';
import type {LineTerminal} from './line-terminal.ts';
import {refuseProblems} from './problems.ts';
import {readProfileFile} from './profile-file.ts';

/** What is known without reading a file. */
export interface Shell {
  /** Absolute path of the workspace. */
  readonly directory: string;
  /** Absolute path of the folder the program was started in. */
  readonly workingDirectory: string;
  readonly env: Env;
  readonly flags: Flags;
  readonly operands: readonly string[];
  readonly mode: DisplayMode;
  readonly theme: Theme;
  /** For a screen reader: nothing is drawn, everything is said. */
  readonly accessible: boolean;
  /** Results. */
  out(text: string): void;
  /** Results, line by line: broken between words where a terminal is too narrow for them, whole elsewhere. */
  print(lines: readonly string[]): void;
  /**
   * Resolves when a terminal has read everything, or the run is asked to end. Whoever writes without end waits for it each time, and whoever
   * has results to say after notices, so that they come in this order.
   */
  read(): Promise<void>;
  /** Progress and notices. */
  err(text: string): void;
  /** Notices, line by line, as results are printed. */
  note(lines: readonly string[]): void;
  /** Another program had the terminal: makes it again what this one needs. */
  regain(): void;
  /** Aborted when the run is asked to end; a second request ends the process. */
  readonly signal: AbortSignal;
  /** Aborted when the program breaks: whatever holds the terminal gives it back at once. */
  readonly broken: AbortSignal;
  /** Reads a line from the terminal; undefined when there is none. Empty when the input ends. */
  ask(question: string): Promise<string | undefined>;
  /** The terminal, used line by line; undefined when nobody can answer. `signal`: when to give up. */
  converse(output: 'stdout' | 'stderr', signal: AbortSignal): LineTerminal | undefined;
  readonly profileDirectory: string | undefined;
  /** Of the terminal that results go to; undefined when they go to a file or a program. */
  readonly columns: number | undefined;
}

export interface Context extends Shell {
  readonly catalog: Catalog;
}

export type Command = (context: Context) => Promise<ExitCode>;

export const profilesOf = ({profileDirectory}: Context): Promise<Profiles> =>
  openProfiles(profileDirectory === undefined ? {} : {directory: profileDirectory});

/** `NAME-or-FILE`: what looks like a path is one. */
const isFile = (nameOrFile: string) => /[./\\]/.test(nameOrFile);

const savedAnswers = async (context: Context): Promise<Answers | undefined> => {
  const {profile} = context.flags;
  if (profile === undefined) return loadWorkspaceAnswers(context.directory);
  if (isFile(profile)) return importProfile(await readProfileFile(profile), profile).answers;
  return (await (await profilesOf(context)).load(profile)).answers;
};

/** Profile, or what the workspace was written from, or the defaults; then the flags. Throws UserError with exit code 2. */
export const answersOf = async (context: Context): Promise<Answers> =>
  refuseProblems('These options do not fit.', chooseAnswers(context.catalog, await savedAnswers(context), context.flags));

/** Nobody has said what shall run: no flag, no profile, and nothing was written here before. */
export const isFresh = async ({directory, flags}: Context): Promise<boolean> =>
  flags.profile === undefined &&
  flags.tier === undefined &&
  flags.with.length + flags.without.length === 0 &&
  (await loadWorkspaceAnswers(directory)) === undefined;
