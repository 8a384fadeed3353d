/** Resolves when nothing waits for its reader any more. */
export const drained = (stream: NodeJS.WriteStream): Promise<void> =>
  stream.writableLength === 0 || stream.destroyed ? Promise.resolve() : new Promise(resolve => stream.write('', () => resolve()));
