import {createReadStream} from 'node:fs';
import {stat} from 'node:fs/promises';
import type {IncomingMessage, ServerResponse} from 'node:http';
import type {ImageStore} from './image-store.ts';
import type {Fault, LoggedRequest} from './protocol.ts';
import {bearerOf, challenge, grantToken} from './registry-tokens.ts';
import {Throttle} from './throttle.ts';

type Request = IncomingMessage;
type Response = ServerResponse;

/** A read-only registry with tokens, ranges, a speed limit, and faults on demand. */
export class Registry {
  readonly throttle: Throttle;
  readonly requests: LoggedRequest[] = [];
  readonly #store: ImageStore;
  readonly #faults = new Map<string, {fault: Fault; left: number}>();

  constructor(store: ImageStore, bytesPerSecond: number | undefined) {
    this.#store = store;
    this.throttle = new Throttle(bytesPerSecond);
  }

  fail(repository: string, fault: Fault): void {
    const times = 'times' in fault ? fault.times : undefined;
    this.#faults.set(repository, {fault, left: times ?? Number.POSITIVE_INFINITY});
  }

  clear(): void {
    this.#faults.clear();
  }

  readonly handle = (request: Request, response: Response): void => {
    const entry = {method: request.method ?? '', host: request.headers.host ?? '', path: request.url ?? ''};
    response.once('close', () => this.requests.push({...entry, status: response.statusCode}));
    this.#route(request, response).catch(() => response.destroy());
  };

  async #route(request: Request, response: Response): Promise<void> {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (path === '/token') return grantToken(request, response, this.#credentials());
    const [, repository = '', kind, name = ''] = /^\/v2\/(.+)\/(manifests|blobs)\/([^/]+)$/.exec(path) ?? [];
    const identity = bearerOf(request);
    if (identity === undefined) return challenge(request, response, repository);
    if (kind === undefined) return path === '/v2/' ? answer(response, 200, '{}') : refuse(response, 404, 'UNSUPPORTED', 'no such endpoint');
    if (this.#private(repository, identity)) return challenge(request, response, repository, ',error="insufficient_scope"');
    const entry = this.#faults.get(repository);
    if (entry?.fault.kind === 'status' && `${entry.fault.at}s` === kind && entry.left > 0) {
      const {status, code, message, retryAfter} = entry.fault;
      entry.left -= 1;
      if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
      return refuse(response, status, code ?? codeOf(status), message);
    }
    return kind === 'manifests' ? this.#manifest(request, response, repository, name) : this.#blob(request, response, repository, name);
  }

  #manifest(request: Request, response: Response, repository: string, name: string): void {
    const tag = this.#store.tags[`${request.headers.host}/${repository}:${name}`] ?? this.#store.tags[`${repository}:${name}`];
    const digest = tag ?? name;
    const document = this.#store.documents[digest];
    if (document) {
      response.setHeader('docker-content-digest', digest);
      answer(response, 200, document.text, document.mediaType, request.method === 'HEAD');
    } else refuse(response, 404, 'MANIFEST_UNKNOWN');
  }

  async #blob(request: Request, response: Response, repository: string, digest: string): Promise<void> {
    const document = this.#store.documents[digest];
    if (document) return answer(response, 200, document.text, 'application/octet-stream', request.method === 'HEAD');
    const file = this.#store.layers[digest];
    if (!file) return refuse(response, 404, 'BLOB_UNKNOWN', 'blob unknown to registry');
    const {size} = await stat(file);
    const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const range = from > 0 ? {'content-range': `bytes ${from}-${size - 1}/${size}`} : {};
    response.writeHead(from > 0 ? 206 : 200, {
      'content-type': 'application/octet-stream',
      'content-length': size - from,
      'accept-ranges': 'bytes',
      ...range,
    });
    if (request.method === 'HEAD') return void response.end();
    await this.#send(response, file, from, repository);
  }

  /** Streams a layer at the shared rate, up to where a fault cuts or stalls it. */
  async #send(response: Response, file: string, from: number, repository: string): Promise<void> {
    const limit = this.#limit(repository);
    const turned = this.#turned(repository);
    let sent = 0;
    for await (const piece of createReadStream(file, {start: from, highWaterMark: this.throttle.chunkSize})) {
      const chunk: Buffer = piece.subarray(0, limit - sent);
      const at = turned === undefined ? -1 : turned - from - sent;
      if (at >= 0 && at < chunk.length) chunk[at] = (chunk[at] ?? 0) ^ 1;
      await this.throttle.take(chunk.length);
      if (response.destroyed) return;
      if (!response.write(chunk)) await drained(response);
      sent += chunk.length;
      if (sent >= limit) return this.#cut(response, repository);
    }
    response.end();
  }

  #limit(repository: string): number {
    const entry = this.#faults.get(repository);
    return entry && entry.left > 0 && 'afterBytes' in entry.fault ? entry.fault.afterBytes : Number.POSITIVE_INFINITY;
  }

  /** The place of the byte that goes out wrong. */
  #turned(repository: string): number | undefined {
    const entry = this.#faults.get(repository);
    if (entry?.fault.kind !== 'corrupt' || entry.left <= 0) return undefined;
    entry.left -= 1;
    return entry.fault.atByte;
  }

  #cut(response: Response, repository: string): void {
    const entry = this.#faults.get(repository);
    if (!entry || entry.fault.kind === 'stall') return;
    entry.left -= 1;
    response.socket?.resetAndDestroy();
  }

  #credentials(): readonly string[] {
    return [...this.#faults.values()].flatMap(({fault}) => (fault.kind === 'credentials' ? [`${fault.username}:${fault.password}`] : []));
  }

  #private(repository: string, identity: string): boolean {
    const fault = this.#faults.get(repository)?.fault;
    return fault?.kind === 'credentials' && identity !== `${fault.username}:${fault.password}`;
  }
}

/** Resolves when a full response takes bytes again, or is gone. */
function drained(response: Response): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

const codes: Readonly<Record<number, string>> = {401: 'UNAUTHORIZED', 403: 'DENIED', 404: 'MANIFEST_UNKNOWN', 429: 'TOOMANYREQUESTS'};

function codeOf(status: number): string {
  return codes[status] ?? 'UNKNOWN';
}

const messages: Readonly<Record<string, string>> = {
  UNAUTHORIZED: 'authentication required',
  DENIED: 'requested access to the resource is denied',
  MANIFEST_UNKNOWN: 'manifest unknown',
  TOOMANYREQUESTS: 'You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
};

/** Always with a detail, as real registries do: docker has other words for an error without one. */
function refuse(response: Response, status: number, code: string, message = messages[code] ?? 'unknown error'): void {
  answer(response, status, JSON.stringify({errors: [{code, message, detail: {}}]}));
}

function answer(response: Response, status: number, body: string, type = 'application/json', headOnly = false): void {
  response.writeHead(status, {'content-type': type, 'content-length': Buffer.byteLength(body)});
  response.end(headOnly ? undefined : body);
}
