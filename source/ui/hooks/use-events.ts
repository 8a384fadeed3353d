import {useEffect, useEffectEvent, useState, useSyncExternalStore} from 'react';
import {createEventStore} from '../event-store.ts';

export interface EventsOptions<S, E> {
  /** Opens the stream, once, when the view appears. The signal ends it when the view goes away. */
  readonly open: (signal: AbortSignal) => AsyncIterable<E>;
  readonly reduce: (state: S, event: E) => S;
  readonly initial: S;
}

export interface Events<S> {
  readonly state: S;
  /** Undefined while the stream goes on; then how it ended. */
  readonly ending: {readonly error: unknown} | undefined;
}

/** An async iterable as state, redrawn at most every 100 ms. For another stream give the component another React key. */
export const useEvents = <S, E>({open, reduce, initial}: EventsOptions<S, E>): Events<S> => {
  const [store] = useState(() => createEventStore(initial, reduce));
  const [ending, setEnding] = useState<Events<S>['ending']>();
  const openOnce = useEffectEvent(open);
  useEffect(() => {
    const controller = new AbortController();
    const follow = async () => {
      for await (const event of openOnce(controller.signal)) {
        if (controller.signal.aborted) return;
        store.push(event);
      }
    };
    const end = (error?: unknown) => {
      if (controller.signal.aborted) return;
      store.flush();
      setEnding({error});
    };
    follow().then(() => end(), end);
    return () => {
      controller.abort();
      store.close();
    };
  }, [store]);
  return {state: useSyncExternalStore(store.subscribe, store.snapshot), ending};
};
