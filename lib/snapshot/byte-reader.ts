/** Where bytes come from: a file, a download, a stream from a Worker; cut anywhere. */
export type ByteSource = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/** Reads a source by lengths instead of by its chunks; holds one chunk of it, and asks for the next when that is used up. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();
  #ended = false;

  constructor(source: ByteSource) {
    this.#chunks = chunksOf(source);
  }

  /** Fills `into`; returns how many bytes there were, fewer only at the source's end. Rejects as the source does. */
  async read(into: Uint8Array): Promise<number> {
    let filled = 0;
    while (filled < into.length && (await this.#more())) {
      const part = this.#rest.subarray(0, into.length - filled);
      into.set(part, filled);
      filled += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    return filled;
  }

  /** Whether nothing more comes. */
  async ended(): Promise<boolean> {
    return !(await this.#more());
  }

  /** Lets the source go, wherever it is. Never rejects: what was read is known, or what failed. */
  async release(): Promise<void> {
    this.#rest = new Uint8Array();
    if (this.#ended) return;
    this.#ended = true;
    await this.#chunks.return?.().catch(() => {});
  }

  async #more(): Promise<boolean> {
    while (this.#rest.length === 0) {
      if (this.#ended) return false;
      const { done, value } = await this.#chunks.next();
      if (done) this.#ended = true;
      else this.#rest = value;
    }
    return true;
  }
}

/** Not every browser can iterate over a ReadableStream. */
function chunksOf(source: ByteSource): AsyncIterator<Uint8Array> {
  if (!('getReader' in source)) return source[Symbol.asyncIterator]();
  const reader = source.getReader();
  return {
    async next() {
      const { done, value } = await reader.read();
      return done ? { done, value: undefined } : { done, value };
    },
    async return() {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}

/**
 * A source in pieces of `size` bytes; only the last may be shorter, and is empty only when there is nothing at all. Each
 * piece is the caller's own.
 */
export async function* fixedPieces(
  source: ByteSource,
  size: number,
): AsyncGenerator<{ readonly bytes: Uint8Array; readonly isLast: boolean }> {
  const reader = new ByteReader(source);
  try {
    for (let isLast = false; !isLast; ) {
      const bytes = new Uint8Array(size);
      const filled = await reader.read(bytes);
      isLast = await reader.ended();
      yield { bytes: bytes.subarray(0, filled), isLast };
    }
  } finally {
    await reader.release();
  }
}
