import type { Prisma } from '../../prisma/generated/client';
import { prefixOf } from './chunks';
import type { SnapshotKeeping } from './keeping';

/** Why one goes: counted apart. */
export type RemovalReason = 'deleted' | 'expired' | 'given-up';

/**
 * Deletes a snapshot: nobody can read it from the first statement on; then its objects go, then its row. What fails
 * after the first statement is done by the next sweep. Returns false when `still` is not true of it any more.
 */
export async function removeSnapshot(
  keeping: SnapshotKeeping,
  id: string,
  reason: RemovalReason,
  still: Prisma.SnapshotWhereInput,
): Promise<boolean> {
  const { prisma, metrics, now } = keeping;
  const [removed] = await prisma.snapshot.updateManyAndReturn({
    where: { AND: [{ id, deletedAt: null }, still] },
    data: { deletedAt: new Date(now()) },
    select: { bytes: true, finishedAt: true },
  });
  if (!removed) return false;
  metrics.snapshotEvents.inc({ event: reason });
  if (removed.finishedAt) {
    metrics.snapshots.dec();
    metrics.snapshotBytes.dec(Number(removed.bytes));
  }
  await clearAway(keeping, id);
  return true;
}

/** Takes away what is left of a snapshot that is marked as deleted; a failure is logged and left to the next sweep. */
export async function clearAway(
  { prisma, objects, log }: SnapshotKeeping,
  id: string,
): Promise<boolean> {
  try {
    await objects.deletePrefix(prefixOf(id));
    await prisma.snapshot.deleteMany({ where: { id } });
    return true;
  } catch (error) {
    log.error({ err: error, snapshot: id }, 'a deleted snapshot could not be cleared away yet');
    return false;
  }
}
