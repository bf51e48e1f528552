import type { SealingKey } from '@/lib/snapshot/seal/key';
import { sealChunks } from '@/lib/snapshot/seal/stream';

/** A snapshot file as the server gets it: chunks it cannot read. */
export interface SealedFile {
  /** Blobs, which the browser keeps on disk when they become many. */
  readonly chunks: readonly Blob[];
  readonly sealedBytes: number;
  /** Of the file before sealing. */
  readonly plainBytes: number;
}

/** Seals a file as it comes. The file is ended when the signal is aborted. */
export async function sealFile(
  key: SealingKey,
  file: AsyncGenerator<Uint8Array>,
  signal: AbortSignal,
  onBytes: (plainBytes: number) => void,
): Promise<SealedFile> {
  let plainBytes = 0;
  const counted = counting(file, (bytes) => {
    signal.throwIfAborted();
    plainBytes += bytes;
    onBytes(plainBytes);
  });
  const chunks: Blob[] = [];
  for await (const chunk of sealChunks(key, counted)) {
    chunks.push(new Blob([chunk as Uint8Array<ArrayBuffer>]));
  }
  const sealedBytes = chunks.reduce((sum, { size }) => sum + size, 0);
  return { chunks, sealedBytes, plainBytes };
}

/** How long a file is, without keeping it. */
export async function measureFile(
  file: AsyncGenerator<Uint8Array>,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<number> {
  let total = 0;
  for await (const chunk of file) {
    signal.throwIfAborted();
    total += chunk.length;
    onBytes(total);
  }
  return total;
}

async function* counting(
  file: AsyncGenerator<Uint8Array>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of file) {
    onBytes(chunk.length);
    yield chunk;
  }
}
