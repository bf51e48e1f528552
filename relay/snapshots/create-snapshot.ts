import { newPlaygroundId, newSecret } from '../../lib/access/ids';
import type { ChunkPlan } from './chunks';
import type { SnapshotKeeping } from './keeping';
import { hashToken } from './tokens';

/** What somebody announces before they upload it. */
export interface Announcement extends ChunkPlan {
  readonly card: Uint8Array<ArrayBuffer>;
  readonly ttlSeconds: number;
  readonly maxOpenings: number | null;
}

/** Begins an upload; undefined when the playground has as many snapshots as it may have. */
export async function createSnapshot(
  { prisma, limits, metrics, now }: SnapshotKeeping,
  maker: { readonly playgroundId: string; readonly linkId: string },
  { bytes, ...announced }: Announcement,
): Promise<{ readonly id: string; readonly uploadToken: string } | undefined> {
  const id = newPlaygroundId();
  const uploadToken = newSecret();
  const createdAt = new Date(now());
  const expiresAt = new Date(now() + limits.snapshotUnfinishedMs);
  const isMade = await prisma.$transaction(async (transaction) => {
    // The playground's row is the lock: two at once must not both find the last place free.
    await transaction.$queryRaw`SELECT 1 FROM playground WHERE id = ${maker.playgroundId} FOR NO KEY UPDATE`;
    const alive = {
      playgroundId: maker.playgroundId,
      deletedAt: null,
      expiresAt: { gt: createdAt },
    };
    const count = await transaction.snapshot.count({ where: alive });
    if (count >= limits.snapshotsPerPlayground) return false;
    const uploadTokenHash = hashToken(uploadToken);
    await transaction.snapshot.create({
      data: {
        id,
        ...maker,
        createdAt,
        expiresAt,
        bytes: BigInt(bytes),
        uploadTokenHash,
        ...announced,
      },
      select: { id: true },
    });
    return true;
  });
  if (!isMade) return undefined;
  metrics.snapshotEvents.inc({ event: 'created' });
  return { id, uploadToken };
}
