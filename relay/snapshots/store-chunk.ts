import { keyOf } from './chunks';
import type { Upload } from './find-upload';
import type { SnapshotKeeping } from './keeping';

/**
 * Stores a chunk, also a second time. False when the snapshot was deleted meanwhile: whoever deletes marks the row
 * first and the objects then, so a chunk that comes in between is seen by one of us.
 */
export async function storeChunk(
  { prisma, objects, metrics }: SnapshotKeeping,
  { id }: Upload,
  number: number,
  bytes: Uint8Array,
): Promise<boolean> {
  await objects.put(keyOf(id, number), bytes, bytes.length);
  const where = { id, deletedAt: null };
  const isThere = (await prisma.snapshot.count({ where })) > 0;
  if (isThere) metrics.snapshotBytesPassed.inc({ direction: 'in' }, bytes.length);
  else await objects.delete(keyOf(id, number));
  return isThere;
}
