import { COPY_CHUNK_BYTES } from './frontend-encoders';

/** Where the data of a COPY FROM STDIN comes from: chunks cut anywhere. */
export type CopySource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Where it goes. */
export interface CopySink {
  /** False once the server wants no more. */
  readonly open: boolean;
  /** The promise, if any, resolves when more may be written. */
  write(chunk: Uint8Array): Promise<void> | undefined;
}

/**
 * Moves a source into a sink in pieces of at most `COPY_CHUNK_BYTES`, small chunks joined, and
 * waits whenever the sink asks. Stops early, and ends the source, once the sink is closed.
 */
export async function pumpCopy(source: CopySource, sink: CopySink): Promise<void> {
  let buffer = new Uint8Array(COPY_CHUNK_BYTES);
  let filled = 0;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length && sink.open; ) {
      const piece = chunk.subarray(at, at + COPY_CHUNK_BYTES - filled);
      buffer.set(piece, filled);
      filled += piece.length;
      at += piece.length;
      if (filled < COPY_CHUNK_BYTES) continue;
      const wait = sink.write(buffer);
      buffer = new Uint8Array(COPY_CHUNK_BYTES);
      filled = 0;
      if (wait) await wait;
    }
    if (!sink.open) return;
  }
  if (filled > 0) await sink.write(buffer.subarray(0, filled));
}
