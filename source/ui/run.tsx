/** The ways into the terminal views, for the commands. */
import {render} from 'ink';
import {ExitCode} from '../errors.ts';
import {printable} from '../printable.ts';
import {App, type OpeningProps, type RolloutViewProps, type StatusViewProps, type View} from './app.tsx';
import type {Clock} from './hooks/use-now.ts';
import type {Outcome} from './outcome.ts';
import {openScreen} from './screen.ts';
import type {Theme} from './theme.ts';

/** The terminal and how things look in it. Standard input and `stdout` must be terminals. */
export interface Terminal {
  readonly theme: Theme;
  /** @default Date.now */
  readonly clock?: Clock;
  /** @default process.stdin */
  readonly stdin?: NodeJS.ReadStream;
  /** Where the views are drawn and the summary is printed. @default process.stdout */
  readonly stdout?: NodeJS.WriteStream;
  /** Aborted when the program is asked to end from outside the terminal: the view closes at once. @default never */
  readonly signal?: AbortSignal;
  /** Aborted when the program breaks: the terminal is given back before the listener returns. @default never */
  readonly broken?: AbortSignal;
}

const askedToEnd: Outcome = {exitCode: ExitCode.interrupted, summary: []};

/**
 * The whole group of processes, as the terminal itself does on Ctrl+Z: whoever started us stops too, and the shell has its prompt again.
 * A group that nobody could wake is left running by the system.
 */
const stopGroup = () => void process.kill(0, 'SIGTSTP');

/** The cursor at the start of an empty screen. */
const emptyScreen = '\u001b[H\u001b[J';

/** Faster changes cost processor time and show nothing more. */
const maximumFrames = 30;

/** Draws on the alternate screen, restores the terminal whatever happens, and then prints the summary. Errors that are ours are thrown. */
export const runView = async (
  view: View,
  {theme, clock = Date.now, stdin = process.stdin, stdout = process.stdout, signal, broken}: Terminal,
): Promise<Outcome> => {
  const wipe = () => {
    app.clear();
    stdout.write(emptyScreen);
  };
  const tree = () => <App view={view} theme={theme} clock={clock} stop={stopGroup} wipe={wipe} />;
  const screen = openScreen(stdout, () => {
    wipe();
    app.rerender(tree());
  });
  const app = render(tree(), {
    stdin,
    stdout: screen.stdout,
    alternateScreen: true,
    exitOnCtrlC: false,
    incrementalRendering: true,
    interactive: true,
    maxFps: maximumFrames,
  });
  const close = () => app.unmount();
  signal?.addEventListener('abort', close, {once: true});
  broken?.addEventListener('abort', close, {once: true});
  if (signal?.aborted) close();
  const outcome = ((await app.waitUntilExit()) as Outcome | undefined) ?? askedToEnd;
  screen.close();
  signal?.removeEventListener('abort', close);
  broken?.removeEventListener('abort', close);
  if (outcome.summary.length > 0) stdout.write(`${outcome.summary.map(printable).join('\n')}\n`);
  return outcome;
};

/** From the first question to the running platform. */
export const runWizard = (props: OpeningProps, terminal: Terminal): Promise<Outcome> => runView({kind: 'opening', ...props}, terminal);

/** A rollout whose plan was confirmed already. */
export const runRolloutView = (props: RolloutViewProps, terminal: Terminal): Promise<Outcome> =>
  runView({kind: 'rollout', ...props}, terminal);

/** What runs, live. */
export const runStatusView = (props: StatusViewProps, terminal: Terminal): Promise<Outcome> =>
  runView({kind: 'status', ...props}, terminal);
