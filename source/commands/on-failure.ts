/** `--on-failure`: what is answered when nobody is asked. */
import {ExitCode, UserError} from '../errors.ts';
import type {Decide} from '../ui/services.ts';

const words = ['stop', 'continue', 'roll-back'] as const;
export type OnFailure = (typeof words)[number];

/** Throws UserError (exit 2) for a word that is not known. */
export const onFailureAnswer = (word: string | undefined): OnFailure | undefined => {
  const known = words.find(one => one === word);
  if (word === undefined || known) return known;
  throw new UserError(`--on-failure can not be "${word}".`, {
    next: [`It is one of: ${words.join(', ')}.`],
    exitCode: ExitCode.usage,
  });
};

/** Going on is no answer where something that is needed failed. */
export const answering =
  (answer: OnFailure): Decide =>
  async (failures, rollBack) => {
    if (answer === 'continue') return failures.every(({dispensable}) => dispensable) ? 'continue' : 'stop';
    return answer === 'roll-back' && rollBack ? 'roll-back' : 'stop';
  };

/** Nobody is waited for once the run is asked to end: a terminal that was lost gives no answer, and the lock would be held for ever. */
export const untilAborted =
  (decide: Decide, signal: AbortSignal): Decide =>
  (failures, rollBack) => {
    const ended = new Promise<'stop'>(resolve => {
      if (signal.aborted) resolve('stop');
      else signal.addEventListener('abort', () => resolve('stop'), {once: true});
    });
    return Promise.race([decide(failures, rollBack), ended]);
  };
