import type {IncomingMessage} from 'node:http';
import type {LogLine} from '../plan/service-details.ts';
import {printable} from '../printable.ts';
import type {DockerApi} from './docker-api.ts';
import type {LogsOptions} from './engine.ts';
import {inTime, linkSignals} from './limits.ts';
import {type LineSplitter, lineSplitter} from './lines.ts';

/** Longest line of a log that is kept, in UTF-16 units. */
const longestLine = 16 * 1024;
const headerLength = 8;

export interface LogRequest extends Omit<LogsOptions, 'signal'> {
  readonly id: string;
  /** Any of them ends it. */
  readonly signals: readonly AbortSignal[];
  /** For the engine to begin its answer. */
  readonly limitMs: number;
  readonly docker: () => Promise<DockerApi>;
  /** Longest line that is kept, in UTF-16 units; the rest of a longer one is dropped. Default 16 Ki. */
  readonly longest?: number | undefined;
  /** The error of an end that was not asked for. */
  readonly lost: (cause: unknown) => unknown;
}

/** Its lines, one by one. */
export async function* logStream(request: LogRequest): AsyncGenerator<string, void, undefined> {
  for await (const lines of logBatches(request)) for (const {text} of lines) yield text;
}

/** All lines that came at once, together: a busy log has a hundred thousand in a second. */
export async function* logBatches({
  signals,
  limitMs,
  docker,
  lost,
  longest = longestLine,
  ...request
}: LogRequest): AsyncGenerator<readonly LogLine[], void, undefined> {
  const link = linkSignals(signals);
  try {
    const response = await inTime(limitMs, link, openLog(await docker(), request, link.signal));
    const framed = response.headers['content-type'] !== 'application/vnd.docker.raw-stream';
    yield* logLines(response, {framed, stamped: request.timestamps === true, longest});
  } catch (error) {
    if (!link.stopped()) throw lost(error);
  } finally {
    link.abort(undefined);
    link.release();
  }
}

/** Not through dockerode's `logs`, which parses a log that happens to be JSON, and hides whether it is framed. */
const openLog = (
  {modem}: DockerApi,
  {id, follow, tail, since, timestamps = false}: Omit<LogRequest, 'signals' | 'limitMs' | 'docker' | 'lost' | 'longest'>,
  abortSignal: AbortSignal,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const options = {stdout: true, stderr: true, follow, tail, timestamps, ...(since !== undefined && {since})};
    const statusCodes = {200: true, 404: 'no such container', 500: 'server error'} as const;
    const request = {path: `/containers/${id}/logs?`, method: 'GET', isStream: true, options, statusCodes, abortSignal} as const;
    modem.dial(request, (error, response) => (error ? reject(error) : resolve(response)));
  });

interface Form {
  readonly framed: boolean;
  /** Each line begins with its time and a space. */
  readonly stamped: boolean;
  readonly longest: number;
}

/**
 * The log of a container -> its lines, printable. A container without a terminal sends frames: one byte of which stream it is,
 * three of nothing, four of length, then the bytes.
 */
async function* logLines(chunks: AsyncIterable<Uint8Array>, {framed, stamped, longest}: Form): AsyncGenerator<readonly LogLine[]> {
  const splitters = new Map<number, LineSplitter>();
  const splitterOf = (stream: number): LineSplitter => {
    const splitter = splitters.get(stream) ?? lineSplitter(longest);
    splitters.set(stream, splitter);
    return splitter;
  };
  for await (const parts of framed ? framesOf(chunks) : rawOf(chunks)) {
    const lines = parts.flatMap(({stream, bytes}) =>
      splitterOf(stream)
        .push(bytes)
        .flatMap(line => logLinesOf(line, stream, stamped)),
    );
    if (lines.length > 0) yield lines;
  }
  const rest = [...splitters].flatMap(([stream, splitter]) => splitter.end().flatMap(line => logLinesOf(line, stream, stamped)));
  if (rest.length > 0) yield rest;
}

/** Text that a progress bar wrote over itself becomes several lines. */
const logLinesOf = (line: string, stream: number, stamped: boolean): readonly LogLine[] => {
  const end = stamped ? line.indexOf(' ') : -1;
  const at = end < 0 ? '' : printable(line.slice(0, end));
  const said = printable(line.slice(end + 1))
    .replace(/\n+$/, '')
    .split('\n');
  return said.map(text => ({stream: stream === 2 ? 'stderr' : 'stdout', at, text}));
};

interface Part {
  readonly stream: number;
  readonly bytes: Uint8Array;
}

async function* rawOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Part[], void, undefined> {
  for await (const bytes of chunks) yield [{stream: 1, bytes}];
}

/** Passes on what has come of a frame at once: a frame may be long, and nothing more than a header is ever kept. */
async function* framesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Part[], void, undefined> {
  let header = Buffer.alloc(0);
  let stream = 1;
  let left = 0;
  for await (const chunk of chunks) {
    const parts: Part[] = [];
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    while (rest.length > 0) {
      if (left > 0) {
        parts.push({stream, bytes: rest.subarray(0, left)});
        const taken = Math.min(left, rest.length);
        left -= taken;
        rest = rest.subarray(taken);
        continue;
      }
      const missing = headerLength - header.length;
      header = Buffer.concat([header, rest.subarray(0, missing)]);
      rest = rest.subarray(missing);
      if (header.length < headerLength) continue;
      stream = header.readUInt8(0);
      left = header.readUInt32BE(4);
      header = Buffer.alloc(0);
    }
    yield parts;
  }
}
