import {mkdtemp, rm} from 'node:fs/promises';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {UserError} from '../errors.ts';
import {printableLine} from '../printable.ts';
import {tunnel} from './commands.ts';
import type {Endpoint} from './endpoint.ts';
import {inTime, linkSignals} from './limits.ts';
import {type Env, type Exit, type RunningProcess, stream} from './process.ts';

export interface OpenTunnel {
  /** The near end, for ourselves and for compose alike. */
  readonly endpoint: Endpoint;
  /** Ends it and removes its socket. Also done on abort. */
  close(): Promise<void>;
}

export interface TunnelOptions {
  readonly env: Env;
  readonly signal: AbortSignal;
  /** Default 15 000 ms. */
  readonly limitMs?: number | undefined;
}

const remoteSocket = '/var/run/docker.sock';
const pollMs = 50;

/** One SSH connection to the host of an `ssh://` endpoint, for all requests. Throws UserError with ssh's own words when it cannot be made. */
export const openTunnel = async (endpoint: Endpoint, {env, signal, limitMs = 15_000}: TunnelOptions): Promise<OpenTunnel> => {
  signal.throwIfAborted();
  const {username, hostname, port, pathname} = new URL(endpoint.host);
  const destination = username ? `${decodeURIComponent(username)}@${hostname}` : hostname;
  const remote = pathname.length > 1 ? pathname : remoteSocket;
  const directory = await mkdtemp(join(tmpdir(), 'infra-wizard-'));
  const local = join(directory, 'docker.sock');
  const link = linkSignals([signal]);
  const running = stream(tunnel({destination, port: port || undefined, local, remote}), {env, graceMs: 2000, signal: link.signal});
  const ended = drain(running).finally(() => rm(directory, {recursive: true, force: true}));
  const close = async () => {
    link.abort(undefined);
    link.release();
    await ended;
  };
  try {
    await inTime(limitMs, link, Promise.race([answers(local, link.signal), ended.then(refused(destination))]));
  } catch (error) {
    await close();
    signal.throwIfAborted();
    throw error instanceof UserError ? error : refused(destination)({lastLines: [`No connection within ${limitMs / 1000} s.`]});
  }
  return {endpoint: {...endpoint, kind: 'unix', host: `unix://${local}`}, close};
};

const drain = async ({lines, exited}: RunningProcess): Promise<Pick<Exit, 'lastLines'>> => {
  try {
    for await (const _line of lines);
    return await exited;
  } catch (error) {
    return {lastLines: [error instanceof Error ? printableLine(error.message) : '']};
  }
};

/** ssh makes the socket only when the connection stands. */
const answers = async (path: string, signal: AbortSignal): Promise<void> => {
  while (!(await canConnect(path))) await delay(pollMs, undefined, {signal});
};

const canConnect = (path: string): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(path);
    const settle = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });

const refused =
  (destination: string) =>
  ({lastLines}: Pick<Exit, 'lastLines'>): never => {
    throw new UserError(`No SSH connection to ${printableLine(destination)}.`, {
      why: `ssh says: ${lastLines.filter(Boolean).slice(-3).join(' ') || 'nothing'}`,
      next: [
        `Try it: ssh ${printableLine(destination)} docker version.`,
        'It must work without a password: add your key with ssh-copy-id.',
      ],
    });
  };
