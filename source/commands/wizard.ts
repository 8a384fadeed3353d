/** The wizard, in a terminal. Shows itself before it has read anything: catalogue, profile and engine come after the first frame. */
import {ExitCode, UserError} from '../errors.ts';
import type {Context, Shell} from './context.ts';
import {leaving} from './leaving.ts';
import type {LineTerminal} from './line-terminal.ts';

const refuseWithoutTerminal = ({mode, accessible}: Shell) => {
  if (mode === 'tty') return;
  if (accessible) {
    throw new UserError('The wizard needs a terminal to answer at.', {
      why: 'Standard input is none. Numbers that are piped in would pick whatever stands at their place in another version.',
      next: ['Use the commands instead: infra-wizard up --yes, infra-wizard --help.'],
      exitCode: ExitCode.usage,
    });
  }
  throw new UserError('The wizard needs a terminal.', {
    why: 'Standard input and output are not both a terminal that can draw.',
    next: ['Use the commands instead: infra-wizard up --yes, infra-wizard --help.'],
    exitCode: ExitCode.usage,
  });
};

const cannotDraw = 'This terminal can not draw (TERM is dumb), so the wizard asks line by line.';

/** Nothing is drawn: everything is said once and answered by typing. */
const conversation = async (shell: Shell, openContext: () => Promise<Context>, lines: LineTerminal): Promise<ExitCode> => {
  const {converse} = await import('../ui/accessible/conversation.ts');
  const {openWizard} = await import('./wizard-services.ts');
  if (!shell.accessible) lines.say([cannotDraw]);
  const {services, ...start} = await openWizard(await openContext(), leaving(shell.signal));
  try {
    return await converse({services, ...start}, lines);
  } finally {
    lines.close();
    await services.close();
  }
};

export const wizard = async (shell: Shell, openContext: () => Promise<Context>): Promise<ExitCode> => {
  const isDumb = shell.mode === 'plain' && shell.flags.progress === undefined && shell.env.TERM === 'dumb';
  const lines = shell.accessible || isDumb ? shell.converse('stdout', shell.signal) : undefined;
  if (lines) return conversation(shell, openContext, lines);
  refuseWithoutTerminal(shell);
  const {runWizard} = await import('../ui/run.tsx');
  const ending = leaving(shell.signal);
  let close: (() => Promise<void>) | undefined;
  const open = async () => {
    const {openWizard} = await import('./wizard-services.ts');
    const props = await openWizard(await openContext(), ending);
    close = props.services.close;
    return props;
  };
  try {
    return (await runWizard({open}, {theme: shell.theme, signal: ending.signal, broken: shell.broken})).exitCode;
  } finally {
    await close?.();
  }
};
