import type { SnapshotKeeping } from './keeping';
import { removeSnapshot } from './remove-snapshot';

/** Whoever asks for a deletion. */
export interface Deleter {
  readonly playgroundId: string;
  readonly linkId: string;
  readonly isOwner: boolean;
}

/** Deletes a snapshot of this playground, finished or not: its objects are gone when this resolves. */
export async function deleteSnapshot(
  keeping: SnapshotKeeping,
  id: string,
  { playgroundId, linkId, isOwner }: Deleter,
): Promise<'deleted' | 'not-maker' | 'snapshot-unknown'> {
  const snapshot = await keeping.prisma.snapshot.findUnique({
    where: { id, playgroundId, deletedAt: null },
    select: { linkId: true },
  });
  if (!snapshot) return 'snapshot-unknown';
  if (!isOwner && snapshot.linkId !== linkId) return 'not-maker';
  const isRemoved = await removeSnapshot(keeping, id, 'deleted', { playgroundId });
  return isRemoved ? 'deleted' : 'snapshot-unknown';
}
