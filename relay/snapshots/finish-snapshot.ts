import { type ChunkRange, missingRanges } from './chunks';
import type { Upload } from './find-upload';
import type { SnapshotKeeping } from './keeping';
import { receivedChunks } from './received-chunks';

export type Finish =
  | { readonly kind: 'finished'; readonly expiresAt: Date }
  | { readonly kind: 'incomplete'; readonly missing: readonly ChunkRange[] }
  | { readonly kind: 'gone' };

/** From here on a snapshot can be opened, and its time runs. Asked again, it answers the same. */
export async function finishSnapshot(keeping: SnapshotKeeping, upload: Upload): Promise<Finish> {
  if (upload.finished) return { kind: 'finished', expiresAt: upload.finished.expiresAt };
  const missing = missingRanges(await receivedChunks(keeping, upload), upload.chunks);
  if (missing.length > 0) return { kind: 'incomplete', missing };
  const { prisma, metrics, now } = keeping;
  const { id } = upload;
  const finishedAt = new Date(now());
  const expiresAt = new Date(now() + upload.ttlSeconds * 1000);
  const { count } = await prisma.snapshot.updateMany({
    where: { id, finishedAt: null, deletedAt: null, expiresAt: { gt: finishedAt } },
    data: { finishedAt, expiresAt },
  });
  if (count > 0) {
    metrics.snapshotEvents.inc({ event: 'finished' });
    metrics.snapshots.inc();
    metrics.snapshotBytes.inc(upload.bytes);
    return { kind: 'finished', expiresAt };
  }
  // Another request of the same upload was faster, or it was deleted.
  const found = await prisma.snapshot.findUnique({ where: { id } });
  const isFinished = found?.finishedAt && !found.deletedAt;
  return isFinished ? { kind: 'finished', expiresAt: found.expiresAt } : { kind: 'gone' };
}
