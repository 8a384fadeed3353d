import {type ContainerEvent, decodeContainerEvent} from './container-event.ts';
import {inTime, linkSignals} from './limits.ts';
import {linesOf} from './lines.ts';
import {createQueue} from './queue.ts';

export interface EventRequest {
  /** Any of them ends it. */
  readonly signals: readonly AbortSignal[];
  /** Sends the request; resolves with the body when the engine has begun to answer. */
  readonly open: (signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>;
  /** For the engine to begin its answer. */
  readonly limitMs: number;
  readonly onOpen?: (() => void) | undefined;
  /** The error of an end that was not asked for. */
  readonly lost: (cause: unknown) => unknown;
}

/** Events, read as fast as they come, whatever their reader does meanwhile: the engine drops events for those that are slow. */
export async function* eventStream({open, signals, limitMs, onOpen, lost}: EventRequest): AsyncGenerator<ContainerEvent, void, undefined> {
  const link = linkSignals(signals);
  const queue = createQueue<ContainerEvent>();
  const pump = async () => {
    const body = await inTime(limitMs, link, open(link.signal));
    onOpen?.();
    for await (const line of linesOf(body)) {
      const event = decodeContainerEvent(line);
      if (event) queue.push(event);
    }
  };
  void pump().then(
    () => queue.end(link.stopped() ? undefined : lost(undefined)),
    (cause: unknown) => queue.end(link.stopped() ? undefined : lost(cause)),
  );
  try {
    yield* queue;
  } finally {
    link.abort(undefined);
    link.release();
  }
}
