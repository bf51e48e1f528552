import { type ChunkRange, chunkLength, parseKey, prefixOf, toRanges } from './chunks';
import type { Upload } from './find-upload';
import type { SnapshotKeeping } from './keeping';

/** What of an upload has arrived. The store itself is asked, so a restart or a second server changes nothing. */
export async function receivedChunks(
  { objects }: SnapshotKeeping,
  upload: Upload,
): Promise<readonly ChunkRange[]> {
  const numbers: number[] = [];
  for await (const { key, length } of objects.list(prefixOf(upload.id))) {
    const number = parseKey(key)?.number;
    if (number !== undefined && chunkLength(upload, number) === length) numbers.push(number);
  }
  return toRanges(numbers);
}
