import {type ContainerEvent, decodeContainerEvent} from './container-event.ts';
import type {EventsOptions} from './engine.ts';
import {linkSignals} from './limits.ts';
import {linesOf} from './lines.ts';
import {createQueue} from './queue.ts';

export type OpenStream = (signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>;

/**
 * The events of an open stream. Read as fast as they come, whatever the reader does meanwhile: the engine drops events for those
 * that are slow. `lost` makes the error of an end that was not asked for.
 */
export async function* eventStream(
  open: OpenStream,
  {signal: outer, onOpen}: EventsOptions,
  lost: (cause: unknown) => unknown,
): AsyncGenerator<ContainerEvent, void, undefined> {
  const {signal, abort, release} = linkSignals([outer]);
  const queue = createQueue<ContainerEvent>();
  const pump = async () => {
    const body = await open(signal);
    onOpen?.();
    for await (const line of linesOf(body)) {
      const event = decodeContainerEvent(line);
      if (event) queue.push(event);
    }
  };
  void pump().then(
    () => queue.end(outer.aborted ? undefined : lost(undefined)),
    (cause: unknown) => queue.end(outer.aborted ? undefined : lost(cause)),
  );
  try {
    yield* queue;
  } finally {
    abort(undefined);
    release();
  }
}
