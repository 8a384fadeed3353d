import {consequenceLines} from '../display/consequences.ts';
import {jsonText} from '../display/json.ts';
import {ExitCode} from '../errors.ts';
import type {Consequences} from '../plan/consequences.ts';
import {formatPlan} from '../plan/format.ts';
import type {RollBackRequest} from '../plan/roll-back.ts';
import {goingBack} from '../workspace/going-back.ts';
import {answersOf, type Command, type Context} from './context.ts';
import {editedAnswer} from './edited.ts';
import {type Host, type HostOptions, openHost} from './host.ts';
import {knownPhase} from './phases.ts';
import {type Prepared, type PrepareInput, prepare} from './prepare.ts';
import {consequencesFor} from './review.ts';

/** Runs something with the engine of this run, and closes the connection after it. */
export const withHost = async <T>({env}: Context, use: (host: Host) => Promise<T>, options: HostOptions = {}): Promise<T> => {
  const host = await openHost(env, options);
  try {
    return await use(host);
  } finally {
    host.close();
  }
};

const diffs = ({observed}: Prepared): readonly string[] =>
  observed.files.flatMap(({state, diff}) => (diff !== undefined && state !== 'same' ? ['', diff.trimEnd()] : []));

const asJson = ({plan, selection, observed}: Prepared, consequences: Consequences) => ({
  ...plan,
  ...consequences,
  components: selection.components,
  notices: selection.notices,
  files: plan.files.map(step => ({...step, diff: observed.files.find(({path}) => path === step.resource)?.diff})),
});

/** What a rollout is asked for: read before an engine is looked for, so that what makes no sense is refused at once. */
export const rolloutInput = async (context: Context): Promise<PrepareInput> => ({
  catalog: context.catalog,
  directory: context.directory,
  answers: await answersOf(context),
  until: knownPhase(context.catalog, context.flags.phase),
  remove: context.flags.remove,
  edited: editedAnswer(context.flags.edited),
});

const unfinishedNote = ({phase}: RollBackRequest) =>
  `Note: A roll back of the phase ${phase} was begun and has not ended: up goes on with it and does none of this; up --forward gives it up.`;

/** What a rollout would do, and why. */
export const planCommand: Command = async context => {
  const input = await rolloutInput(context);
  return withHost(context, async host => {
    const prepared = await prepare(host, input);
    const {plan, selection} = prepared;
    const consequences = consequencesFor(host, context.catalog, prepared);
    const unfinished = await goingBack(context.directory);
    if (context.flags.json) {
      context.out(`${jsonText({...asJson(prepared, consequences), ...(unfinished && {unfinishedRollBack: unfinished.phase})})}\n`);
    } else {
      const reasons = host.engineProblem ? ['', `Without an engine nothing is known to run: ${host.engineProblem.message}`] : [];
      context.print([
        ...formatPlan(plan),
        ...consequenceLines(consequences),
        ...selection.notices.map(notice => `Note: ${notice}`),
        ...(unfinished ? [unfinishedNote(unfinished)] : []),
        ...reasons,
      ]);
      // A difference is what is in the files, line by line.
      context.out(
        diffs(prepared)
          .map(diff => `${diff}\n`)
          .join(''),
      );
    }
    return context.flags.exitCode && (plan.changes || unfinished) ? ExitCode.changes : ExitCode.done;
  });
};
