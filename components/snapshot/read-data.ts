import { readSnapshot, type SnapshotContents } from '@/lib/snapshot/codec/read-snapshot';

/** What a snapshot of kind `data` holds. */
export interface DataContents extends Omit<SnapshotContents, 'dump'> {
  readonly dump: Blob;
}

/** Pieces are put into blobs of this size, which the browser keeps on disk when they become many. */
const PART_BYTES = 4_000_000;

/** Reads a snapshot file of kind `data`. Rejects with a SnapshotError, or with what the file failed with. */
export async function readData(file: AsyncIterable<Uint8Array>): Promise<DataContents> {
  const blobs: Blob[] = [];
  let parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const flush = () => {
    blobs.push(new Blob(parts));
    parts = [];
    bytes = 0;
  };
  const { header, notebook } = await readSnapshot(file, {
    // Only a machine needs one.
    base: async () => undefined,
    onDump: (piece) => {
      parts.push(piece.slice());
      bytes += piece.length;
      if (bytes >= PART_BYTES) flush();
    },
  });
  flush();
  return { header, notebook, dump: new Blob(blobs) };
}
