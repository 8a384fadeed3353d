import {isWellOverall} from '../display/health-sentence.ts';
import {jsonText} from '../display/json.ts';
import {statusLines, statusNews, statusSentences} from '../display/status.ts';
import {statusDocument} from '../display/status-json.ts';
import type {Engine} from '../engine/engine.ts';
import {ExitCode, UserError} from '../errors.ts';
import type {StatusSnapshot} from '../plan/service-status.ts';
import type {StatusServices} from '../ui/services.ts';
import type {Command, Context} from './context.ts';
import {requireEngine} from './host.ts';
import {withHost} from './plan.ts';
import {writtenSelection} from './project.ts';
import {type StatusInput, statusOnce, watchStatus} from './status-feed.ts';
import {statusInput} from './status-input.ts';
import {rowName} from './status-rows.ts';

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

/** In the live view figures move once a second. */
const liveSampleMs = 1000;

export const statusServices = (input: StatusInput): StatusServices => ({
  watch: (signal, sight) => watchStatus(input, signal, sight ? {sight, sampleMs: liveSampleMs} : {}),
  logs: (service, signal) => followLog(input.engine, input.project, service, signal),
  restart: async service => input.engine.restart((await findService(input.engine, input.project, service)).id),
});

const print = ({flags, accessible, out}: Context, snapshot: StatusSnapshot) => {
  const text = accessible ? statusSentences(snapshot) : statusLines(snapshot);
  out(flags.json ? `${jsonText(statusDocument(snapshot))}\n` : `${text.join('\n')}\n`);
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
    const input = statusInput(context, host, selection);
    if (context.mode === 'tty' && !context.flags.json) {
      const {runStatusView} = await import('../ui/run.tsx');
      return (
        await runStatusView({services: statusServices(input)}, {theme: context.theme, signal: context.signal, broken: context.broken})
      ).exitCode;
    }
    if (context.flags.watch) return follow(context, input);
    const snapshot = await statusOnce(input, context.signal);
    print(context, snapshot);
    return isWellOverall(snapshot) ? ExitCode.done : ExitCode.failed;
  });
};

/** Follows a service's log on standard output. */
export const logsCommand: Command = async context => {
  const {project} = await writtenSelection(context);
  return withHost(context, async host => {
    const {engine} = requireEngine(host);
    for await (const line of followLog(engine, project, context.operands[0] ?? '', context.signal)) context.out(`${line}\n`);
    return context.signal.aborted ? ExitCode.interrupted : ExitCode.done;
  });
};
