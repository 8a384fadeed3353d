/** The wizard, in a terminal. Shows itself before it has read anything: catalogue, profile and engine come after the first frame. */
import {ExitCode, UserError} from '../errors.ts';
import type {Context, Shell} from './context.ts';
import {leaving} from './leaving.ts';

const refuseWithoutTerminal = ({mode}: Shell) => {
  if (mode === 'tty') return;
  throw new UserError('The wizard needs a terminal.', {
    why: 'Standard input and output are not both a terminal that can draw.',
    next: ['Use the commands instead: infra-wizard up --yes, infra-wizard --help.'],
    exitCode: ExitCode.usage,
  });
};

export const wizard = async (shell: Shell, openContext: () => Promise<Context>): Promise<ExitCode> => {
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
    return (await runWizard({open}, {theme: shell.theme, signal: ending.signal})).exitCode;
  } finally {
    await close?.();
  }
};
