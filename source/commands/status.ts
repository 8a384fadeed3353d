import {isWellOverall} from '../display/health-sentence.ts';
import {jsonText} from '../display/json.ts';
import {statusLines, statusNews, statusSentences} from '../display/status.ts';
import {statusDocument} from '../display/status-json.ts';
import type {Engine} from '../engine/engine.ts';
import {ExitCode} from '../errors.ts';
import type {StatusSnapshot} from '../plan/service-status.ts';
import type {Command, Context} from './context.ts';
import {findService} from './find-service.ts';
import {requireEngine} from './host.ts';
import {withHost} from './plan.ts';
import {writtenSelection} from './project.ts';
import {type StatusInput, statusOnce, watchStatus} from './status-feed.ts';
import {statusInput} from './status-input.ts';
import {statusServices, surroundingsOf} from './status-services.ts';

/** Lines of a service's log: the last ones, then what comes, until aborted. */
async function* followLog(engine: Engine, project: string, service: string, signal: AbortSignal, tail = 200): AsyncIterable<string> {
  const {id} = await findService(engine, project, service);
  yield* engine.logs(id, {tail, follow: true, signal});
}

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
    await context.read();
  }
  return ExitCode.interrupted;
};

const liveView = async (
  {theme, signal, broken, err}: Context,
  {idle, ...services}: ReturnType<typeof statusServices>,
): Promise<ExitCode> => {
  const {runStatusView} = await import('../ui/run.tsx');
  const {exitCode} = await runStatusView({services}, {theme, signal, broken});
  const waiting = setTimeout(() => err('What was asked for is being done; waiting for it.\n'), patience);
  await idle().finally(() => clearTimeout(waiting));
  return exitCode;
};

/** Milliseconds until somebody who waits wants to know what for. */
const patience = 300;

/** Live in a terminal; otherwise one table, or one JSON document, and exit 1 when something is not well. */
export const statusCommand: Command = async context => {
  const selection = await writtenSelection(context);
  return withHost(context, async host => {
    const input = statusInput(context, host, selection);
    if (context.mode === 'tty' && !context.flags.json) {
      return liveView(context, statusServices({...input, ...surroundingsOf(context, host.env)}));
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
    for await (const line of followLog(engine, project, context.operands[0] ?? '', context.signal)) {
      context.out(`${line}\n`);
      await context.read();
    }
    return context.signal.aborted ? ExitCode.interrupted : ExitCode.done;
  });
};
