import { readSnapshotHeader } from '@/lib/snapshot/codec/read-snapshot';
import { chunksOf } from './stream-bytes';
import { takeIn } from './take-in';

interface OpenOptions {
  readonly signal: AbortSignal;
  onProgress(bytes: number): void;
}

/**
 * Makes a playground of this browser out of a snapshot file; its id. Rejects with a SnapshotError, with what else went
 * wrong, or with the signal's reason; then there is no playground and nothing is kept.
 */
export async function openMachineFile(
  file: File,
  { signal, onProgress }: OpenOptions,
): Promise<string> {
  const { kind } = await readSnapshotHeader(file.stream());
  return takeIn({ kind, by: 'file', file: watched(file, signal, onProgress) });
}

async function* watched(
  file: File,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunksOf(file.stream())) {
    signal.throwIfAborted();
    bytes += chunk.length;
    onProgress(bytes);
    yield chunk;
  }
}
