import {mkdtemp, rm} from 'node:fs/promises';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setImmediate} from 'node:timers/promises';
import {expect, onTestFinished} from 'vitest';
import type {Endpoint} from '../../source/engine/endpoint.ts';

/** One call that a test expects, and what the engine answers. */
export interface Call {
  /** Method and path without version and query: `GET /containers/json`. */
  readonly call: string;
  /** What the query must hold; others may be there. */
  readonly query?: Readonly<Record<string, string>>;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent one by one. Default: nothing. */
  readonly body?: string | readonly (string | Uint8Array)[];
  /** `hang`: stays open; `cut`: the connection breaks after the body; `drop`: before any answer; `silent`: no answer at all. Default: ends. */
  readonly ending?: 'end' | 'hang' | 'cut' | 'drop' | 'silent';
}

export interface ReplayEngine {
  readonly endpoint: Endpoint;
  /** Of the requests so far, in their order. */
  readonly headers: readonly IncomingMessage['headers'][];
  /** Connections of clients that are still open. */
  connections(): Promise<number>;
}

/** The bytes of a text in parts of `size`, so that characters are cut in two. */
export const inParts = (text: string, size: number): readonly Uint8Array[] => {
  const bytes = Buffer.from(text);
  return Array.from({length: Math.ceil(bytes.length / size)}, (_, index) => bytes.subarray(index * size, (index + 1) * size));
};

/** An engine on a unix socket that answers exactly these calls, each once. The test fails on any other call, and on one that did not come. */
export const replayEngine = async (calls: readonly Call[]): Promise<ReplayEngine> => {
  const directory = await mkdtemp(join(tmpdir(), 'replay-'));
  const path = join(directory, 'docker.sock');
  const left = [...calls];
  const problems: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers);
    const index = left.findIndex(call => matches(call, request));
    const [call] = index < 0 ? [] : left.splice(index, 1);
    if (call) return void answer(call, response);
    problems.push(`unexpected: ${request.method} ${request.url}`);
    response.writeHead(599).end('{"message":"unexpected call"}');
  });
  await new Promise<void>(resolve => server.listen(path, resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    await rm(directory, {recursive: true, force: true});
    expect([...problems, ...left.map(({call}) => `did not come: ${call}`)]).toEqual([]);
  });
  const connections = () =>
    new Promise<number>((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count))));
  return {endpoint: {kind: 'unix', host: `unix://${path}`, from: 'default'}, headers, connections};
};

const matches = ({call, query = {}}: Call, request: IncomingMessage): boolean => {
  const {pathname, searchParams} = new URL(request.url ?? '', 'http://engine');
  const path = decodeURIComponent(pathname);
  return (
    `${request.method} ${path}` === call.replace(' ', ' /v1.44') &&
    Object.entries(query).every(([key, value]) => searchParams.get(key) === value)
  );
};

const answer = async ({status = 200, headers = {}, body = [], ending = 'end'}: Call, response: ServerResponse): Promise<void> => {
  if (ending === 'silent') return;
  if (ending === 'drop') return void response.destroy();
  response.writeHead(status, headers).flushHeaders();
  for (const part of typeof body === 'string' ? [body] : body) {
    response.write(part);
    await setImmediate();
  }
  if (ending === 'end') response.end();
  if (ending === 'cut') response.destroy();
};
