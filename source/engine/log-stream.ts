import type {IncomingMessage} from 'node:http';
import {printable} from '../printable.ts';
import type {DockerApi} from './docker-api.ts';
import type {LogsOptions} from './engine.ts';
import {inTime, linkSignals} from './limits.ts';
import {type LineSplitter, lineSplitter} from './lines.ts';

/** Longest line of a log that is kept. */
const longestLine = 16 * 1024;
const headerLength = 8;

export interface LogRequest extends Omit<LogsOptions, 'signal'> {
  readonly id: string;
  /** Any of them ends it. */
  readonly signals: readonly AbortSignal[];
  /** For the engine to begin its answer. */
  readonly limitMs: number;
  readonly docker: () => Promise<DockerApi>;
  /** The error of an end that was not asked for. */
  readonly lost: (cause: unknown) => unknown;
}

export async function* logStream({signals, limitMs, docker, lost, ...request}: LogRequest): AsyncGenerator<string, void, undefined> {
  const link = linkSignals(signals);
  try {
    const response = await inTime(limitMs, link, openLog(await docker(), request, link.signal));
    yield* logLines(response, response.headers['content-type'] !== 'application/vnd.docker.raw-stream');
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
  {id, follow, tail, timestamps = false}: Omit<LogRequest, 'signals' | 'limitMs' | 'docker' | 'lost'>,
  abortSignal: AbortSignal,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const options = {stdout: true, stderr: true, follow, tail, timestamps};
    const statusCodes = {200: true, 404: 'no such container', 500: 'server error'} as const;
    const request = {path: `/containers/${id}/logs?`, method: 'GET', isStream: true, options, statusCodes, abortSignal} as const;
    modem.dial(request, (error, response) => (error ? reject(error) : resolve(response)));
  });

/**
 * The log of a container -> its lines, printable. A container without a terminal sends frames: one byte of which stream it is,
 * three of nothing, four of length, then the bytes.
 */
async function* logLines(chunks: AsyncIterable<Uint8Array>, framed: boolean): AsyncGenerator<string, void, undefined> {
  const splitters = new Map<number, LineSplitter>();
  const splitterOf = (stream: number): LineSplitter => {
    const splitter = splitters.get(stream) ?? lineSplitter(longestLine);
    splitters.set(stream, splitter);
    return splitter;
  };
  const parts = framed ? framesOf(chunks) : rawOf(chunks);
  for await (const {stream, bytes} of parts) yield* splitterOf(stream).push(bytes).flatMap(printableLines);
  for (const splitter of splitters.values()) yield* splitter.end().flatMap(printableLines);
}

/** Text that a progress bar wrote over itself becomes several lines. */
const printableLines = (line: string): readonly string[] => printable(line).replace(/\n+$/, '').split('\n');

interface Part {
  readonly stream: number;
  readonly bytes: Uint8Array;
}

async function* rawOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Part, void, undefined> {
  for await (const bytes of chunks) yield {stream: 1, bytes};
}

/** Passes on what has come of a frame at once: a frame may be long, and nothing more than a header is ever kept. */
async function* framesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Part, void, undefined> {
  let header = Buffer.alloc(0);
  let stream = 1;
  let left = 0;
  for await (const chunk of chunks) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    while (rest.length > 0) {
      if (left > 0) {
        yield {stream, bytes: rest.subarray(0, left)};
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
  }
}
