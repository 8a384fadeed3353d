/** What went wrong at the border to the engine, in the operator's words. Pure. */
import {UserError, type UserErrorOptions} from '../errors.ts';
import {printableLine} from '../printable.ts';
import type {Endpoint} from './endpoint.ts';

/** `unreachable`: no connection, or lost. `not-found`: the engine has no such thing. `failed`: it answered, and refused. */
export type EngineErrorKind = 'unreachable' | 'permission' | 'timeout' | 'too-old' | 'not-found' | 'failed';

export class EngineError extends UserError {
  readonly kind: EngineErrorKind;

  constructor(kind: EngineErrorKind, what: string, options: UserErrorOptions) {
    super(what, options);
    this.kind = kind;
  }
}

/** Put in place of an answer that did not come. */
export class TimeLimit extends Error {
  readonly limitMs: number;

  constructor(limitMs: number) {
    super(`no answer within ${limitMs / 1000} s`);
    this.limitMs = limitMs;
  }
}

/** What a failed request said. */
interface RequestFailure {
  /** Of the system, for example ECONNREFUSED. */
  readonly errno: string | undefined;
  readonly statusCode: number | undefined;
  /** Printable, without dockerode's frame around it. */
  readonly message: string;
}

export const failureOf = (error: unknown): RequestFailure => {
  const {code, statusCode, message} = error instanceof Error ? (error as Error & {code?: unknown; statusCode?: unknown}) : {message: String(error)};
  return {
    errno: typeof code === 'string' ? code : undefined,
    statusCode: typeof statusCode === 'number' ? statusCode : undefined,
    message: printableLine(message.replace(/^\(HTTP code \d+\) [^-]*- /, '')),
  };
};

const start = 'Start it: sudo systemctl start docker.';
const see = 'See what it says: journalctl -u docker.';

const unreachable = (endpoint: Endpoint, why: string, next: readonly string[], cause: unknown) =>
  new EngineError('unreachable', 'The Docker Engine cannot be reached.', {why: `${why} ${asking(endpoint)}`, next, cause});

const asking = ({host, from, context}: Endpoint): string => {
  const reasons: Readonly<Record<Endpoint['from'], string>> = {
    DOCKER_HOST: ' (DOCKER_HOST says so)',
    DOCKER_CONTEXT: ` (context ${context ?? ''}, DOCKER_CONTEXT says so)`,
    context: ` (context ${context ?? ''})`,
    rootless: '',
    desktop: '',
    default: '',
  };
  return `Asked at ${printableLine(host)}${printableLine(reasons[from])}.`;
};

/** @param installed whether an engine's program is on this host; undefined when the engine is on another one. */
export const toEngineError = (error: unknown, endpoint: Endpoint, installed: boolean | undefined): EngineError => {
  if (error instanceof EngineError) return error;
  if (error instanceof TimeLimit) return silent(endpoint, error);
  const {errno, statusCode, message} = failureOf(error);
  if (errno === 'EACCES' || errno === 'EPERM') return forbidden(endpoint, error);
  if (errno !== undefined) return lost(endpoint, errno, installed, error);
  if (/client version \S+ is too (new|old)/i.test(message)) return wrongVersion(message, error);
  return new EngineError(statusCode === 404 ? 'not-found' : 'failed', 'The Docker Engine refused a request.', {
    why: `It says: ${message}`,
    next: [see],
    cause: error,
  });
};

const silent = (endpoint: Endpoint, cause: TimeLimit) =>
  new EngineError('timeout', `The Docker Engine did not answer within ${cause.limitMs / 1000} s.`, {
    why: `It is there, but busy or stuck. ${asking(endpoint)}`,
    next: [see, 'Restart it: sudo systemctl restart docker.'],
    cause,
  });

const forbidden = (endpoint: Endpoint, cause: unknown) =>
  new EngineError('permission', 'This user may not talk to the Docker Engine.', {
    why: `The system refuses it. ${asking(endpoint)}`,
    next: ['Run this with sudo.', 'Or join the group, then log in again: sudo usermod -aG docker "$USER".'],
    cause,
  });

const lost = (endpoint: Endpoint, errno: string, installed: boolean | undefined, cause: unknown): EngineError => {
  if (errno === 'ENOENT' && installed === false) {
    return unreachable(endpoint, 'It is not installed on this host.', ['Install it: https://docs.docker.com/engine/install/.'], cause);
  }
  if (errno === 'ENOENT' || errno === 'ECONNREFUSED') return unreachable(endpoint, 'It is not running.', [start, see], cause);
  if (errno === 'ECONNRESET' || errno === 'EPIPE') return unreachable(endpoint, 'It closed the connection, as it does when it ends.', [start, see], cause);
  if (errno === 'ENOTFOUND' || errno === 'EAI_AGAIN') {
    return unreachable(endpoint, 'The name of its host is not known.', ['Check the address: docker context ls, DOCKER_HOST.'], cause);
  }
  return unreachable(endpoint, `The system says ${errno}.`, ['Check the address: docker context ls, DOCKER_HOST.'], cause);
};

const wrongVersion = (message: string, cause: unknown) =>
  new EngineError('too-old', 'This version of the Docker Engine cannot be used.', {
    why: `It says: ${message}.`,
    next: ['Update it to version 25 or later: https://docs.docker.com/engine/install/.'],
    cause,
  });
