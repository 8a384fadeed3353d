/** Several iterables as one, in the order in which values arrive. Reads no further ahead than one value each. */
export async function* merge<T>(sources: readonly AsyncIterable<T>[]): AsyncGenerator<T, void, undefined> {
  const iterators = sources.map(source => source[Symbol.asyncIterator]());
  const advance = (iterator: AsyncIterator<T>) => iterator.next().then(result => ({iterator, result}));
  const pending = new Map(iterators.map(iterator => [iterator, advance(iterator)]));
  try {
    while (pending.size > 0) {
      const {iterator, result} = await Promise.race(pending.values());
      if (result.done) pending.delete(iterator);
      else {
        pending.set(iterator, advance(iterator));
        yield result.value;
      }
    }
  } finally {
    for (const iterator of pending.keys()) void iterator.return?.().catch(() => undefined);
  }
}
