import {jsonText} from '../display/json.ts';
import {statusLines, statusNews, statusSentences} from '../display/status.ts';
import type {Engine} from '../engine/engine.ts';
import {ExitCode, UserError} from '../errors.ts';
import type {StatusSnapshot} from '../plan/service-status.ts';
import type {StatusServices} from '../ui/services.ts';
import type {Command, Context} from './context.ts';
import {requireReady} from './host.ts';
import {withHost} from './plan.ts';
import {writtenSelection} from './project.ts';
import {urlsOf} from './review.ts';
import {rowName, type StatusInput, statusOnce, watchStatus} from './status-feed.ts';

/** Everything that should run does, and nothing says that it is ill. */
const isWell = ({services}: StatusSnapshot) =>
  services.length > 0 &&
  services.every(({state, health, isJob, exitCode}) =>
    isJob ? exitCode === 0 || state === 'running' : state === 'running' && health !== 'unhealthy',
  );

const findService = async (engine: Engine, project: string, service: string) => {
  const containers = await engine.containers(project);
  const found =
    containers.find(container => rowName(container, containers) === service) ?? containers.find(container => container.service === service);
  if (found) return found;
  throw new UserError(`There is no service ${service} in ${project}.`, {
    next: [`Services: ${containers.map(container => rowName(container, containers)).join(', ') || 'none'}.`],
    exitCode: ExitCode.usage,
  });
};

/** Lines of a service's log: the last ones, then what comes, until aborted. */
export async function* followLog(engine: Engine, project: string, service: string, signal: AbortSignal, tail = 200): AsyncIterable<string> {
  const {id} = await findService(engine, project, service);
  yield* engine.logs(id, {tail, follow: true, signal});
}

export const statusServices = (input: StatusInput): StatusServices => ({
  watch: signal => watchStatus(input, signal),
  logs: (service, signal) => followLog(input.engine, input.project, service, signal),
  restart: async service => input.engine.restart((await findService(input.engine, input.project, service)).id),
});

const print = ({flags, accessible, out}: Context, snapshot: StatusSnapshot) => {
  const text = accessible ? statusSentences(snapshot) : statusLines(snapshot);
  out(flags.json ? `${jsonText(snapshot)}\n` : `${text.join('\n')}\n`);
};

/** Everything each time; who hears it gets everything once, and then what is new. */
const follow = async (context: Context, input: StatusInput): Promise<ExitCode> => {
  let before: StatusSnapshot | undefined;
  for await (const snapshot of watchStatus(input, context.signal)) {
    if (!before || !context.accessible || context.flags.json) print(context, snapshot);
    else for (const sentence of statusNews(before, snapshot)) context.out(`${sentence}\n`);
    before = snapshot;
  }
  return ExitCode.interrupted;
};

/** Live in a terminal; otherwise one table, or one JSON document, and exit 1 when something is not well. */
export const statusCommand: Command = async context => {
  const selection = await writtenSelection(context);
  return withHost(context, async host => {
    const {engine} = requireReady(host);
    const input: StatusInput = {engine, project: selection.project, urls: urlsOf(context.catalog, selection)};
    if (context.mode === 'tty' && !context.flags.json) {
      const {runStatusView} = await import('../ui/run.tsx');
      return (
        await runStatusView({services: statusServices(input)}, {theme: context.theme, signal: context.signal, broken: context.broken})
      ).exitCode;
    }
    if (context.flags.watch) return follow(context, input);
    const snapshot = await statusOnce(input);
    print(context, snapshot);
    return isWell(snapshot) ? ExitCode.done : ExitCode.failed;
  });
};

/** Follows a service's log on standard output. */
export const logsCommand: Command = async context => {
  const {project} = await writtenSelection(context);
  return withHost(context, async host => {
    const {engine} = requireReady(host);
    for await (const line of followLog(engine, project, context.operands[0] ?? '', context.signal)) context.out(`${line}\n`);
    return context.signal.aborted ? ExitCode.interrupted : ExitCode.done;
  });
};
