import {ExitCode, UserError} from '../errors.ts';
import type {Failure} from '../events.ts';
import {linksOf} from '../plan/consequences.ts';
import type {Finding} from '../plan/findings.ts';
import {formatPlan} from '../plan/format.ts';
import type {Removal} from '../plan/plan.ts';
import {phaseTitles} from '../plan/removal.ts';
import {type RolloutState, runOf} from '../rollout/state.ts';
import {answersOf, type Command, type Context} from './context.ts';
import {editedAnswer} from './edited.ts';
import {type ExecuteOptions, execute} from './execute.ts';
import {givenSecrets} from './given-secrets.ts';
import {type ReadyHost, requireReady} from './host.ts';
import {leaving} from './leaving.ts';
import {knownPhase} from './phases.ts';
import {withHost} from './plan.ts';
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
  const status = runOf(state)?.status;
  if (status === 'done') return ExitCode.done;
  return status === 'warning' ? ExitCode.interrupted : ExitCode.stopped;
};

const question = ({services}: Removal): string =>
  services.length === 0 ? 'Roll this out? [y/N] ' : `Roll this out, and remove ${services.map(({service}) => service).join(', ')}? [y/N] `;

const confirm = async (context: Context, {plan}: Prepared): Promise<boolean> => {
  if (context.flags.yes || !plan.changes) return true;
  const answer = await context.ask(question(plan.removal));
  if (answer === undefined) {
    throw new UserError('Nothing was changed: the plan was not confirmed.', {
      why: 'There is no terminal to ask.',
      next: ['Add --yes to roll out without asking.'],
      exitCode: ExitCode.usage,
    });
  }
  return /^y(es)?$/i.test(answer.trim());
};

const stop = async (_: readonly Failure[]) => 'stop' as const;

/** What the flags say about the rollout. */
type Decided = Pick<ExecuteOptions, 'ignored' | 'secrets'>;

const showPlain = async (context: Context, host: ReadyHost, prepared: Prepared, options: Decided): Promise<ExitCode> => {
  const lines = context.accessible && !context.flags.yes ? context.converse('stderr', context.signal) : undefined;
  const {askDecision} = await import('../ui/accessible/rollout.ts');
  const decide = lines ? (failures: readonly Failure[]) => askDecision(lines, failures) : stop;
  try {
    return rolloutExitCode(await showLines(context, execute(host, prepared, {...options, signal: context.signal, decide})));
  } finally {
    lines?.close();
  }
};

const showTty = async (context: Context, host: ReadyHost, prepared: Prepared, options: Decided): Promise<ExitCode> => {
  const {runRolloutView} = await import('../ui/run.tsx');
  const ending = leaving(context.signal);
  const {exitCode} = await runRolloutView(
    {
      open: ({signal, decide}) =>
        ending.while(
          execute(host, prepared, {
            ...options,
            signal: AbortSignal.any([signal, context.signal]),
            decide,
          }),
        ),
      titles: phaseTitles(prepared.plan),
      links: linksOf(context.catalog, prepared.selection),
    },
    {theme: context.theme, signal: ending.signal, broken: context.broken},
  );
  return exitCode;
};

const sayLinks = (context: Context, {selection}: Prepared) => {
  for (const {title, url, login} of linksOf(context.catalog, selection)) context.out(`${title}: ${url}${login ? ` (${login})` : ''}\n`);
};

/** Writes, pulls, rolls out and waits for health, phase by phase. */
export const upCommand: Command = async context => {
  const answers = await answersOf(context);
  const edited = editedAnswer(context.flags.edited);
  const until = knownPhase(context.catalog, context.flags.phase);
  const ignored = ignoredChecks(context.flags);
  const secrets = await givenSecrets(context, answers);
  return withHost(context, async host => {
    const ready = requireReady(host);
    const prepared = await prepare(ready, {
      catalog: context.catalog,
      directory: context.directory,
      answers,
      until,
      remove: context.flags.remove,
      edited,
    });
    const findings = await preflight(ready, context.catalog, prepared, {ignored});
    refuseBlocked(findings);
    if (context.mode !== 'quiet' && context.mode !== 'json') {
      const warnings = findings.filter(({level}) => level === 'warning').map(({id, what}) => `Warning ${id}: ${what}`);
      context.err(`${[...formatPlan(prepared.plan), ...warnings].join('\n')}\n`);
    }
    if (!(await confirm(context, prepared))) {
      context.err('Nothing was changed.\n');
      return ExitCode.done;
    }
    const show = context.mode === 'tty' ? showTty : showPlain;
    const exitCode = await show(context, ready, prepared, {ignored, secrets});
    if (exitCode === ExitCode.done && context.mode !== 'tty') sayLinks(context, prepared);
    return exitCode;
  });
};
