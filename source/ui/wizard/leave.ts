/** How the wizard ends when the operator leaves it. Pure. */
import {ExitCode} from '../../errors.ts';
import {stepsOf} from '../components/missing-rows.ts';
import type {Outcome} from '../outcome.ts';
import {startCommand} from '../screens/written.tsx';
import type {WizardState} from './state.ts';

export const missingOf = ({host}: WizardState) => (host.status === 'ready' ? host.value.missing : []);

/** Absolute path of the workspace, once a review has named it. */
export const directoryOf = ({review}: WizardState): string => (review.status === 'ready' ? review.value.directory : 'the workspace');

const writtenSummary = (state: WizardState, paths: readonly string[]): readonly string[] => [
  `${paths.length} ${paths.length === 1 ? 'file' : 'files'} written to ${directoryOf(state)}. Nothing was started.`,
  ...missingOf(state).flatMap(problem => [problem.what, ...stepsOf(problem).map(step => `  ${step}`)]),
  'Start the platform:',
  `  ${startCommand(directoryOf(state))}`,
];

const unchanged: readonly string[] = ['Nothing was changed.'];

const outcomeOf = (state: WizardState, exitCode: Outcome['exitCode']): Outcome => {
  const {screen, trouble} = state;
  if (screen.name === 'written') return {exitCode: ExitCode.done, summary: writtenSummary(state, screen.paths)};
  if (screen.name === 'writing') {
    return trouble
      ? {exitCode: ExitCode.failed, summary: [trouble.what, ...(trouble.why ? [trouble.why] : []), ...trouble.next]}
      : {exitCode: ExitCode.interrupted, summary: ['Interrupted while the files were written. Run infra-wizard again to go on.']};
  }
  return {exitCode, summary: unchanged};
};

/** Leaving before anything was changed is no failure. */
export const quit = (state: WizardState): WizardState => ({...state, leaving: outcomeOf(state, ExitCode.done)});

export const interrupt = (state: WizardState): WizardState => ({...state, leaving: outcomeOf(state, ExitCode.interrupted)});
