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
  const {code, statusCode, message} =
    error instanceof Error ? (error as Error & {code?: unknown; statusCode?: unknown}) : {message: String(error)};
  return {
    errno: typeof code === 'string' ? code : undefined,
    statusCode: typeof statusCode === 'number' ? statusCode : undefined,
    message: printableLine(message.replace(/^\(HTTP code \d+\) [^-]*- /, '')),
  };
};

/**
 * Every error of a request, in the operator's words; what is a UserError already stays as it is.
 * `installed`: whether an engine's program is on this host; undefined when nobody can say.
 */
export const toEngineError = (error: unknown, endpoint: Endpoint, installed: boolean | undefined): UserError => {
  if (error instanceof UserError) return error;
  if (error instanceof TimeLimit) return silent(endpoint, error);
  const {errno, statusCode, message} = failureOf(error);
  if (errno !== undefined) return unreachable(endpoint, errno, installed, error);
  if (/client version \S+ is too (new|old)/i.test(message)) return wrongVersion(message, error);
  const [kind, what] = refusals[statusCode ?? 0] ?? (['failed', 'The Docker Engine refused a request.'] as const);
  return new EngineError(kind, what, {why: `It says: ${message}`, next: [see(endpoint)], cause: error});
};

/** The engine answered, with this HTTP status. */
export const isAnswer = (error: unknown, statusCode: number): boolean =>
  error instanceof EngineError && failureOf(error.cause).statusCode === statusCode;

const refusals: Readonly<Record<number, readonly [EngineErrorKind, string]>> = {
  0: ['failed', 'The Docker Engine gave an answer that cannot be read.'],
  404: ['not-found', 'The Docker Engine does not have it.'],
};

const silent = (endpoint: Endpoint, cause: TimeLimit) =>
  new EngineError('timeout', `The Docker Engine did not answer within ${cause.limitMs / 1000} s.`, {
    why: `It is there, but busy or stuck. ${asking(endpoint)}`,
    next: [see(endpoint), control(endpoint, 'restart')],
    cause,
  });

const wrongVersion = (message: string, cause: unknown) =>
  new EngineError('too-old', 'This version of the Docker Engine cannot be used.', {
    why: `It says: ${message}`,
    next: ['Update it to version 25 or later: https://docs.docker.com/engine/install/.'],
    cause,
  });

const unreachable = (endpoint: Endpoint, errno: string, installed: boolean | undefined, cause: unknown): EngineError => {
  if (errno === 'EACCES' || errno === 'EPERM') return forbidden(endpoint, cause);
  const missing = errno === 'ENOENT' && installed === false;
  const why = missing ? 'It is not installed on this host.' : (reasons[errno] ?? `The system says ${printableLine(errno)}.`);
  const next = missing
    ? ['Install it: https://docs.docker.com/engine/install/.']
    : [...(errno in reasons ? [control(endpoint, 'start'), see(endpoint)] : ['Check the address: docker context ls, echo $DOCKER_HOST.'])];
  return new EngineError('unreachable', 'The Docker Engine cannot be reached.', {why: `${why} ${asking(endpoint)}`, next, cause});
};

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'It is not running.',
  ECONNREFUSED: 'It is not running.',
  ECONNRESET: 'It closed the connection, as it does when it ends.',
  EPIPE: 'It closed the connection, as it does when it ends.',
};

const forbidden = (endpoint: Endpoint, cause: unknown) =>
  new EngineError('permission', 'This user may not talk to the Docker Engine.', {
    why: `The system refuses it. ${asking(endpoint)}`,
    next: ['Run this with sudo.', 'Or join the group, then log in again: sudo usermod -aG docker "$USER".'],
    cause,
  });

/** Where it was asked, and who said so when that was not by default. */
const asking = ({host, from, context = ''}: Endpoint): string => {
  const sources: Readonly<Partial<Record<Endpoint['from'], string>>> = {
    DOCKER_HOST: ', as DOCKER_HOST says',
    DOCKER_CONTEXT: `, of the context ${context}, as DOCKER_CONTEXT says`,
    context: `, of the context ${context}`,
  };
  return printableLine(`Asked at ${host}${sources[from] ?? ''}.`);
};

const control = ({kind, from}: Endpoint, verb: 'start' | 'restart'): string => {
  const name = verb === 'start' ? 'Start' : 'Restart';
  if (from === 'desktop') return `${name} Docker Desktop.`;
  if (from === 'rootless') return `${name} it: systemctl --user ${verb} docker.`;
  return `${name} it${kind === 'tcp' ? ' on its host' : ''}: sudo systemctl ${verb} docker.`;
};

const see = ({from}: Endpoint): string => `See what it says: journalctl ${from === 'rootless' ? '--user ' : ''}-u docker.`;

/** For `catch`: what is asked about is not there. */
export const undefinedIfGone = (error: unknown): undefined => {
  if (!(error instanceof EngineError && error.kind === 'not-found')) throw error;
};

/** For `catch`: an answer that says that there is nothing to do, because it was done already or the thing is gone. */
export const unlessAnswer =
  (...codes: readonly number[]) =>
  (error: unknown): void => {
    if (!codes.some(code => isAnswer(error, code))) throw error;
  };
