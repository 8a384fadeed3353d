import {ExitCode, UserError} from '../errors.ts';
import type {ResourceEvent} from '../events.ts';
import {linksOf} from '../plan/consequences.ts';
import type {Finding} from '../plan/findings.ts';
import {formatPlan} from '../plan/format.ts';
import type {Removal} from '../plan/plan.ts';
import {phaseTitles} from '../plan/removal.ts';
import type {RollBackRequest} from '../plan/roll-back.ts';
import {rollBackLines} from '../plan/roll-back-text.ts';
import {type RolloutState, rolledBack, runOf} from '../rollout/state.ts';
import type {Decide} from '../ui/services.ts';
import {goingBack} from '../workspace/going-back.ts';
import type {Command, Context} from './context.ts';
import {type ExecuteOptions, execute, executeUnfinished} from './execute.ts';
import {findRollBack} from './find-roll-back.ts';
import {givenSecrets} from './given-secrets.ts';
import {type ReadyHost, requireReady} from './host.ts';
import {leaving} from './leaving.ts';
import {answering, type OnFailure, onFailureAnswer} from './on-failure.ts';
import {rolloutInput, withHost} from './plan.ts';
import {ignoredChecks, preflight} from './preflight.ts';
import {type Prepared, prepare} from './prepare.ts';
import {showLines} from './show.ts';

/** Throws UserError with exit code 3 when a check forbids the rollout. */
export const refuseBlocked = (findings: readonly Finding[]): void => {
  const blocking = findings.filter(({level}) => level === 'blocking');
  if (blocking.length === 0) return;
  throw new UserError('This host is not ready for the rollout; nothing was changed.', {
    why: blocking.map(({id, what}) => `${id}: ${what}`).join('\n'),
    next: [...blocking.flatMap(({next}) => next), `To go on all the same: ${blocking.map(({id}) => `--ignore ${id}`).join(' ')}`],
    exitCode: ExitCode.refused,
  });
};

/** The exit code of a rollout that ran to its end, whatever that was. */
export const rolloutExitCode = (state: RolloutState): ExitCode => {
  const run = runOf(state);
  if (run?.status === 'done') return ExitCode.done;
  if (run?.text === rolledBack) return ExitCode.failed;
  return run?.status === 'warning' ? ExitCode.interrupted : ExitCode.stopped;
};

const question = ({services}: Removal): string =>
  services.length === 0 ? 'Roll this out? [y/N] ' : `Roll this out, and remove ${services.map(({service}) => service).join(', ')}? [y/N] `;

const confirm = async (context: Context, asked: string): Promise<boolean> => {
  if (context.flags.yes) return true;
  const answer = await context.ask(asked);
  if (answer === undefined) {
    throw new UserError('Nothing was changed: the plan was not confirmed.', {
      why: 'There is no terminal to ask.',
      next: ['Add --yes to roll out without asking.'],
      exitCode: ExitCode.usage,
    });
  }
  return /^y(es)?$/i.test(answer.trim());
};

/** What is shown of a rollout, or of a roll back. */
interface Shown {
  readonly open: (options: Pick<ExecuteOptions, 'signal' | 'decide'>) => AsyncIterable<ResourceEvent>;
  readonly titles: ReadonlyMap<string, string>;
  readonly links: ReturnType<typeof linksOf>;
}

const showPlain = async (context: Context, {open}: Shown, onFailure: OnFailure | undefined): Promise<ExitCode> => {
  const asks = context.accessible && !context.flags.yes && onFailure === undefined;
  const lines = asks ? context.converse('stderr', context.signal) : undefined;
  const {askDecision} = await import('../ui/accessible/rollout.ts');
  const decide: Decide = lines ? (failures, rollBack) => askDecision(lines, failures, rollBack) : answering(onFailure ?? 'stop');
  try {
    return rolloutExitCode(await showLines(context, open({signal: context.signal, decide})));
  } finally {
    lines?.close();
  }
};

const showTty = async (context: Context, {open, titles, links}: Shown, onFailure: OnFailure | undefined): Promise<ExitCode> => {
  const {runRolloutView} = await import('../ui/run.tsx');
  const ending = leaving(context.signal);
  const {exitCode} = await runRolloutView(
    {
      open: ({signal, decide}) =>
        ending.while(
          open({
            signal: AbortSignal.any([signal, context.signal]),
            decide: onFailure === undefined ? decide : answering(onFailure),
          }),
        ),
      titles,
      links,
    },
    {theme: context.theme, signal: ending.signal, broken: context.broken},
  );
  return exitCode;
};

const show = (context: Context, shown: Shown, onFailure: OnFailure | undefined): Promise<ExitCode> =>
  context.mode === 'tty' ? showTty(context, shown, onFailure) : showPlain(context, shown, onFailure);

const sayLinks = (context: Context, {selection}: Prepared) => {
  context.print(linksOf(context.catalog, selection).map(({title, url, login}) => `${title}: ${url}${login ? ` (${login})` : ''}`));
};

/** A roll back that was cut off comes before anything new. */
const goOnRollingBack = async (context: Context, host: ReadyHost, request: RollBackRequest): Promise<ExitCode> => {
  const ground = {catalog: context.catalog, directory: context.directory};
  const {rollBack} = await findRollBack(host, ground, request);
  if (context.mode !== 'quiet' && context.mode !== 'json') {
    context.note(['A roll back was begun and has not ended.', ...rollBackLines(rollBack)]);
  }
  if (!(await confirm(context, 'Go on with the roll back? [y/N] '))) {
    context.note(['Nothing was changed. To give the roll back up instead: infra-wizard up --forward']);
    return ExitCode.done;
  }
  const titles = new Map(context.catalog.platform.phases.map(({id, title}) => [id, title] as const));
  return show(
    context,
    {open: controls => executeUnfinished(host, ground, request, controls), titles, links: []},
    context.flags.onFailure === undefined ? undefined : 'stop',
  );
};

/** Writes, pulls, rolls out and waits for health, phase by phase. */
export const upCommand: Command = async context => {
  const input = await rolloutInput(context);
  const onFailure = onFailureAnswer(context.flags.onFailure);
  const ignored = ignoredChecks(context.flags);
  const secrets = await givenSecrets(context, input.answers);
  return withHost(context, async host => {
    const ready = requireReady(host);
    const unfinished = await goingBack(context.directory);
    if (unfinished && !context.flags.forward) return goOnRollingBack(context, ready, unfinished);
    const prepared = await prepare(ready, input);
    const findings = await preflight(ready, context.catalog, prepared, {ignored});
    refuseBlocked(findings);
    if (context.mode !== 'quiet' && context.mode !== 'json') {
      const warnings = findings.filter(({level}) => level === 'warning').map(({id, what}) => `Warning ${id}: ${what}`);
      context.note([...formatPlan(prepared.plan), ...warnings]);
    }
    if (prepared.plan.changes && !(await confirm(context, question(prepared.plan.removal)))) {
      context.err('Nothing was changed.\n');
      return ExitCode.done;
    }
    const exitCode = await show(
      context,
      {
        open: controls => execute(ready, prepared, {...controls, ignored, secrets, forward: context.flags.forward}),
        titles: phaseTitles(prepared.plan),
        links: linksOf(context.catalog, prepared.selection),
      },
      onFailure,
    );
    await context.read();
    if (exitCode === ExitCode.done && context.mode !== 'tty') sayLinks(context, prepared);
    return exitCode;
  });
};
