/** The engine and compose this run works with, found once; what is missing is kept as a value, since much works without them. */
import {stat} from 'node:fs/promises';
import {connect} from '../engine/client.ts';
import {type ComposeProbe, composeProbe} from '../engine/compose.ts';
import {credentialsFor} from '../engine/credentials.ts';
import {type Endpoint, environmentFor} from '../engine/endpoint.ts';
import type {Engine} from '../engine/engine.ts';
import {findEndpoint} from '../engine/find-endpoint.ts';
import type {Env} from '../engine/process.ts';
import {UserError} from '../errors.ts';
import type {EngineInfo} from '../plan/observed.ts';
import type {HostValues} from '../plan/select.ts';

export interface Host {
  /** Environment for children: they talk to the same engine. */
  readonly env: Env;
  readonly endpoint: Endpoint | undefined;
  readonly engine: Engine | undefined;
  readonly info: EngineInfo | undefined;
  /** Why there is no engine. */
  readonly engineProblem: UserError | undefined;
  /** Version of `docker compose`. */
  readonly compose: string | undefined;
  readonly composeProbe: ComposeProbe;
  /** Why there is no usable compose. */
  readonly composeProblem: UserError | undefined;
  /** Facts of the host that overlays refer to. */
  readonly values: HostValues;
  close(): void;
}

/** Engine and compose, both there. */
export interface ReadyHost extends Host {
  readonly engine: Engine;
  readonly info: EngineInfo;
}

const asUserError = (error: unknown): UserError => {
  if (error instanceof UserError) return error;
  throw error;
};

/**
 * Overlays mount the socket of a local engine, as its containers see it. Docker Desktop runs in a machine of its own, with the socket
 * at the usual path; in a rootless engine the user who runs it is root, and so is the socket's group.
 */
const socketValues = async (endpoint: Endpoint, info: EngineInfo | undefined): Promise<HostValues> => {
  if (endpoint.kind !== 'unix' || endpoint.from === 'desktop' || /docker desktop/i.test(info?.os ?? '')) return new Map();
  const path = endpoint.host.replace(/^unix:\/\//, '');
  const found = await stat(path).catch(() => undefined);
  if (!found) return new Map();
  return new Map([
    ['DOCKER_SOCKET', path],
    ['DOCKER_SOCKET_GID', info?.rootless ? '0' : String(found.gid)],
  ]);
};

const openEngine = async (
  env: Env,
  limitMs: number | undefined,
): Promise<Pick<Host, 'endpoint' | 'engine' | 'info' | 'engineProblem' | 'values'>> => {
  const nothing = {endpoint: undefined, engine: undefined, info: undefined, values: new Map()};
  try {
    const endpoint = await findEndpoint(env);
    const engine = connect(endpoint, {credentials: reference => credentialsFor(reference, {env}), limitMs});
    try {
      await engine.ping();
      const info = await engine.info();
      return {endpoint, engine, info, engineProblem: undefined, values: await socketValues(endpoint, info)};
    } catch (error) {
      engine.close();
      return {...nothing, endpoint, values: await socketValues(endpoint, undefined), engineProblem: asUserError(error)};
    }
  } catch (error) {
    return {...nothing, engineProblem: asUserError(error)};
  }
};

const composeAdvice = [
  'Install the compose plugin of Docker: https://docs.docker.com/compose/install/linux/',
  'infra-wizard doctor says how on this system.',
];

const composeProblems: Readonly<Record<Exclude<ComposeProbe['kind'], 'ready'>, string>> = {
  'v1-only': 'Only the first Compose is installed, which ended in 2023.',
  'no-plugin': 'The docker program is there, but without its compose plugin.',
  'no-cli': 'There is no docker program on this host.',
};

const probeCompose = async (env: Env): Promise<Pick<Host, 'compose' | 'composeProbe' | 'composeProblem'>> => {
  const probe = await composeProbe({env});
  if (probe.kind === 'ready') return {compose: probe.version, composeProbe: probe, composeProblem: undefined};
  const why = composeProblems[probe.kind];
  return {
    compose: undefined,
    composeProbe: probe,
    composeProblem: new UserError('docker compose can not be used.', {why, next: composeAdvice}),
  };
};

export interface HostOptions {
  /** For whatever the engine answers at once. Default 10 000. */
  readonly limitMs?: number | undefined;
}

/** Never throws for what is missing; `close` ends the connections. */
export const openHost = async (env: Env, {limitMs}: HostOptions = {}): Promise<Host> => {
  const [found, compose] = await Promise.all([openEngine(env, limitMs), probeCompose(env)]);
  return {
    env: found.endpoint ? environmentFor(found.endpoint, env) : env,
    ...found,
    ...compose,
    close: () => found.engine?.close(),
  };
};

export const isReady = (host: Host): host is ReadyHost =>
  host.engine !== undefined && host.info !== undefined && host.compose !== undefined;

/** Looking at what runs needs no compose. */
export const requireEngine = (host: Host): Pick<ReadyHost, 'engine' | 'info'> => {
  const {engine, info} = host;
  if (engine && info) return {engine, info};
  throw host.engineProblem ?? new UserError('There is no Docker Engine on this host.');
};

/** For commands that can do nothing without Docker. */
export const requireReady = (host: Host): ReadyHost => {
  if (isReady(host)) return host;
  throw host.engineProblem ?? host.composeProblem ?? new UserError('There is no Docker Engine on this host.');
};
