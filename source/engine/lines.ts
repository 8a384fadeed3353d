/** Bytes to lines. Characters that a chunk cuts in two arrive whole; memory stays bounded whatever comes in. */

/** Longest line kept, in UTF-16 units; the rest of a longer one is dropped. */
const longestLine = 1 << 20;

export interface LineSplitter {
  /** The lines that this chunk completes, without their line ends. */
  push(chunk: Uint8Array): readonly string[];
  /** The line that had no end, if there is one. */
  end(): readonly string[];
}

export const lineSplitter = (maxLength = longestLine): LineSplitter => {
  const decoder = new TextDecoder();
  let rest = '';
  const keep = (text: string) => {
    rest += text.slice(0, Math.max(0, maxLength - rest.length));
  };
  const take = () => {
    const line = rest.endsWith('\r') ? rest.slice(0, -1) : rest;
    rest = '';
    return line;
  };
  const split = (text: string): readonly string[] => {
    const parts = text.split('\n');
    const last = parts.pop() ?? '';
    const lines = parts.map(part => {
      keep(part);
      return take();
    });
    keep(last);
    return lines;
  };
  return {
    push: chunk => split(decoder.decode(chunk, {stream: true})),
    end: () => {
      keep(decoder.decode());
      return rest === '' ? [] : [take()];
    },
  };
};

export async function* linesOf(chunks: AsyncIterable<Uint8Array>, maxLength?: number): AsyncGenerator<string, void, undefined> {
  const splitter = lineSplitter(maxLength);
  for await (const chunk of chunks) yield* splitter.push(chunk);
  yield* splitter.end();
}

/** Undefined for what is not JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
