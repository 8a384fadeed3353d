/** Witnesses of a rollout that know nothing of the program: the engine's events, the process table, the registry's manifests. */
import {readdir, readFile} from 'node:fs/promises';
import {startProgram} from '../helpers/cli.ts';
import type {TestEngine} from '../helpers/engine-for-tests.ts';
import type {Platform} from '../helpers/platform.ts';
import {places} from '../sandbox/protocol.ts';

export interface EngineEvent {
  readonly service: string;
  /** As the engine says it: create, start, `health_status: healthy`. */
  readonly action: string;
}

/** Follows `docker events` of the project's containers, from before anything happens. */
export const followEvents = ({env, engine}: Platform) => {
  const since = String(Math.floor(Date.now() / 1000));
  const filters = ['type=container', 'event=create', 'event=start', 'event=die', 'event=health_status'].flatMap(filter => [
    '--filter',
    filter,
  ]);
  const running = startProgram(['docker', 'events', '--since', since, '--format', '{{json .}}', ...filters], {env, inside: engine.inside});
  const stop = async (): Promise<readonly EngineEvent[]> => {
    running.signal('SIGTERM');
    const {stdout} = await running.finished;
    const records: {Action: string; Actor: {Attributes: Record<string, string>}}[] = stdout
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line));
    return records.map(({Action, Actor}) => ({service: Actor.Attributes['com.docker.compose.service'] ?? '', action: Action}));
  };
  return {stop};
};

const readOr = (path: string) => readFile(path, 'utf8').catch(() => '');

/** Process id to that of its parent. */
const parents = async (): Promise<ReadonlyMap<number, number>> => {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const entries = await Promise.all(
    pids.map(async pid => {
      const afterName = (await readOr(`/proc/${pid}/stat`)).replace(/^.*\) /s, '');
      return [Number(pid), Number(afterName.split(' ')[1])] as const;
    }),
  );
  return new Map(entries);
};

const descendsFrom = (pid: number, ancestor: number, table: ReadonlyMap<number, number>): boolean => {
  for (let current: number | undefined = pid; current !== undefined && current > 1; current = table.get(current)) {
    if (current === ancestor) return true;
  }
  return false;
};

/** Keeps the command lines and environments of a process and all that descend from it, until stopped. */
export const watchDescendants = (pid: number) => {
  const seen = new Set<string>();
  const look = async () => {
    const table = await parents();
    const family = [...table.keys()].filter(candidate => descendsFrom(candidate, pid, table));
    for (const text of await Promise.all(family.flatMap(id => [readOr(`/proc/${id}/cmdline`), readOr(`/proc/${id}/environ`)])))
      seen.add(text);
  };
  const timer = setInterval(() => void look(), 50);
  return {
    stop: () => {
      clearInterval(timer);
      return [...seen].join('\n');
    },
  };
};

interface StoredImages {
  readonly documents: Readonly<Record<string, {readonly text: string}>>;
}

/** First twelve digits of each layer's digest to its size in bytes, as the manifests say; undefined without a registry of our own. */
export const layerSizes = async ({sandbox}: TestEngine): Promise<ReadonlyMap<string, number> | undefined> => {
  if (!sandbox) return undefined;
  const {documents}: StoredImages = JSON.parse(await readFile(places(sandbox.directory).images, 'utf8'));
  const layers = Object.values(documents).flatMap(({text}): readonly {digest: string; size: number}[] => JSON.parse(text).layers ?? []);
  return new Map(layers.map(({digest, size}) => [digest.replace('sha256:', '').slice(0, 12), size]));
};
