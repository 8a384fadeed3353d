/** Services of recorded data: what the program gets from the outside, without an outside. */
import type {Failure, ResourceEvent} from '../../source/events.ts';
import type {Answers} from '../../source/plan/answers.ts';
import type {RollBack} from '../../source/plan/roll-back.ts';
import type {Decide, StatusServices, WizardServices} from '../../source/ui/services.ts';
import {checked} from './checked.ts';
import * as recorded from './fixtures.ts';
import {details, logLines} from './service-details.ts';

const endOf = (signal: AbortSignal) =>
  new Promise<void>(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), {once: true});
  });

/** Says everything at once and then goes on without a word until it is ended. */
export async function* standing<T>(items: readonly T[], signal: AbortSignal): AsyncGenerator<T, void> {
  yield* items;
  await endOf(signal);
}

const failing = (name: string) => async (): Promise<never> => {
  throw new Error(`${name} was not expected`);
};

export const statusServices = (changes: Partial<StatusServices> = {}): StatusServices => ({
  watch: signal => standing([recorded.snapshot], signal),
  details: (_, signal) => standing([details], signal),
  logs: (_, signal) => standing([logLines], signal),
  saveLog: failing('saveLog'),
  dependents: async () => ['login', 'worker'],
  restart: async () => undefined,
  stop: async () => undefined,
  start: async () => undefined,
  apply: failing('apply'),
  shell: failing('shell'),
  open: failing('open'),
  ...changes,
});

/** What the wizard asked of the outside, in order. */
export type Calls = (readonly [name: string, ...details: unknown[]])[];

const wizardServices = (changes: Partial<WizardServices> = {}): WizardServices => ({
  inspectHost: async () => recorded.host,
  check: async () => checked,
  review: async () => recorded.review,
  write: failing('write'),
  rollout: ({signal}) => standing(recorded.midway, signal),
  saveProfile: failing('saveProfile'),
  secrets: {present: async () => [], reveal: failing('reveal')},
  profiles: {list: async () => [], change: failing('change')},
  status: statusServices(),
  ...changes,
});

/** Writes down what is called, and lets everything succeed. */
export const recordingServices = (calls: Calls, changes: Partial<WizardServices> = {}): WizardServices =>
  wizardServices({
    review: async (answers: Answers) => {
      calls.push(['review', answers]);
      return recorded.review;
    },
    write: async (answers: Answers) => {
      calls.push(['write', answers]);
      return recorded.writtenPaths;
    },
    saveProfile: async (name: string, answers: Answers) => {
      calls.push(['saveProfile', name, answers]);
    },
    ...changes,
  });

/** A rollout that fails at `login`, asks, and does as it is told. */
export async function* failingRollout(
  failures: readonly Failure[],
  decide: Decide,
  rollBack?: RollBack,
): AsyncGenerator<ResourceEvent, void> {
  yield* recorded.midway;
  const at = recorded.start + 30_000;
  for (const failure of failures) {
    yield {
      id: `service/${failure.service}`,
      kind: 'service',
      parentId: 'phase/authentication',
      status: 'error',
      text: 'Failed',
      details: failure.reason,
      at,
      failure,
    };
  }
  const decision = await decide(failures, rollBack);
  for (const {service} of failures) {
    yield {id: `service/${service}`, kind: 'service', parentId: 'phase/authentication', status: 'done', text: 'Healthy', at};
  }
  if (decision !== 'stop') yield* recorded.finished;
  else yield {id: 'run', kind: 'run', status: 'error', text: 'Stopped', details: 'What runs is left as it is.', at};
}
