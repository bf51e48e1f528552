import { type ByteSource, fixedPieces } from '../byte-reader';
import { openChunk, sealChunk } from './chunk';
import type { OpeningKey, SealingKey } from './key';
import { PLAIN_CHUNK_BYTES, SEALED_CHUNK_BYTES } from './limits';

/** Seals a stream; each array is one chunk as it is stored, all but the last of SEALED_CHUNK_BYTES (S33). */
export async function* sealChunks(key: SealingKey, source: ByteSource): AsyncGenerator<Uint8Array> {
  let index = 0;
  for await (const { bytes, isLast } of fixedPieces(source, PLAIN_CHUNK_BYTES)) {
    yield await sealChunk(key, index++, isLast, bytes);
  }
}

/**
 * Opens a stream of stored chunks that may be cut anywhere; what it yields was sealed like that, and it ends only after the last.
 * @throws SnapshotError `damaged`
 */
export async function* openChunks(key: OpeningKey, source: ByteSource): AsyncGenerator<Uint8Array> {
  let index = 0;
  for await (const { bytes, isLast } of fixedPieces(source, SEALED_CHUNK_BYTES)) {
    yield await openChunk(key, index++, isLast, bytes);
  }
}
