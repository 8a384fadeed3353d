/** `docker compose`, run. The environment says which engine: `environmentFor(endpoint, env)`. */
import {ExternalError} from '../errors.ts';
import * as commands from './commands.ts';
import {type ComposeLine, composeLineText, decodeComposeLine} from './compose-line.ts';
import {parseJson} from './lines.ts';
import {type Env, type Finished, lastLinesOf, type ProcessOptions, run, stream} from './process.ts';

export interface ComposeOptions {
  readonly env: Env;
  /** Where COMPOSE_FILE begins, with which a project without `files` names its own. Default: that of this process. */
  readonly cwd?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** `no-plugin`: the docker CLI is there without compose. `v1-only`: only the first Compose, a program of its own that ended with 1.29. */
export type ComposeProbe =
  | {readonly kind: 'ready'; readonly version: string}
  | {readonly kind: 'v1-only'; readonly version: string}
  | {readonly kind: 'no-plugin'}
  | {readonly kind: 'no-cli'};

/** Finds out which compose there is; never throws for one that is missing. */
export const composeProbe = async ({env, signal}: ComposeOptions): Promise<ComposeProbe> => {
  const ask = (argv: readonly string[]) => versionOf(argv, {env, signal, timeoutMs: 10_000});
  const plugin = await ask(commands.composeVersion());
  if (plugin.version !== undefined) return {kind: 'ready', version: plugin.version};
  const old = await ask(commands.composeV1Version());
  if (old.version !== undefined) return {kind: 'v1-only', version: old.version};
  return {kind: plugin.there ? 'no-plugin' : 'no-cli'};
};

const versionOf = async (argv: readonly string[], options: ProcessOptions) => {
  const finished = await run(argv, options).catch((error: unknown) => {
    if (error instanceof ExternalError) return undefined;
    throw error;
  });
  return {there: finished !== undefined, version: finished?.code === 0 ? /\d+\.\d+\.\d+/.exec(finished.stdout)?.[0] : undefined};
};

export interface ResolvedModel {
  /** As `docker compose config --format json` prints it: merged, interpolated, paths absolute. */
  readonly model: unknown;
  /** Service to the hash that compose will give its containers as a label. */
  readonly hashes: ReadonlyMap<string, string>;
}

/** Needs no engine. Throws ExternalError when compose does not accept the files. */
export const resolveModel = async (project: commands.DirectoryOfProject, options: ComposeOptions): Promise<ResolvedModel> => {
  // Without files compose reads COMPOSE_FILE, whose paths begin where it is started, not in the folder of the project.
  const place = project.files === undefined ? {cwd: project.directory} : {};
  const {stdout: input} = await succeed(commands.composeConfig(project), {...options, ...place});
  const {stdout} = await succeed(commands.composeHash(project), {...options, ...place, input});
  const hashes = stdout.split('\n').flatMap(line => {
    const [service, hash] = line.trim().split(' ');
    return service && hash ? [[service, hash] as const] : [];
  });
  return {model: parseJson(input), hashes: new Map(hashes)};
};

const succeed = async (argv: readonly string[], options: ProcessOptions): Promise<Finished> => {
  const finished = await run(argv, {...options, timeoutMs: 60_000});
  if (finished.code !== 0) throw new ExternalError(argv, finished.code, lastLinesOf({...finished, stdout: ''}));
  return finished;
};

/** Creates, recreates or starts exactly these services and yields what compose says. Health is not its business. */
export const composeUp = (
  services: readonly string[],
  project: commands.DirectoryOfProject,
  options: ComposeOptions & commands.UpOptions,
): AsyncIterable<ComposeLine> => progressOf(commands.composeUp(services, project, options), options);

export const composeDown = (
  down: commands.DownOptions,
  project: commands.DirectoryOfProject,
  options: ComposeOptions,
): AsyncIterable<ComposeLine> => progressOf(commands.composeDown(down, project), options);

const lastLinesKept = 20;

/**
 * Throws ExternalError with compose's last words; on abort the signal's reason, after compose has ended: a killed compose leaves
 * containers behind under names of their own, so it is only ever asked to stop.
 */
async function* progressOf(argv: readonly string[], options: ComposeOptions): AsyncGenerator<ComposeLine, void, undefined> {
  const {lines, exited} = stream(argv, {...options, graceMs: Number.POSITIVE_INFINITY});
  const said: ComposeLine[] = [];
  for await (const {line} of lines) {
    const decoded = decodeComposeLine(line);
    if (!decoded.word && !decoded.message) continue;
    said.push(decoded);
    said.splice(0, said.length - lastLinesKept);
    yield decoded;
  }
  const {code} = await exited;
  if (code !== 0) throw new ExternalError(argv, code, said.map(composeLineText));
}
