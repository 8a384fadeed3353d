/**
 * An engine on a unix socket that goes on: containers made from recorded ones, which start, die, come and go when a test says so, and whose
 * counters rise. It answers what the status asks; any other request gets 599 and is kept.
 */
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Endpoint} from '../../source/engine/endpoint.ts';

interface Recorded {
  readonly containers: readonly Record<string, unknown>[];
  readonly inspected: readonly (Record<string, unknown> & {
    readonly State: Record<string, unknown>;
    readonly Config: Record<string, unknown> & {readonly Labels: Record<string, string>};
    readonly HostConfig: Record<string, unknown>;
  })[];
  readonly info: unknown;
  readonly version: unknown;
  readonly stats: Record<string, unknown>;
}

const recorded = (): Recorded =>
  JSON.parse(readFileSync(fileURLToPath(new URL('../engine/recordings/overlay2-answers.json', import.meta.url)), 'utf8')) as Recorded;

type State = 'running' | 'exited';

interface Live {
  readonly id: string;
  readonly service: string;
  readonly labels: Readonly<Record<string, string>>;
  state: State;
  health: 'healthy' | 'unhealthy' | undefined;
  exitCode: number;
  /** Samples that were asked for. */
  samples: number;
}

export interface LiveEngine {
  readonly endpoint: Endpoint;
  /** How often each kind of request came: `list`, `inspect`, `stats`, `events`. */
  readonly asked: Readonly<Record<string, number>>;
  /** Requests it has no answer to. */
  readonly refused: readonly string[];
  /** Ids of the containers, by service. */
  readonly ids: ReadonlyMap<string, string>;
  /** Which containers were measured since the last call. */
  takeMeasured(): ReadonlySet<string>;
  add(service: string, labels?: Readonly<Record<string, string>>): void;
  remove(service: string): void;
  die(service: string, exitCode?: number): void;
  start(service: string): void;
  sicken(service: string): void;
  /** Something changes and no event says so: they are lost when a reader is slow. */
  silently(change: (engine: Pick<LiveEngine, 'add' | 'remove' | 'die' | 'start'>) => void): void;
  /** Stops answering: connections break, and new ones are refused. */
  down(): Promise<void>;
  up(): Promise<void>;
  /** Takes connections and keeps those it has, and answers nothing until the returned function is called, as a process that is stopped. */
  freeze(): () => void;
  close(): Promise<void>;
}

export interface LiveOptions {
  readonly project?: string;
  readonly services: readonly string[];
  /** Labels of all of them. @default those of compose alone */
  readonly labels?: (service: string) => Readonly<Record<string, string>>;
}

const idOf = (service: string, number: number) => createHash('sha256').update(`${service} ${number}`).digest('hex');

export const liveEngine = async ({project = 'recorded', services, labels = () => ({})}: LiveOptions): Promise<LiveEngine> => {
  const record = recorded();
  const [inspected] = record.inspected;
  const [listed] = record.containers;
  if (!inspected || !listed) throw new Error('The recording holds no container.');
  const statsText = JSON.stringify({...record.stats, read: '@READ'});
  const directory = await mkdtemp(join(tmpdir(), 'live-engine-'));
  const path = join(directory, 'docker.sock');
  const world = new Map<string, Live>();
  const streams = new Set<ServerResponse>();
  const asked: Record<string, number> = {list: 0, inspect: 0, stats: 0, events: 0};
  const refused: string[] = [];
  let measured = new Set<string>();
  let made = 0;
  let isSilent = false;
  /** What came while it was frozen. */
  let held: (() => unknown)[] | undefined;

  const labelsOf = ({service, labels: own}: Live): Record<string, string> => ({
    ...inspected.Config.Labels,
    'com.docker.compose.project': project,
    'com.docker.compose.service': service,
    ...own,
  });
  const say = (live: Live, action: string, attributes: Record<string, string> = {}) => {
    if (isSilent) return;
    const at = BigInt(Date.now()) * 1_000_000n;
    const event = {Type: 'container', Action: action, Actor: {ID: live.id, Attributes: {...labelsOf(live), ...attributes}}, scope: 'local'};
    for (const stream of streams) stream.write(`${JSON.stringify(event).slice(0, -1)},"time":${at / 1_000_000_000n},"timeNano":${at}}\n`);
  };
  const found = (service: string): Live => {
    const live = [...world.values()].find(one => one.service === service);
    if (!live) throw new Error(`There is no container of ${service}.`);
    return live;
  };

  const inspectText = (live: Live) => {
    const runs = live.state === 'running';
    const State = {
      ...inspected.State,
      Status: live.state,
      Running: runs,
      ExitCode: live.exitCode,
      FinishedAt: runs ? inspected.State.FinishedAt : new Date().toISOString(),
      Health: live.health && {Status: live.health, FailingStreak: 0, Log: []},
    };
    const Config = {...inspected.Config, Labels: labelsOf(live)};
    const HostConfig = {...inspected.HostConfig, Memory: 2 ** 28, NanoCpus: 1e9, RestartPolicy: {Name: 'unless-stopped'}};
    return JSON.stringify({...inspected, Id: live.id, Name: `/${project}-${live.service}-1`, State, Config, HostConfig});
  };
  const sample = (live: Live) => {
    live.samples += 1;
    measured.add(live.service);
    const now = Date.now();
    return statsText
      .replace('@READ', new Date(now).toISOString())
      .replace(/"total_usage":\d+/, `"total_usage":${live.samples * 20_000_000 + 1}`)
      .replace(/"system_cpu_usage":\d+/, `"system_cpu_usage":${now * 2_000_000}`)
      .replace(/"rx_bytes":\d+/, `"rx_bytes":${live.samples * 5000}`);
  };

  const stream = (live: Live, response: ServerResponse) => {
    response.writeHead(200, {'content-type': 'application/json'});
    response.write(`${sample(live)}\n`);
    const timer = setInterval(() => response.write(`${sample(live)}\n`), 1000);
    response.on('close', () => clearInterval(timer));
  };
  const json = (response: ServerResponse, text: string, status = 200) =>
    response.writeHead(status, {'content-type': 'application/json'}).end(text);
  const gone = (response: ServerResponse) => json(response, '{"message":"No such container"}', 404);

  const answer = (request: IncomingMessage, response: ServerResponse): unknown => {
    const {pathname, searchParams} = new URL(request.url ?? '', 'http://engine');
    const route = `${request.method} ${pathname.replace(/^\/v[\d.]+/, '')}`;
    const [, id = '', what = ''] = /^GET \/containers\/([0-9a-f]{12,64})\/(json|stats)$/.exec(route) ?? [];
    // Docker's own client asks by the first twelve digits.
    const live = world.get(id) ?? [...world.values()].find(one => id !== '' && one.id.startsWith(id));
    if (route === 'GET /_ping' || route === 'HEAD /_ping')
      return response.writeHead(200, {'api-version': '1.48', ostype: 'linux'}).end('OK');
    if (route === 'GET /info') return json(response, JSON.stringify(record.info));
    if (route === 'GET /version') return json(response, JSON.stringify(record.version));
    if (route === 'GET /containers/json') {
      asked.list = (asked.list ?? 0) + 1;
      const all = [...world.values()].map(one => ({
        ...listed,
        Id: one.id,
        Names: [`/${project}-${one.service}-1`],
        Labels: labelsOf(one),
        State: one.state,
      }));
      return json(response, JSON.stringify(all));
    }
    if (route === 'GET /events') {
      asked.events = (asked.events ?? 0) + 1;
      response.writeHead(200, {'content-type': 'application/json'}).flushHeaders();
      streams.add(response);
      return response.on('close', () => streams.delete(response));
    }
    if (what === 'json') {
      asked.inspect = (asked.inspect ?? 0) + 1;
      return live ? json(response, inspectText(live)) : gone(response);
    }
    if (what === 'stats') {
      asked.stats = (asked.stats ?? 0) + 1;
      if (!live) return gone(response);
      return searchParams.get('stream') === 'false' || searchParams.get('stream') === '0'
        ? json(response, sample(live))
        : stream(live, response);
    }
    if (route.startsWith('GET /images/')) return json(response, '{"message":"No such image"}', 404);
    refused.push(route);
    return json(response, '{"message":"unexpected call"}', 599);
  };

  let server: Server | undefined;
  const up = async () => {
    const next = createServer((request, response) => (held ? held.push(() => answer(request, response)) : answer(request, response)));
    server = next;
    await new Promise<void>(resolve => next.listen(path, resolve));
  };
  const down = async () => {
    const last = server;
    server = undefined;
    last?.closeAllConnections();
    await new Promise<void>(resolve => (last ? last.close(() => resolve()) : resolve()));
    streams.clear();
  };

  const changes = {
    add(service: string, own: Readonly<Record<string, string>> = labels(service)) {
      made += 1;
      const live: Live = {id: idOf(service, made), service, labels: own, state: 'running', health: 'healthy', exitCode: 0, samples: 0};
      world.set(live.id, live);
      say(live, 'create');
      say(live, 'start');
    },
    remove(service: string) {
      const live = found(service);
      world.delete(live.id);
      say(live, 'destroy');
    },
    die(service: string, exitCode = 137) {
      const live = Object.assign(found(service), {state: 'exited', health: undefined, exitCode});
      say(live, 'die', {exitCode: String(exitCode)});
    },
    start(service: string) {
      const live = Object.assign(found(service), {state: 'running', health: 'healthy', exitCode: 0, samples: 0});
      say(live, 'start');
    },
  };
  for (const service of services) changes.add(service);
  await up();
  return {
    ...changes,
    endpoint: {kind: 'unix', host: `unix://${path}`, from: 'default'},
    asked,
    refused,
    get ids() {
      return new Map([...world.values()].map(({service, id}) => [service, id]));
    },
    takeMeasured() {
      const taken = measured;
      measured = new Set();
      return taken;
    },
    sicken: service => say(Object.assign(found(service), {health: 'unhealthy'}), 'health_status: unhealthy'),
    silently(change) {
      isSilent = true;
      change(changes);
      isSilent = false;
    },
    down,
    up,
    freeze() {
      held = [];
      return () => {
        const late = held ?? [];
        held = undefined;
        for (const one of late) one();
      };
    },
    async close() {
      await down();
      await rm(directory, {recursive: true, force: true});
    },
  };
};
