/** A shell in a container, on this terminal. Needs the docker program: it alone leads a terminal through and back. */
import {ExternalError, UserError} from '../errors.ts';
import {shellIn, shellProbe} from './commands.ts';
import {attach, type Env, run} from './process.ts';

/** The most comfortable first. */
const shells = ['bash', 'sh', 'ash'];

export interface ShellOptions {
  readonly env: Env;
  readonly signal?: AbortSignal | undefined;
}

/** docker passes on 126 and 127 of a program that is not there or can not be run; 1 is an answer of its own. */
const hasShell = async (id: string, shell: string, options: ShellOptions): Promise<boolean> => {
  const {code, stderr} = await run(shellProbe(id, shell), {...options, timeoutMs: 15_000}).catch((error: unknown) => {
    throw error instanceof ExternalError ? cannotAsk(error) : error;
  });
  if (code === 0) return true;
  if (code === 126 || code === 127 || /executable file not found|no such file/i.test(stderr)) return false;
  throw new UserError('A shell could not be opened.', {why: lastLine(stderr), next: ['See whether it runs: its state is in the table.']});
};

const cannotAsk = (cause: ExternalError) =>
  new UserError('A shell could not be opened.', {
    why: `The docker program did not do it: ${cause.lastLines.join(' ')}`,
    next: ['A shell needs the docker program on this host: infra-wizard doctor says how it is installed.'],
    cause,
  });

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? '';

/** Undefined when the image has none, as those that hold a single program. Throws UserError without a docker program. */
export const findShell = async (id: string, options: ShellOptions): Promise<string | undefined> => {
  for (const shell of shells) if (await hasShell(id, shell, options)) return shell;
  return undefined;
};

/** Until it is left. Its exit code is that of the last thing that was typed, and nobody's failure. */
export const openShell = async (id: string, shell: string, options: ShellOptions): Promise<void> => {
  await attach(shellIn(id, shell), options);
};
